"""Inspections: notice, preparation of ledgers, hosting, rectification; planned, filed or ad hoc."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.inspected import Inspected
from sim.domain.obligations.joinable import Joinable
from sim.domain.quantity import CountQ, EffortQ, Quantity, ShareQ
from sim.domain.recurrence import Frequency
from sim.domain.rule import Rule
from sim.units import Workdays


class Escort(Frozen):
    """Cadres of the parent unit who accompany the inspectors."""

    seats: CountQ
    posts: tuple[str, ...] | None = None


class Rectification(Frozen):
    """Defects found by a visit must be put right and reported."""

    share: ShareQ
    """Share of visits that lead to a rectification."""
    effort: EffortQ
    due: Workdays


class FrequencyCap(Rule):
    """Visits outside the slots of the allowed frequency are dropped."""

    to: Frequency
    """Highest frequency that is still allowed."""


class Unannounced(Rule):
    """Visits come without notice and read ordinary records."""

    reading: EffortQ
    """Additional time of each host to show ordinary records during the visit."""


class CheckedFromAfar(Rule):
    """Items that data show are checked without a visit."""

    shown: ShareQ
    """Share of the items that data show; a lot of the item decides."""
    answering: EffortQ
    """Time of one cadre of the unit for uploading data and answering, for each check."""
    looking: EffortQ
    """Time of one inspector for looking at them, for each check."""


class TripCap(Rule):
    """A control total limits the trips to a unit in a year."""

    most: CountQ
    """Most trips to one unit in a year, of all named visits together."""


class Inspection(Inspected, Joinable):
    """A series of visits. Each programme visits every unit of the type once a slot."""

    kind: Literal["inspection"] = "inspection"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="检查", en="inspection"),
        meaning=Label(
            zh="迎检备台账、接待、陪同、检查人员自己的时间、整改",
            en="preparation of ledgers, hosting, escort, the inspectors' own time, rectification",
        ),
    )
    notice: Quantity[Workdays]
    """Working days between notice and visit; `same day` for an unannounced one."""
    preparation: EffortQ
    """Time that one preparer spends on ledgers before an announced visit."""
    preparers: CountQ
    length: EffortQ
    """Time of the visit on the spot."""
    hosts: CountQ
    """Cadres who receive the inspectors."""
    inspectors: CountQ
    """Cadres of the issuer who come."""
    escort: Escort | None = None
    rectification: Rectification | None = None
    frequency_caps: tuple[FrequencyCap, ...] = ()
    """Set by the lever `cap_frequency`."""
    unannounced: Unannounced | None = None
    """Set by the lever `unannounced_visit`."""
    from_afar: CheckedFromAfar | None = None
    """Set by the lever `check_from_afar`."""
    trips: TripCap | None = None
    """Set by the lever `cap_trips`."""
