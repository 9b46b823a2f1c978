"""The plan while it is written: rows are added family by family, then sorted into the contract's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, PARTS, Category, Part
from sim.domain.regime import RANKS
from sim.plan.identity.chance import combine, text_key
from sim.plan.rows.assistance import assisted
from sim.plan.rows.rows import NONE, Rows

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.contract.appraised import Appraised
    from sim.contract.cases import Cases
    from sim.contract.plan import Activities
    from sim.contract.setting import Checks
    from sim.domain.lags import Lags
    from sim.domain.regime import Regime
    from sim.plan.identity.chance import Chance
    from sim.plan.identity.staff import Staff
    from sim.plan.rows.looks import Looks


@dataclass(frozen=True)
class Source:
    """Name and issuer, shared by all rows of one obligation or stream."""

    name: str
    """`obligations.x` or `demand.x`."""
    issuer: str | None
    """None for demand of residents."""


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
    checks: Checks | None = None
    """Items checked at enterprises; `row` holds handles of their visits."""
    cases: list[Cases] = field(default_factory=list)
    """Approvals, with handles in place of rows."""
    examined: list[Appraised] = field(default_factory=list)
    """Data behind the scores of appraisals, with handles in place of rows."""
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
        due: ArrayLike = NONE,
        seats: ArrayLike = 1,
        travel: ArrayLike = 0,
        predecessor: ArrayLike = NONE,
        patience: ArrayLike = NONE,
    ) -> NDArray[np.int64]:
        """Add rows and return their handles; `who` are the identity columns in addition to unit, source and part.

        Rows with a `start` are appointments; the part of one that lies before the year is cut off. Others begin at
        `release` or later, and a tool may assist them.

        Raises:
            TypeError: neither `release` nor `start` is given.
        """
        count = len(unit)
        appointed = start is not None
        begin = start if start is not None else release
        if begin is None:
            raise TypeError("a row needs a release or a start")
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
        return self.rows.add(count, columns)

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
