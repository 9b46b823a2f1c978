"""Duties of many kinds, such as penalty powers: few are used often, and each asks for readiness, training, reports."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.domain.category import Category
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, DurationQ, EffortQ, NumberQ
from sim.domain.relief_of_duties import DutySheets
from sim.units import Workdays


class ListedDuties(ObligationBase):
    """Cases that fall to a unit over many kinds of duty, and what the kinds themselves cost it, used or not."""

    kind: Literal["listed_duties"] = "listed_duties"
    category: Annotated[Category, Field(strict=False)] = Category.OTHER
    """What cases and readiness count as: `service` or `other`."""
    kinds: CountQ
    """Kinds of duty that the unit has."""
    lines: CountQ
    """Lines of business, each of one department, among which the kinds are spread evenly, the most used ones first."""
    concentration: NumberQ
    """Exponent of use over kinds: the k-th most used kind is used in proportion to k to the minus this."""
    effort: EffortQ
    """Time of one case."""
    due: Workdays = Workdays(20)
    """Working days within which a case is closed."""
    standby: DurationQ
    """Time a month to be ready for one kind: templates, equipment, people who may act."""
    training: DurationQ
    """Time a year to be trained for one kind."""
    reporting: DurationQ
    """Time a quarter to report on one kind."""
    sheets: DutySheets | None = None
    """Set by the lever `duties_list`."""

    @model_validator(mode="after")
    def _has_kinds(self) -> Self:
        if not 1 <= self.lines.value <= self.kinds.value:
            raise ValueError("there must be a line at least, and no more lines than kinds / 条线至少一条，不多于种类数")
        return self
