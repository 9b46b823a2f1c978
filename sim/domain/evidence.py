"""What is known from outside: published figures, levels from studies, their sources, and the week before reform.

Every number of a scenario names an entry here, or says that it is assumed. Grades tell how good a number is, standings
how it came about.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from sim.domain.category import CATEGORIES
from sim.domain.frozen import Frozen, Label
from sim.domain.standing import Standing

TOTAL = "total"
"""Key of a role's working week beside its categories."""


class Grade(StrEnum):
    """How good a number is."""

    A = "A"
    """Survey, observation, trial or count with a stated n and method."""
    B = "B"
    """Official statistic or notice, or a named local case told by government or a national outlet."""
    C = "C"
    """Anecdote, unnamed place or person, or rhetoric."""


class Bound(StrEnum):
    """What a published number says about the true one."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"


Known = Literal[Standing.REPORTED, Standing.DERIVED]
Numbers = float | tuple[float, ...]
GovernmentTier = Literal["national", "province", "city", "county", "township", "village", "community"]


class Article(Frozen):
    """One of the articles the project starts from."""

    id: str
    title: Label
    date: str
    """ISO 8601, as exactly as known: `2025-01`, or `first/last` possible day."""
    kind: str
    what: Label
    """What it is, in a sentence."""
    caution: Label
    """What to mind when citing it."""


class Figure(Frozen):
    """A published figure of one article; None where the article does not say."""

    id: str
    article: str
    """Id of the article."""
    place: Label
    tier: GovernmentTier
    """Level of government the figure speaks of."""
    since: int | None
    """First year covered, where the figure spans years."""
    year: int
    """Year the figure holds for; the last one where it spans years."""
    measure: Label
    """What is counted."""
    unit: str
    """Unit of `before`, `after` and `change_abs`."""
    before: Numbers | None
    """Level before the reform; the midpoint where a range is given."""
    before_low: float | None
    before_high: float | None
    after: Numbers | None
    """Level after the reform, or the only level given; several numbers where the figure is a list."""
    change: float | None
    """Relative change: -0.3 is thirty per cent less."""
    change_abs: float | None
    """Change in units."""
    bound: Bound
    """What the number under `bound_on` says about its size."""
    bound_on: Literal["before", "after", "change", "change_abs"] | None
    """The number that `bound` speaks of; None when exact."""
    direction: Literal["down", "up"] | None
    """Which way the number moved, also where only that is stated."""
    grade: Grade
    kind: Known
    mechanism: str | None
    """Means of relief it bears on; None for background."""
    paraphrase: Label
    """The figure in a sentence."""

    @model_validator(mode="after")
    def _is_bound_to_a_number(self) -> Figure:
        if (self.bound is Bound.EXACT) != (self.bound_on is None):
            raise ValueError("bound and bound_on go together / bound 与 bound_on 须同时给出")
        return self


class SourceRecord(Frozen):
    """Where a level comes from."""

    id: str
    title: str
    kinds: tuple[Literal["official", "journal", "outlet", "copy", "repost", "mirror", "template"], ...]
    """Who speaks, and whether the text read was a copy."""
    method: str
    """How the numbers were obtained."""
    read: Literal["full", "excerpt", "abstract", "title"]
    """How much of it was read; what stands deeper is unread."""
    urls: tuple[str, ...]


class Baseline(Frozen):
    """A level of grassroots work known from a study or a report; None where it does not say."""

    id: str
    topic: str
    subject: str
    """Role or body the level belongs to."""
    place: Label
    year: int | None
    n: int | None
    """Sample size, or units counted."""
    measure: Label
    """What is counted."""
    unit: str
    """Unit of the value; of the parts, in their order, where there are several."""
    value: float | None
    """The level; the midpoint where only a range is given; None where `parts` hold it."""
    low: float | None
    high: float | None
    parts: dict[str, Numbers]
    """Named components, for a source that gives several numbers at once."""
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
    """Ids of figures or baselines it is read from, computed from, or set near."""
    note: str

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> BudgetCell:
        if not self.low <= self.value <= self.high:
            raise ValueError("must hold: low <= value <= high / 须满足 low <= value <= high")
        return self


class Seasonality(Frozen):
    """When the year peaks."""

    peak_months: tuple[int, ...]
    peak_multiplier: BudgetCell
    """Reports and inspections in a peak week over those of a mean week."""


class Quarantined(Frozen):
    """A claim met on the way that must not be used."""

    id: str
    claim: Label
    why: Label
    marks: tuple[str, ...] = Field(min_length=1)
    """Words and numbers that would betray its use."""


class Evidence(Frozen):
    """Everything known from outside, by id."""

    articles: dict[str, Article]
    figures: dict[str, Figure]
    baselines: dict[str, Baseline]
    sources: dict[str, SourceRecord]
    budget: dict[str, dict[str, BudgetCell]]
    """Hours of one person in an ordinary week before reform, by role and by category or `total`."""
    seasonality: Seasonality
    quarantine: dict[str, Quarantined]

    @model_validator(mode="after")
    def _holds_together(self) -> Evidence:
        loose = [f"{x.id}: article {x.article}" for x in self.figures.values() if x.article not in self.articles]
        loose += [f"{x.id}: source {x.source}" for x in self.baselines.values() if x.source not in self.sources]
        loose += [f"{shared}: both a figure and a baseline" for shared in self.figures.keys() & self.baselines.keys()]
        for where, cell in self.cells().items():
            loose += [f"{where}: anchor {anchor}" for anchor in cell.anchors if self.find(anchor) is None]
        for role, cells in self.budget.items():
            loose += [f"{role}: {key}" for key in sorted(cells.keys() ^ {TOTAL, *CATEGORIES})]
        if loose:
            raise ValueError("does not resolve / 无法对应: " + "; ".join(loose))
        return self

    def find(self, id: str) -> Figure | Baseline | None:
        """Give the figure or baseline of this id, or None."""
        return self.figures.get(id) or self.baselines.get(id)

    def standing_of(self, source: str) -> Standing | None:
        """Tell how a number citing `source` (an id, `assumed` or `calibrated`) is known; None for an unknown id."""
        if source in (Standing.ASSUMED, Standing.CALIBRATED):
            return Standing(source)
        found = self.find(source)
        return found.kind if found else None

    def cells(self) -> dict[str, BudgetCell]:
        """List all levels with a range under `role.category`, with the seasonal factor."""
        budget = {f"{role}.{key}": cell for role, cells in self.budget.items() for key, cell in cells.items()}
        return budget | {"seasonality.peak_multiplier": self.seasonality.peak_multiplier}
