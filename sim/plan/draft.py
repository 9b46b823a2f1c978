"""The plan while it is being written: rows are added family by family, then put into the contract's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.category import CATEGORIES, PARTS, Category, Part
from sim.domain.regime import RANKS
from sim.engine.contract import Activities
from sim.plan.assistance import assisted
from sim.plan.chance import combine, text_key

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.domain.regime import Regime
    from sim.engine.appraised import Appraised
    from sim.engine.cases import Cases
    from sim.engine.setting import Checks
    from sim.plan.chance import Chance
    from sim.plan.offices import Offices

_COLUMNS: dict[str, Any] = {
    "identity": np.uint64, "unit": np.int32, "team": np.int32, "seats": np.int32, "release": np.int64,
    "due": np.int64, "start": np.int64, "effort": np.int64, "travel": np.int64, "rank": np.int32,
    "predecessor": np.int64, "patience": np.int64, "interruptible": np.bool_, "category": np.int32,
    "obligation": np.int32, "issuer": np.int32, "part": np.int32,
}  # fmt: skip
_NONE = -1


@dataclass(frozen=True)
class Source:
    """What all rows of one obligation or stream share."""

    name: str
    """`obligations.x` or `demand.x`."""
    issuer: str | None
    """None for residents."""


@dataclass
class Draft:
    """Rows in the order they were written. A row's handle is its place in that order."""

    regime: Regime
    offices: Offices
    chance: Chance
    sources: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    size: int = 0
    visits: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = field(default_factory=list)
    """Handles of visits, and the chance that each sees a problem that is there."""
    checks: Checks | None = None
    """Items checked at enterprises; their visits are named by handle."""
    cases: list[Cases] = field(default_factory=list)
    """Approvals, with handles in place of rows."""
    examined: list[Appraised] = field(default_factory=list)
    """What the scores of appraisals depend on, with handles in place of rows."""
    _chunks: dict[str, list[NDArray[Any]]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    _fields: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=list)
    _topics: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = field(default_factory=list)
    topics: NDArray[np.int64] | None = None
    """Topics of the meeting that each row attends, in the contract's order; known once finished."""

    @property
    def horizon(self) -> int:
        """End of the year, seconds."""
        return next(iter(self.offices.timelines.values())).horizon

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
        due: ArrayLike = _NONE,
        seats: ArrayLike = 1,
        travel: ArrayLike = 0,
        predecessor: ArrayLike = _NONE,
        patience: ArrayLike = _NONE,
    ) -> NDArray[np.int64]:
        """Add rows and give their handles. `who` are the identity words, apart from unit, source and part."""
        count = len(unit)
        appointed = start is not None
        begin = start if start is not None else release
        if begin is None:
            raise TypeError("a row needs a release or a start")
        rank = RANKS[self.regime.policy.order].get(category, 0)
        identity = combine(text_key(source.name, part.value), self.offices.keys[unit], *who)
        if not appointed:
            effort = assisted(self.regime, self.chance, source.name, part, identity, begin, effort)
        columns: dict[str, ArrayLike] = {
            "identity": identity,
            "unit": unit,
            "team": team,
            "seats": seats,
            "release": np.maximum(begin, 0),
            "due": due,
            "start": np.maximum(begin, 0) if appointed else _NONE,
            "effort": effort,
            "travel": travel,
            "rank": rank,
            "predecessor": predecessor,
            "patience": patience,
            "interruptible": not appointed,
            "category": CATEGORIES.index(category),
            "obligation": _index(self.sources, source.name),
            "issuer": _NONE if source.issuer is None else _index(self.issuers, source.issuer),
            "part": PARTS.index(part),
        }
        for name, dtype in _COLUMNS.items():
            self._chunks[name].append(np.broadcast_to(np.asarray(columns[name], dtype=dtype), (count,)))
        handles = np.arange(self.size, self.size + count, dtype=np.int64)
        self.size += count
        return handles

    def note_fields(self, handles: NDArray[np.int64], fields: NDArray[np.int64], reentered: NDArray[np.int64]) -> None:
        """Note how many fields a form asks to enter, and how many had been entered before."""
        self._fields.append((handles, fields, reentered))

    def note_topics(self, handles: NDArray[np.int64], topics: NDArray[np.int64]) -> None:
        """Note how many topics a unit attends a meeting for."""
        self._topics.append((handles, topics))

    def note_visits(self, handles: NDArray[np.int64], sight: ArrayLike) -> None:
        """Note that appointments are visits which see a problem with a given chance."""
        self.visits.append((handles, np.broadcast_to(np.asarray(sight, dtype=np.float64), (len(handles),))))

    def column(self, name: str) -> NDArray[Any]:
        """Give a column of all rows so far, in the order of handles."""
        chunks = self._chunks[name]
        return np.concatenate(chunks) if chunks else np.zeros(0, dtype=_COLUMNS[name])

    def finish(self) -> tuple[Activities, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Sort the rows into the contract's order; leave out what begins after the year, and seats for nobody.

        Gives the activities, the row of each handle (-1 where left out), and per row the fields and re-entered fields.
        """
        columns = {name: self.column(name) for name in _COLUMNS}
        keep = self._connected((columns["release"] < self.horizon) & (columns["seats"] > 0), columns["predecessor"])
        order = np.lexsort((columns["identity"], columns["release"], columns["unit"]))
        order = order[keep[order]]
        row_of = np.full(self.size + 1, _NONE, dtype=np.int64)
        row_of[order] = np.arange(len(order))
        sorted_columns = {name: column[order] for name, column in columns.items()}
        sorted_columns["predecessor"] = row_of[sorted_columns["predecessor"]]
        fields = np.zeros(self.size, dtype=np.int64)
        reentered = np.zeros(self.size, dtype=np.int64)
        for handles, asked, again in self._fields:
            fields[handles], reentered[handles] = asked, again
        topics = np.zeros(self.size, dtype=np.int64)
        for handles, called_to in self._topics:
            topics[handles] = called_to
        self.topics = topics[order]
        return Activities(**sorted_columns), row_of[:-1], fields[order], reentered[order]

    @staticmethod
    def _connected(keep: NDArray[np.bool_], predecessor: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Keep only rows whose predecessors are kept as well."""
        linked = predecessor >= 0
        while True:
            orphan = keep & linked & ~keep[np.maximum(predecessor, 0)]
            if not orphan.any():
                return keep
            keep &= ~orphan


def _index(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)
