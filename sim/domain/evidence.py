"""Evidence: published figures and outcomes, levels from studies, their sources, the weekly time budget before reform.

Every number of a scenario names an entry here, or `assumed`. The grade states the quality of the evidence, the standing
how the number was obtained.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from sim.domain.category import CATEGORIES, TRAVEL
from sim.domain.frozen import Frozen, Label
from sim.domain.grade import Bound, Grade, Known
from sim.domain.published import PublishedMetric, PublishedOutcome
from sim.domain.standing import Standing

TOTAL = "total"
"""Key of a role's whole working week beside its parts."""
WEEK: tuple[str, ...] = ("travel", *(category.value for category in CATEGORIES if category not in TRAVEL))
"""Parts of a working week that sources tell apart: the categories, with travel of any kind as one."""

MEASURES = "measures"
"""Topic of levels that are the size of a measure."""

Numbers = float | tuple[float, ...]
GovernmentTier = Literal["national", "province", "city", "county", "township", "village", "community"]


class Article(Frozen):
    """One of the articles on which the project is based."""

    id: str
    title: Label
    date: str
    """ISO 8601, as precise as known: `2025-01`, or `first/last` possible day."""
    kind: str
    what: Label
    """The article in a sentence."""
    caution: Label
    """A caution for citing it."""


class Figure(Frozen):
    """A published figure; None for parts that its source does not state."""

    id: str
    article: str | None = None
    """Id of the article; None for a figure that stands beside a study."""
    place: Label | None = None
    tier: GovernmentTier | None = None
    """Level of government that the figure is about."""
    since: int | None = None
    """First year covered, for a figure that spans years."""
    year: int
    """Year of the figure; the last one if it spans years."""
    measure: Label
    """The quantity that is counted."""
    unit: str
    """Unit of `before`, `after` and `change_abs`."""
    before: Numbers | None = None
    """Level before the reform; the midpoint of a range."""
    before_low: float | None = None
    before_high: float | None = None
    after: Numbers | None = None
    """Level after the reform, or the only level stated; several numbers for a list."""
    change: float | None = None
    """Relative change: -0.3 means 30 % less."""
    change_abs: float | None = None
    """Change in `unit`."""
    bound: Bound = Bound.EXACT
    """Relation of the number named by `bound_on` to the true one."""
    bound_on: Literal["before", "after", "change", "change_abs"] | None = None
    """The number that `bound` is about; None for an exact one."""
    direction: Literal["down", "up"] | None = None
    """Direction of change, also if only the direction is stated."""
    grade: Grade
    kind: Known = Standing.REPORTED
    mechanism: str | None = None
    """Kind of relief measure that the figure is about; None for background."""
    paraphrase: Label | None = None
    """The figure in a sentence."""

    @property
    def sentence(self) -> Label:
        """Return the figure in a sentence, or the quantity that is counted."""
        return self.paraphrase or self.measure

    @model_validator(mode="after")
    def _is_bound_to_a_number(self) -> Figure:
        if (self.bound is Bound.EXACT) != (self.bound_on is None):
            raise ValueError("bound and bound_on go together / bound 与 bound_on 须同时给出")
        numbers = (
            self.before, self.before_low, self.before_high, self.after, self.change, self.change_abs, self.direction
        )  # fmt: skip
        if all(number is None for number in numbers):
            raise ValueError("needs a number or a direction / 须有一个数或一个方向")
        return self


class SourceRecord(Frozen):
    """Source of a level."""

    id: str
    title: str
    kinds: tuple[Literal["official", "journal", "outlet", "copy", "repost", "mirror", "template"], ...]
    """Publisher of the text, and whether the text read was a copy."""
    method: str
    """Method by which the numbers were obtained."""
    read: Literal["full", "excerpt", "abstract", "title"]
    """Part of the source that was read."""
    urls: tuple[str, ...]


class Baseline(Frozen):
    """A level of grassroots work from a study or a report; None for parts that it does not state."""

    id: str
    topic: str
    subject: str
    """Role or body that the level is about."""
    place: Label
    year: int | None
    n: int | None
    """Sample size, or number of units counted."""
    measure: Label
    """The quantity that is counted."""
    unit: str
    """Unit of the value; for several parts their units, in the same order."""
    value: float | None
    """The level; the midpoint if only a range is stated; None if `parts` hold the numbers."""
    low: float | None
    high: float | None
    parts: dict[str, Numbers]
    """Numbers by name, for a source that states several."""
    grade: Grade
    kind: Known
    source: str
    """Id of the source."""
    note: str

    @model_validator(mode="after")
    def _has_a_number(self) -> Baseline:
        if self.value is None and not self.parts:
            raise ValueError("needs a value or parts / 须有 value 或 parts")
        return self


class BudgetCell(Frozen):
    """A level with its triangular range: hours a week in a budget, or a factor."""

    value: float
    low: float
    high: float
    standing: Standing
    anchors: tuple[str, ...]
    """Ids of the figures or baselines that the level was read from, computed from, or set near to."""
    note: str

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> BudgetCell:
        if not self.low <= self.value <= self.high:
            raise ValueError("must hold: low <= value <= high / 须满足 low <= value <= high")
        return self


class Seasonality(Frozen):
    """The peak of the year."""

    peak_months: tuple[int, ...]
    peak_multiplier: BudgetCell
    """Reports and inspections in a peak week, divided by those of an average week."""


class Quarantined(Frozen):
    """A claim found during research that must not be used."""

    id: str
    claim: Label
    why: Label
    marks: tuple[str, ...] = Field(min_length=1)
    """Words and numbers that would reveal its use."""


class Evidence(Frozen):
    """All evidence, by id."""

    articles: dict[str, Article]
    figures: dict[str, Figure]
    baselines: dict[str, Baseline]
    sources: dict[str, SourceRecord]
    budget: dict[str, dict[str, BudgetCell]]
    """Hours of one person in an ordinary week before reform, by role; by category, `travel` to all of them, `total`."""
    seasonality: Seasonality
    quarantine: dict[str, Quarantined]
    outcomes: dict[str, PublishedOutcome]
    """Results of reforms outside the five articles."""

    @model_validator(mode="after")
    def _holds_together(self) -> Evidence:
        loose = [
            f"{x.id}: article {x.article}"
            for x in self.figures.values()
            if x.article is not None and x.article not in self.articles
        ]
        loose += [f"{x.id}: source {x.source}" for x in self.baselines.values() if x.source not in self.sources]
        loose += [
            f"{x.id}: source {name}" for x in self.outcomes.values() for name in x.sources if name not in self.sources
        ]
        loose += [f"{shared}: both a figure and a baseline" for shared in self.figures.keys() & self.baselines.keys()]
        loose += [
            f"{shared}: already used" for shared in self.outcomes.keys() & {**self.figures, **self.baselines}.keys()
        ]
        for where, cell in self.cells().items():
            loose += [f"{where}: anchor {anchor}" for anchor in cell.anchors if self.find(anchor) is None]
        for role, cells in self.budget.items():
            loose += [f"{role}: {key}" for key in sorted(cells.keys() ^ {TOTAL, *WEEK})]
        if loose:
            raise ValueError("does not resolve / 无法对应: " + "; ".join(loose))
        return self

    def find(self, id: str) -> Figure | Baseline | PublishedMetric | PublishedOutcome | None:
        """Return the figure, baseline, outcome, or number of an outcome (`outcome.name`) with this id, or None."""
        return self.published(id) or self.baselines.get(id) or self.outcomes.get(id)

    def published(self, id: str) -> Figure | PublishedMetric | None:
        """Return the published figure or number of an outcome with this id; None for a level or an unknown id."""
        outcome = self.outcomes.get(id.partition(".")[0])
        return self.figures.get(id) or (outcome.results().get(id) if outcome else None)

    @property
    def results(self) -> dict[str, PublishedMetric]:
        """Return the published numbers of all outcomes by id, `outcome.name`."""
        return {id: one for outcome in self.outcomes.values() for id, one in outcome.results().items()}

    def reports_measure(self, source: str) -> bool:
        """Return whether `source` says that a measure was taken: a figure, a reform outside, a level of a measure."""
        found = self.find(source)
        return found is not None and (not isinstance(found, Baseline) or found.topic == MEASURES)

    def standing_of(self, source: str) -> Standing | None:
        """Return the standing of a number citing `source`, an id, `assumed` or `calibrated`; None for an unknown id."""
        if source in (Standing.ASSUMED, Standing.CALIBRATED):
            return Standing(source)
        found = self.find(source)
        return found.kind if found else None

    def cells(self) -> dict[str, BudgetCell]:
        """Return all levels with a range: `role.category` for the budget, and `seasonality.peak_multiplier`."""
        budget = {f"{role}.{key}": cell for role, cells in self.budget.items() for key, cell in cells.items()}
        return budget | {"seasonality.peak_multiplier": self.seasonality.peak_multiplier}
