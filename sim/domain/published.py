"""Published outcomes: results of reforms outside the five articles, against which the program's forecasts are held.

A published number is never an input of the case it belongs to, unless it is the size of the reform itself.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.domain.frozen import Frozen, Label
from sim.domain.grade import Bound, Grade, Known
from sim.domain.standing import Standing

Family = Literal["checks", "documents", "forms", "groups", "ledgers", "meetings", "oversight", "residents", "tasks"]
"""Kind of burden or service that a published number is about; track records are kept by family."""


class PublishedMetric(Frozen):
    """One published number of an outcome: levels, a change, or both."""

    name: str
    """Name within the outcome; studies cite it as `outcome.name`."""
    measure: Label
    """The quantity that is counted."""
    unit: str
    """Unit of `before`, `after` and `change_abs`."""
    before: float | None = None
    """Level before the reform."""
    after: float | None = None
    """Level after the reform, or the only level stated."""
    change: float | None = None
    """Relative change: -0.3 means 30 % less."""
    change_abs: float | None = None
    """Change in `unit`."""
    change_pp: float | None = None
    """Change of a share in percentage points."""
    ci: tuple[float, float] | None = None
    """95 % interval of the change, in the unit of the change."""
    bound: Bound = Bound.EXACT
    """Relation of the published number to the true one."""
    grade: Grade | None = None
    """Quality of the evidence for this number; without it the outcome's."""
    kind: Known = Standing.REPORTED
    """`derived` for arithmetic on reported numbers; the note says which."""
    family: Family | None = None
    """Kind of burden or service; without it the outcome's."""
    note: str = ""

    @property
    def difference(self) -> float | None:
        """Return the change in `unit`, points as a share; None if the source states neither."""
        return self.change_abs if self.change_pp is None else self.change_pp / 100

    @model_validator(mode="after")
    def _has_numbers_that_agree(self) -> Self:
        numbers = (self.before, self.after, self.change, self.difference)
        if all(number is None for number in numbers):
            raise ValueError("needs a number / 须有一个数")
        if self.change_abs is not None and self.change_pp is not None:
            raise ValueError("give either change_abs or change_pp / change_abs 与 change_pp 只能写一个")
        if self.ci is not None and self.ci[0] > self.ci[1]:
            raise ValueError("ci must hold: low <= high / ci 须满足 下限 <= 上限")
        return self


class PublishedOutcome(Frozen):
    """A reform outside the five articles, with its published results."""

    id: str
    place: Label
    since: int | None = None
    """First year covered, for an outcome that spans years."""
    year: int
    """Year of the outcome; the last one if it spans years."""
    levers: tuple[str, ...] = Field(min_length=1)
    """Measures as the source reports them, in words of the registry; they need not be levers of the program."""
    family: Family
    """Kind of burden or service that the outcome is about."""
    grade: Grade
    sources: tuple[str, ...] = Field(min_length=1)
    """Ids of the sources."""
    method: str = ""
    """Sample and method of a survey or trial."""
    in_sample_after: str | None = None
    """Label in `reports/track` of the last version of the model that was written before the result was read; later
    versions could be shaped by it, so their forecasts of it are in sample. None: no version was written since."""
    note: str = ""
    metrics: tuple[PublishedMetric, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_number_once(self) -> Self:
        names = [metric.name for metric in self.metrics]
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            raise ValueError(f"names given twice / 名称重复: {', '.join(twins)}")
        return self

    @property
    def kind(self) -> Known:
        """Return how its measures are known: a lever that names the outcome as its source is reported."""
        return Standing.REPORTED

    @property
    def measure(self) -> Label:
        """Return the words for its measures, for a list of inputs."""
        return Label(zh="报道的举措", en="measures as reported")

    def results(self) -> dict[str, PublishedMetric]:
        """Return its numbers by id, `outcome.name`, each with its grade and family."""
        return {
            f"{self.id}.{one.name}": one.model_copy(
                update={"grade": one.grade or self.grade, "family": one.family or self.family}
            )
            for one in self.metrics
        }
