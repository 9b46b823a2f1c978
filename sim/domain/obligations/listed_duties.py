"""Duties of many kinds, such as powers of penalty: few are used often, and all need readiness, training and reports."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sim.domain.category import Category
from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, DurationQ, EffortQ, NumberQ, ShareQ
from sim.domain.rule import ByUse, Rule
from sim.units import Workdays


class DutySheets(Rule):
    """Each kind of duty is on one of three sheets: done by the unit, by a department with its help, or taken back."""

    basic: CountQ
    """Kinds that the unit keeps."""
    assisting: CountQ
    """Kinds in which the unit helps a department."""
    reclaimed: CountQ | None = None
    """Kinds that a department takes back; the three numbers add up to all kinds. Without it: all other kinds."""
    by_use: ByUse
    """Order in which kinds are put on the basic sheet, then on the assisting one. Kinds are not volume: the order
    decides how much work is taken back."""
    done_above: ShareQ
    """Share of an assisting duty that the department does itself."""
    leakage: ShareQ
    """Share of the cases taken back that are sent down to the unit nevertheless."""


class ListedDuties(ObligationBase):
    """Cases over many kinds of duty, and the work that each kind causes whether it is used or not."""

    kind: Literal["listed_duties"] = "listed_duties"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="履职事项", en="listed duties"),
        meaning=Label(
            zh="许多种履职事项上的案件；每一种不管用不用都要备勤、培训、报表",
            en="cases over many kinds of duty; readiness, courses and returns for each kind, used or not",
        ),
    )
    category: Annotated[Category, Field(strict=False)] = Category.OTHER
    """Category of the time for cases and readiness: `service` or `other`."""
    kinds: CountQ
    """Number of kinds of duty that the unit has."""
    lines: CountQ
    """Lines of business, each of one department; the kinds are divided evenly among them, the most used ones first."""
    concentration: NumberQ
    """Exponent of use over kinds: the use of the k-th most used kind is proportional to k to the power of minus this
    number."""
    effort: EffortQ
    """Time of one case."""
    due: Workdays = Workdays(20)
    """Working days within which a case must be closed."""
    standby: DurationQ
    """Time a month to stay ready for one kind: templates, equipment, authorised staff."""
    training: DurationQ
    """Time a year of training for one kind."""
    reporting: DurationQ
    """Time a quarter to report on one kind."""
    sheets: DutySheets | None = None
    """Set by the lever `duties_list`."""

    @model_validator(mode="after")
    def _has_kinds(self) -> Self:
        if not 1 <= self.lines.value <= self.kinds.value:
            raise ValueError("there must be a line at least, and no more lines than kinds / 条线至少一条，不多于种类数")
        return self
