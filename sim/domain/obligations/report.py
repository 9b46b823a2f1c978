"""Reports and forms: fields of a common pool, asked for by many departments."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, DurationQ, EffortQ, Quantity, ShareQ
from sim.domain.recurrence import Frequency
from sim.domain.rule import Rule
from sim.units import Share, Workdays


class Collation(Frozen):
    """The parent unit checks and adds up the forms of its units."""

    posts: tuple[str, ...] | None = None
    effort: EffortQ
    """Time for one unit's form."""
    wrong: ShareQ = ShareQ(value=Share(0.0))
    """Share of the entered fields that are wrong; a form with one of them is sent back."""
    rework: EffortQ | None = None
    """Time of the unit to correct a returned form."""


class Store(Frozen):
    """The shared records and the work that keeps them fresh."""

    records: CountQ
    """Records in the store."""
    changed: ShareQ
    """Share of the records that must be renewed each month."""
    renewal: DurationQ
    """Time to renew one record from a line of business."""
    kept_by: str
    """Unit type whose units together renew the records."""
    grassroots: EffortQ
    """Time that a unit which fills in forms spends each month on its own records."""


class SharedForm(Rule):
    """Departments read a shared store; missing fields are asked for once. Units use the store for all other forms."""

    coverage: ShareQ
    """Share of the fields that the store holds and keeps up to date."""
    glance: DurationQ
    """Time of the unit to look over one field from the store, in a form that comes with it or to fill another form."""
    fresh: DurationQ
    """Time for which the answer to a missing field is valid: the field is asked for once in this time."""
    table: Frequency | None = None
    """How often each unit enters into one table all fields that regular forms ask for and the store lacks; these forms
    are then read. Without it a missing field is asked for with the first form that needs it."""
    store: Store


class Report(ObligationBase):
    """A series of forms; the work with a field is that of the pool of its line of work (`policy.pools`)."""

    kind: Literal["report"] = "report"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="报表", en="report"),
        meaning=Label(
            zh="收集、填写、核对、审签；汇总、退回重填；接收",
            en="gathering, entering, checking and signing off; collation, return and rework; receiving",
        ),
    )
    registered: bool = True
    """Whether the form is on the list of approved forms; others are ad hoc requests."""
    fields: CountQ
    """Fields of one form."""
    popularity: Quantity[float]
    """How unevenly fields are asked for: 1 means evenly; at 2 departments overlap in the common fields."""
    domain: str = "common"
    """Line of work, a pool of fields under `policy.pools`."""
    sign_off_posts: tuple[str, ...] | None = None
    """Posts whose holders sign a form before it is sent; without them nobody signs."""
    due: Quantity[Workdays]
    """Working days from the request to the deadline."""
    collation: Collation | None = None
    """Work of the parent unit with the forms."""
    receiving: EffortQ | None = None
    """Time of the issuing department with one unit's form."""
    shared_form: SharedForm | None = None
    """Set by the lever `share_one_form`."""
