"""The plan while it is written: rows are added family by family, then sorted into the contract's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, PARTS, Category, Part
from sim.domain.regime import RANKS
from sim.plan.identity.chance import combine, text_key
from sim.plan.rows.appointments import Appointments, At, Batch, End, Terms
from sim.plan.rows.assistance import assisted
from sim.plan.rows.rows import NONE, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from sim.contract.appraised import Appraised
    from sim.contract.cases import Cases
    from sim.contract.collected import Collected
    from sim.contract.plan import Activities
    from sim.contract.setting import Checks
    from sim.domain.lags import Lags
    from sim.domain.regime import Regime
    from sim.plan.identity.chance import Chance
    from sim.plan.identity.staff import Staff
    from sim.plan.rows.appointments import Follow
    from sim.plan.rows.looks import Looks


@dataclass(frozen=True)
class Source:
    """Name and issuer, shared by all rows of one obligation or stream."""

    name: str
    """`obligations.x` or `demand.x`."""
    issuer: str | None
    """None for demand of residents."""


def everybody(handles: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return 1 for each handle."""
    return np.ones(len(handles))


@dataclass
class Draft:
    """Rows in the order of writing. A row's handle is its index in that order."""

    regime: Regime
    staff: Staff
    chance: Chance
    sources: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    looks: list[Looks] = field(default_factory=list)
    """Items checked in visits, with handles in place of rows."""
    appointments: Appointments = field(default_factory=Appointments)
    present: Callable[[NDArray[np.int64]], NDArray[np.float64]] = everybody
    """Share of the callers wanted who come, by handle of an appointment's row; all, until appointments are booked."""
    refused: dict[str, int] = field(default_factory=dict)
    """Number of occurrences that a gate refused, by `obligations.x`."""
    checks: Checks | None = None
    """Items checked at enterprises; `row` holds handles of their visits."""
    cases: list[Cases] = field(default_factory=list)
    """Approvals, with handles in place of rows."""
    collected: list[Collected] = field(default_factory=list)
    """Collections of forms, with handles in place of rows."""
    examined: list[Appraised] = field(default_factory=list)
    """Data behind the scores of appraisals, with handles in place of rows."""
    examinations: list[NDArray[np.int64]] = field(default_factory=list)
    """Appointments of their examinations, -1 for none."""
    _fields: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=list)
    _topics: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=list)
    topics: NDArray[np.int64] | None = None
    """Topics of the meeting that each row attends, in the contract's order; None until `finish`."""

    @property
    def lags(self) -> Lags:
        """Return the times between steps that no obligation dates."""
        return self.regime.policy.lags

    @property
    def horizon(self) -> int:
        """Return the end of the year in seconds."""
        return next(iter(self.staff.timelines.values())).horizon

    def appoint(
        self,
        terms: Terms,
        who: tuple[ArrayLike, ...],
        *,
        unit: NDArray[np.int64],
        wanted: NDArray[np.int64],
        length: ArrayLike = 0,
        outside: ArrayLike = 0,
        surprise: ArrayLike = False,
        parent: ArrayLike = NONE,
        after: int = 0,
    ) -> NDArray[np.int64]:
        """Add appointments and return their numbers; `who` are the identity columns in addition to the source.

        Rows take part by `add(..., at=At(...))`, and move along by `add(..., follows=Follow(...))`.
        """
        count = len(unit)
        return self.appointments.add(
            Batch(
                terms=terms,
                identity=np.broadcast_to(combine(text_key(terms.source, "appointment"), *who), (count,)),
                unit=unit,
                wanted=wanted,
                length=np.broadcast_to(np.asarray(length, dtype=np.int64), (count,)),
                outside=np.broadcast_to(np.asarray(outside, dtype=np.int64), (count,)),
                surprise=np.broadcast_to(np.asarray(surprise, dtype=np.bool_), (count,)),
                parent=np.broadcast_to(np.asarray(parent, dtype=np.int64), (count,)),
                after=after,
            )
        )

    def add(
        self,
        source: Source,
        part: Part,
        category: Category,
        who: tuple[ArrayLike, ...],
        *,
        unit: NDArray[np.int64],
        team: NDArray[np.int32],
        effort: NDArray[np.int64],
        release: NDArray[np.int64] | None = None,
        start: NDArray[np.int64] | None = None,
        at: At | None = None,
        follows: Follow | None = None,
        due: ArrayLike = NONE,
        seats: ArrayLike = 1,
        travel: ArrayLike = 0,
        predecessor: ArrayLike = NONE,
        patience: ArrayLike = NONE,
    ) -> NDArray[np.int64]:
        """Add rows and return their handles; `who` are the identity columns in addition to unit, source and part.

        Rows with a `start` take part in the appointments `at`, or, without it, are appointments of their own; the part
        of one that lies before the year is cut off. Others begin at `release` or later, or are dated by the appointment
        that they follow; a tool may assist them.

        Raises:
            TypeError: neither `release`, `start` nor `follows` is given.
        """
        count = len(unit)
        appointed = start is not None
        if follows is not None:
            release, due = follows.dates(self.staff.timeline(follows.on), follows.wanted)
        begin = start if start is not None else release
        if begin is None:
            raise TypeError("a row needs a release, a start or an appointment that it follows")
        rank = RANKS[self.regime.policy.order].get(category, 0)
        body = self.staff.keys[unit]
        identity = combine(text_key(source.name, part.value), body, *who)
        if appointed:
            effort, travel, seats = _from_new_year(begin, effort, travel, seats)
        else:
            effort = assisted(self.regime, self.chance, source.name, part, identity, body, begin, effort)
        columns: dict[str, ArrayLike] = {
            "identity": identity,
            "unit": unit,
            "team": team,
            "seats": seats,
            "release": np.maximum(begin, 0),
            "due": due,
            "start": np.maximum(begin, 0) if appointed else NONE,
            "effort": effort,
            "travel": travel,
            "rank": rank,
            "predecessor": predecessor,
            "patience": patience,
            "interruptible": not appointed,
            "category": CATEGORIES.index(category),
            "obligation": _index(self.sources, source.name),
            "issuer": NONE if source.issuer is None else _index(self.issuers, source.issuer),
            "part": PARTS.index(part),
        }
        if start is not None:
            if at is None and count:
                at = self._alone(source, category, (part.value, *who), unit, start)
            if at is not None:
                self.appointments.seats.append((self.rows.families, at))
        if follows is not None:
            self.appointments.followers.append((self.rows.families, follows))
        return self.rows.add(count, columns)

    def _alone(
        self,
        source: Source,
        category: Category,
        who: tuple[ArrayLike | str, ...],
        unit: NDArray[np.int64],
        start: NDArray[np.int64],
    ) -> At:
        """Return an appointment for each row, with one end."""
        terms = Terms(source=source.name, category=category, between=(self.staff.types[unit[0]],))
        key = (text_key(str(who[0])), self.staff.keys[unit], *who[1:])
        return At(self.appoint(terms, key, unit=unit, wanted=np.maximum(start, 0)), End.CALLERS)

    def note_fields(self, handles: NDArray[np.int64], fields: NDArray[np.int64], reentered: NDArray[np.int64]) -> None:
        """Record how many fields a form enters, and how many of them were entered before."""
        self._fields.append((handles, fields, reentered))

    def note_topics(self, handles: NDArray[np.int64], topics: NDArray[np.int64]) -> None:
        """Record the number of topics for which a unit attends a meeting."""
        self._topics.append((handles, topics))

    def finish(self) -> tuple[Activities, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Sort the rows into the contract's order; leave out rows that begin after the year, and rows without seats.

        Returns the activities, the row of each handle (-1 if left out), and per row the fields entered and entered
        again.
        """
        activities, row_of = self.rows.finish(self.horizon)
        fields = np.zeros(len(activities), dtype=np.int64)
        reentered, topics = fields.copy(), fields.copy()
        for handles, asked, again in self._fields:
            row = row_of[handles]
            inside = row >= 0
            fields[row[inside]], reentered[row[inside]] = asked[inside], again[inside]
        for handles, called_to in self._topics:
            row = row_of[handles]
            topics[row[row >= 0]] = called_to[row >= 0]
        self.topics = topics
        return activities, row_of, fields, reentered


def _from_new_year(
    start: NDArray[np.int64], effort: NDArray[np.int64], travel: ArrayLike, seats: ArrayLike
) -> tuple[NDArray[np.int64], ArrayLike, ArrayLike]:
    """Return effort, travel and seats of appointments without their seconds before the year, most of them on the way.

    An appointment that ends before the year has no seats.
    """
    if not np.any(start < 0):
        return effort, travel, seats
    early = np.maximum(-start, 0)
    left = effort - early
    return np.maximum(left, 1), np.clip(travel - early, 0, np.maximum(left, 0)), np.where(left > 0, seats, 0)


def _index(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)
