"""The year-end appraisal: a ledger for every indicator, a self-report, a visit."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, EffortQ, Quantity
from sim.domain.relief_of_appraisal import KeptEvidence, Seamless
from sim.domain.scoring import Scoring
from sim.units import Workdays


class Appraisal(ObligationBase):
    """Scoring of a unit for the year. Each programme is the appraisal of one department."""

    kind: Literal["appraisal"] = "appraisal"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="考核", en="appraisal"),
        work=Label(
            zh="年终每个指标一份台账、一份自评、一次实地考核",
            en="a ledger for each indicator, a self-report, a visit at the year's end",
        ),
    )
    indicators: CountQ
    """Indicators of one programme that need a ledger."""
    ledger: EffortQ
    """Time to prepare the ledger of one indicator."""
    self_report: EffortQ
    """Time to write the self-report of one programme."""
    notice: Quantity[Workdays]
    """Working days between the announcement and the visit."""
    length: EffortQ
    """Time of the visit."""
    hosts: CountQ
    examiners: CountQ
    """Cadres of the issuer who visit."""
    scoring: Scoring | None = None
    """How performance becomes a score; without it no score is computed."""
    seamless: Seamless | None = None
    """Set by the lever `seamless_appraisal`."""
    continuous: KeptEvidence | None = None
    """Set by the lever `continuous_evidence`."""
