"""The year-end appraisal: a ledger for every indicator, a self-report, a visit."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from sim.domain.booking import OwnBooking
from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.joinable import Joinable
from sim.domain.quantity import CountQ, EffortQ, NumberQ, Quantity, ShareQ
from sim.domain.recurrence import Recurrence
from sim.domain.rule import Rule
from sim.domain.scoring import GRADES, Scoring, Steps
from sim.units import Share, Workdays


class DataFeed(Frozen):
    """Departments pass on the data they hold about the units, in calendar slots."""

    departments: CountQ
    """Departments that take part."""
    fed_by: str
    """Unit type that passes data on."""
    cycle: Quantity[Recurrence]
    effort: EffortQ
    """Time of one department for each exchange, for all units together."""

    @property
    def looks(self) -> int:
        """Return the number of looks at a unit in a year: departments times exchanges, one at least."""
        return max(1, round(self.departments.value * self.cycle.value.per_year))


class FieldExam(Frozen):
    """Examiners assess a unit without notice, and grade a few indicators."""

    share: ShareQ
    """Share of the year's score; the rest comes from routine data, which nobody can dress up."""
    papers: CountQ
    """Exams of a unit in a year; further programmes are scored from data alone."""
    weights: Quantity[tuple[Share, ...]]
    """Weight of each indicator on the sheet; the weights add up to 100 %."""
    step: ShareQ
    """Share of an indicator's points that each of the five grades takes off."""
    steps: Steps = "subtract"
    """Whether each grade subtracts the same points, or the same share of the remaining points."""
    bounds: Quantity[tuple[float, ...]]
    """Least points of the grades good, fairly good, average and fairly poor; below the last one the grade is poor."""
    length: EffortQ
    """Time of the examiners on the spot; no cadre of the unit is with them."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if abs(sum(self.weights.value) - 1.0) > 1e-9:
            raise ValueError("weights must add up to 100% / 各指标权重之和须为 100%")
        bounds = self.bounds.value
        if len(bounds) != GRADES - 1 or list(bounds) != sorted(bounds, reverse=True):
            raise ValueError(
                "bounds must be four points that fall, such as 90, 80, 70, 60 / bounds 须为由高到低的四个分数"
            )
        return self


class Trend(Frozen):
    """The trend over several years is monitored; a bad one leads to coaching, not to a lower score."""

    years: CountQ
    coached_below: NumberQ
    """Decline in points a year from which on a unit is coached."""
    coaching: EffortQ
    """Time of the unit, and of the coach."""

    @model_validator(mode="after")
    def _spans_years(self) -> Self:
        if self.years.value < 2:
            raise ValueError("a trend needs two years at least / 趋势至少需要两年")
        return self


class Seamless(Rule):
    """Units are scored from routine data and an unannounced exam; they write no self-report."""

    feed: DataFeed
    """The data that departments pass on."""
    exam: FieldExam
    """The exam on the spot."""
    trend: Trend | None = None
    """The trend of several years, for coaching only."""
    readiness: EffortQ | None = None
    """Time that a unit spends each month to be ready at any time; none if it does nothing special."""


class KeptEvidence(Rule):
    """Evidence is uploaded at fixed times through the year, not compiled at its end."""

    nodes: Quantity[Recurrence]
    """Times of upload: calendar slots such as `monthly` or `quarterly`."""
    upload: EffortQ
    """Time to upload the evidence of one programme at one node, in addition to writing it."""
    still_dresses: ShareQ
    """Effect of an hour of dated evidence on the score, relative to an hour on a year-end ledger."""

    @model_validator(mode="after")
    def _has_slots(self) -> Self:
        if self.nodes.value.every is None:
            raise ValueError("nodes are calendar slots, such as monthly / nodes 须为固定频次，如 monthly")
        return self


class Appraisal(Joinable):
    """Scoring of a unit for the year. Each programme is the appraisal of one department."""

    kind: Literal["appraisal"] = "appraisal"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="考核", en="appraisal"),
        meaning=Label(
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
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    scoring: Scoring | None = None
    """How performance becomes a score; without it no score is computed."""
    seamless: Seamless | None = None
    """Set by the lever `seamless_appraisal`."""
    continuous: KeptEvidence | None = None
    """Set by the lever `continuous_evidence`."""
