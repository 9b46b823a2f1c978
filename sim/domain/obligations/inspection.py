"""Inspections: notice, preparation of ledgers, hosting, rectification; planned, filed or ad hoc."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.inspected import Inspected
from sim.domain.quantity import CountQ, EffortQ, Quantity, ShareQ
from sim.domain.relief import FrequencyCap, ItemCut, JointVisit, Unannounced
from sim.domain.relief_of_checks import Sampling
from sim.domain.relief_of_paper import TripCap
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


class Inspection(Inspected):
    """A series of visits. Each programme visits every unit of the type once a slot."""

    kind: Literal["inspection"] = "inspection"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="检查", en="inspection"),
        work=Label(
            zh="迎检备台账、接待、陪同、检查人员自己的时间、整改",
            en="preparation of ledgers, hosting, escort, the inspectors' own time, rectification",
        ),
    )
    items: str | None = None
    """Name of the list of items; obligations with the same list inspect the same items on different units."""
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
    sight_announced: ShareQ
    """Probability that an announced visit finds an existing problem."""
    sight_unannounced: ShareQ
    """Probability that an unannounced visit finds an existing problem."""
    frequency_cap: FrequencyCap | None = None
    """Set by the lever `cap_frequency`."""
    cut: ItemCut | None = None
    """Set by the lever `cut_items`."""
    joint: JointVisit | None = None
    """Set by the lever `one_team`."""
    unannounced: Unannounced | None = None
    """Set by the lever `unannounced_visit`."""
    sampled: Sampling | None = None
    """Set by the lever `sample_visits`."""
    trips: TripCap | None = None
    """Set by the lever `cap_trips`."""
