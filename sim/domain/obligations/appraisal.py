"""The year-end appraisal: ledgers for every indicator, a self-report, a visit."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, EffortQ, Quantity
from sim.domain.relief_of_appraisal import KeptEvidence, Seamless
from sim.domain.scoring import Scoring
from sim.units import Workdays


class Appraisal(ObligationBase):
    """Scoring of a unit over the year. Each programme is one department's appraisal."""

    kind: Literal["appraisal"] = "appraisal"
    indicators: CountQ
    """Indicators of one programme that need a ledger."""
    ledger: EffortQ
    """Time to put together the ledger of one indicator."""
    self_report: EffortQ
    """Time to write the self-report of one programme."""
    notice: Quantity[Workdays]
    """Working days between the announcement and the visit."""
    length: EffortQ
    """Time of the visit."""
    hosts: CountQ
    examiners: CountQ
    """Cadres of the issuer who come."""
    scoring: Scoring | None = None
    """How far the score tells what a unit really does; not asked where nothing is written."""
    seamless: Seamless | None = None
    """Set by the lever `seamless_appraisal`."""
    continuous: KeptEvidence | None = None
    """Set by the lever `continuous_evidence`."""
