"""Units, cadres and teams of an organisation, numbered in an order that does not depend on the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import Roster
from sim.plan.identity.chance import text_keys
from sim.plan.identity.secondees import Desks, list_secondees, open_desks
from sim.plan.identity.timeline import Timeline, make_timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.regime import Regime
    from sim.plan.identity.chance import Chance


@dataclass(frozen=True)
class Staff:
    """The organisation by unit and by cadre. A unit is an index into the sorted names."""

    regime: Regime
    names: tuple[str, ...]
    types: tuple[str, ...]
    parent: NDArray[np.int64]
    """Unit above, -1 for the top."""
    keys: NDArray[np.uint64]
    """Identity of each unit, from its name."""
    of_type: dict[str, NDArray[np.int64]]
    """Units of each type."""
    cadre_unit: NDArray[np.int32]
    cadre_post: tuple[str, ...]
    cadre_names: tuple[str, ...]
    cadre_keys: NDArray[np.uint64]
    shifts: tuple[str, ...]
    timelines: dict[str, Timeline]
    """Calendar of each shift."""
    travel: NDArray[np.int64]
    """One-way seconds from each unit to its parent's seat."""
    person: NDArray[np.int64]
    """Cadre who uses each desk: the cadre of that index, or the cadre of another unit whose second desk it is."""
    desks: Desks
    """Days on which a desk is empty because of a secondment."""
    _teams: dict[tuple[int, frozenset[int]], int] = field(default_factory=dict)
    _tables: dict[tuple[str, ...] | None, NDArray[np.int32]] = field(default_factory=dict)
    """Team of each unit, by posts; -1 where no team has been requested."""

    def timeline(self, unit_type: str) -> Timeline:
        """Return the work calendar of a unit type."""
        return self.timelines[self.regime.organisation.units[unit_type].shift]

    def units(self, unit_type: str) -> NDArray[np.int64]:
        """List the units of a type; none for a superior outside the organisation."""
        return self.of_type.get(unit_type, np.zeros(0, dtype=np.int64))

    def ancestor(self, unit: NDArray[np.int64], unit_type: str) -> NDArray[np.int64]:
        """Return the unit of the type at or above each unit, -1 where there is none."""
        at = unit.copy()
        found = np.full(len(unit), -1, dtype=np.int64)
        is_type = np.array([name == unit_type for name in self.types])
        while np.any(at >= 0):
            hit = (at >= 0) & (found < 0) & is_type[np.maximum(at, 0)]
            found[hit] = at[hit]
            at = np.where(at >= 0, self.parent[np.maximum(at, 0)], -1)
        return found

    def below(self, above: NDArray[np.int64], unit_type: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pair each unit of `above` (by its index there) with each unit of the type directly below it."""
        units = self.units(unit_type)
        place, unit = np.repeat(np.arange(len(above)), len(units)), np.tile(units, len(above))
        own = self.parent[unit] == above[place]
        return place[own], unit[own]

    def road(self, unit: NDArray[np.int64], towards: str) -> NDArray[np.int64]:
        """Return the one-way seconds from each unit to the seat of the tier of `towards`.

        For a type outside the organisation the seat is that of the unit at the top.
        """
        path = self.regime.organisation.path(towards) if towards in self.of_type else ()
        is_there = np.array([name in path for name in self.types]) | (self.parent < 0)
        at = unit.copy()
        total = np.zeros(len(unit), dtype=np.int64)
        while not np.all(is_there[at]):
            total += np.where(is_there[at], 0, self.travel[at])
            at = np.where(is_there[at], at, self.parent[at])
        return total

    def team(self, unit: NDArray[np.int64], posts: tuple[str, ...] | None) -> NDArray[np.int32]:
        """Return the team in each unit of the holders of `posts`, or of all cadres if `posts` is None."""
        table = self._tables.setdefault(posts, np.full(len(self.names), -1, dtype=np.int32))
        asked = np.zeros(len(self.names), dtype=np.bool_)
        asked[unit] = True
        for index in np.flatnonzero(asked & (table < 0)).tolist():
            table[index] = self._team(index, posts)
        return table[unit]

    def _team(self, unit: int, posts: tuple[str, ...] | None) -> int:
        first, last = np.searchsorted(self.cadre_unit, (unit, unit + 1))
        chosen = frozenset(c for c in range(first, last) if posts is None or self.cadre_post[c] in posts)
        return self._teams.setdefault((unit, chosen), len(self._teams))

    def holders(self, unit_type: str, posts: tuple[str, ...] | None) -> NDArray[np.int64]:
        """List the cadres of a unit type in the named posts, or all of them if `posts` is None."""
        inside = np.flatnonzero(np.isin(self.cadre_unit, self.of_type[unit_type]))
        if posts is None:
            return inside
        return inside[[self.cadre_post[cadre] in posts for cadre in inside.tolist()]]

    def _shortest_gap(self) -> NDArray[np.int64]:
        """Return the time of a home visit for cadres who visit homes, -1 for others, shape (cadres,)."""
        units, visit = self.regime.organisation.units, int(self.regime.policy.home_visit.value)
        posts = zip(self.cadre_unit.tolist(), self.cadre_post, strict=True)
        return np.array(
            [visit if units[self.types[unit]].posts[post].visits_homes else -1 for unit, post in posts], dtype=np.int64
        )

    def roster(self) -> Roster:
        """Return the roster with every team requested so far."""
        teams = sorted(self._teams.items(), key=lambda item: item[1])
        members = [sorted(chosen) for (_, chosen), _ in teams]
        units = self.regime.organisation.units
        return Roster(
            unit_shift=np.array([self.shifts.index(units[name].shift) for name in self.types], dtype=np.int32),
            cadre_unit=self.cadre_unit,
            team_unit=np.array([unit for (unit, _), _ in teams], dtype=np.int32),
            team_offset=np.concatenate(([0], np.cumsum([len(m) for m in members]))).astype(np.int32),
            team_members=np.array([cadre for m in members for cadre in m], dtype=np.int32),
            absences=self.desks.absences(),
            shortest_gap=self._shortest_gap(),
        )


def open_staff(regime: Regime, chance: Chance) -> Staff:
    """Number the units and cadres of a regime, and draw the distance from each unit to its parent."""
    names = tuple(sorted(_unit_names(regime)))
    types = tuple(name.rpartition("/")[2].partition(".")[0] for name in names)
    index = {name: place for place, name in enumerate(names)}
    keys = text_keys(names)
    units = regime.organisation.units
    parent = np.array([index.get(name.rpartition("/")[0], -1) for name in names], dtype=np.int64)
    secondees = list_secondees(regime, names, types, parent, keys)
    cadres = [
        (unit, post, f"{names[unit]}/{post}.{number:02d}")
        for unit in range(len(names))
        for post in sorted(units[types[unit]].posts)
        for number in range(1, units[types[unit]].posts[post].headcount.value + 1)
    ]
    cadres += [(one.host, one.post, one.desk) for one in secondees]
    cadres.sort(key=lambda cadre: cadre[0])
    calendar = regime.calendar
    shifts = tuple(sorted(calendar.shifts))
    cadre_names = tuple(name for _, _, name in cadres)
    owner = {one.desk: one.name for one in secondees}
    place = {name: number for number, name in enumerate(cadre_names)}
    staff = Staff(
        regime=regime,
        names=names,
        types=types,
        parent=parent,
        keys=keys,
        of_type={kind: np.array([u for u, t in enumerate(types) if t == kind], dtype=np.int64) for kind in units},
        cadre_unit=np.array([unit for unit, _, _ in cadres], dtype=np.int32),
        cadre_post=tuple(post for _, post, _ in cadres),
        cadre_names=cadre_names,
        cadre_keys=text_keys(cadre_names),
        shifts=shifts,
        timelines={
            name: make_timeline(shift, calendar.year, calendar.own_days) for name, shift in calendar.shifts.items()
        },
        travel=_travel(regime, types, keys, chance),
        person=np.array([place[owner.get(name, name)] for name in cadre_names], dtype=np.int64),
        desks=open_desks(regime, secondees, cadre_names, types, chance),
    )
    for cadre, unit in enumerate(staff.cadre_unit):
        staff._teams[int(unit), frozenset({cadre})] = cadre
    return staff


def _unit_names(regime: Regime) -> list[str]:
    units = regime.organisation.units
    names: dict[str, list[str]] = {}
    for kind in sorted(units, key=lambda kind: len(regime.organisation.path(kind))):
        parent = units[kind].parent
        above = [""] if parent is None else [f"{name}/" for name in names[parent]]
        names[kind] = [
            f"{name}{kind}.{number:02d}" for name in above for number in range(1, units[kind].count.value + 1)
        ]
    return [name for of_kind in names.values() for name in of_kind]


def _travel(regime: Regime, types: tuple[str, ...], keys: NDArray[np.uint64], chance: Chance) -> NDArray[np.int64]:
    travel = np.zeros(len(types), dtype=np.int64)
    u = chance.uniform("organisation", "travel", keys)
    for kind, unit_type in regime.organisation.units.items():
        if unit_type.travel is not None:
            here = np.array([name == kind for name in types])
            travel[here] = unit_type.travel.value.quantile(u[here])
    return travel
