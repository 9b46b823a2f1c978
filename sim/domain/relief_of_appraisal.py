"""What levers on appraisals leave behind (see `sim.domain.relief`)."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.domain.frozen import Frozen
from sim.domain.quantity import CountQ, EffortQ, NumberQ, Quantity, ShareQ
from sim.domain.recurrence import Recurrence
from sim.domain.relief import Reach
from sim.domain.scoring import GRADES, Steps
from sim.units import Share


class DataFeed(Frozen):
    """Departments pass on what they hold about the units, in calendar slots."""

    departments: CountQ
    """Departments that take part."""
    fed_by: str
    """Unit type that passes data on."""
    cycle: Quantity[Recurrence]
    effort: EffortQ
    """Time of one department each time, for all units together."""


class FieldExam(Frozen):
    """Examiners look at a unit without telling it, and grade a few indicators."""

    share: ShareQ
    """Share of the year's score; the rest comes from routine data."""
    papers: CountQ
    """Exams of a unit in a year; further programmes are scored from data alone."""
    weights: Quantity[tuple[Share, ...]]
    """Weight of each indicator on the sheet; they add up to one."""
    step: ShareQ
    """What an indicator loses with each of the five grades."""
    steps: Steps = "subtract"
    """Whether each grade takes the same points off, or the same share of what is left."""
    bounds: Quantity[tuple[float, ...]]
    """Points from which on an indicator is good, fairly good, average, fairly poor; poor below."""
    length: EffortQ
    """Time of the examiners on the spot; nobody of the unit is with them."""

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
    """The trend of several years is watched; a bad one brings coaching, and no lower score."""

    years: CountQ
    coached_below: NumberQ
    """Points a year of decline from which on a unit is coached."""
    coaching: EffortQ
    """Time of the unit, and of the coach."""

    @model_validator(mode="after")
    def _spans_years(self) -> Self:
        if self.years.value < 2:
            raise ValueError("a trend needs two years at least / 趋势至少需要两年")
        return self


class Seamless(Frozen):
    """The appraisal goes on without the unit: routine data, an exam nobody announces, no self-report."""

    exam: FieldExam
    feed: DataFeed | None
    """None where the departments already pass the data on for another appraisal."""
    trend: Trend | None
    readiness: EffortQ | None
    """Time a unit spends each month to be ready at any time; none where it does nothing special."""
    reach: Reach


class KeptEvidence(Frozen):
    """Evidence is uploaded at time nodes through the year; nothing is made up at its end."""

    nodes: Quantity[Recurrence]
    upload: EffortQ
    """Time to upload the evidence of one programme at one node, on top of drawing it up."""
    still_dresses: ShareQ
    """How far an hour of dated evidence still dresses up the score, compared with an hour on a year-end ledger."""
    reach: Reach

    @model_validator(mode="after")
    def _has_slots(self) -> Self:
        if self.nodes.value.every is None:
            raise ValueError("nodes are calendar slots, such as monthly / nodes 须为固定频次，如 monthly")
        return self
