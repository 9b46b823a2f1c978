"""Secondees: cadres who are lent to another unit. Each has two desks, and on every day one of them is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.calendar import days_of
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.compliance import reached, real_bodies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.regime import Regime
    from sim.plan.identity.chance import Chance


@dataclass(frozen=True)
class Secondee:
    """One cadre who may be lent."""

    home: int
    """The cadre's own unit."""
    name: str
    """The cadre's name, `unit/post.number`."""
    host: int
    """Unit that borrows the cadre."""
    borrower: NDArray[np.uint64]
    """Key of the real unit that borrows the cadre and sends the cadre back or not; a single number."""
    post: str
    """The cadre's post there."""
    desk: str
    """Name of the cadre's desk there."""


@dataclass(frozen=True)
class Desks:
    """Desks of secondees, and the days on which each of them is empty."""

    row: NDArray[np.int64]
    """Row of each cadre in `empty`, -1 for a cadre who is always at the desk; shape (cadres,)."""
    empty: NDArray[np.bool_]
    """True for days on which the desk is empty, shape (desks + 1, days); the last row is False."""

    def at(self, cadre: NDArray[np.int32], day: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return True for cadres who are at their desks on days of the year; a day after it counts as the last one."""
        empty: NDArray[np.bool_] = self.empty[self.row[cadre], np.minimum(day, self.empty.shape[1] - 1)]
        return ~empty

    def absences(self) -> NDArray[np.int64]:
        """Return the roster's absences, shape (absences, 3)."""
        cadres = np.flatnonzero(self.row >= 0)
        edges = np.diff(self.empty[self.row[cadres]].astype(np.int8), axis=1, prepend=0, append=0)
        place, first = np.nonzero(edges == 1)
        _, after = np.nonzero(edges == -1)
        return np.stack((cadres[place], first * DAY, after * DAY), axis=1)


def list_secondees(
    regime: Regime, names: tuple[str, ...], types: tuple[str, ...], parent: NDArray[np.int64], keys: NDArray[np.uint64]
) -> list[Secondee]:
    """List the cadres who are lent: in each unit the last holders of the post, each with a host.

    A cadre is left out if no unit of the host's type exists.
    """
    found = []
    for home, kind in enumerate(types):
        unit = regime.organisation.units[kind]
        if unit.lent is None:
            continue
        headcount = unit.posts[unit.lent.post].headcount.value
        for number in range(headcount - unit.lent.number.value + 1, headcount + 1):
            name = f"{names[home]}/{unit.lent.post}.{number:02d}"
            host, borrower = _host(regime, home, name, types, parent, keys)
            if host >= 0:
                desk = f"{names[host]}/{unit.lent.to_post}.{name.replace('/', '-')}"
                found.append(Secondee(home, name, host, borrower, unit.lent.to_post, desk))
    return found


def _host(
    regime: Regime, home: int, name: str, types: tuple[str, ...], parent: NDArray[np.int64], keys: NDArray[np.uint64]
) -> tuple[int, NDArray[np.uint64]]:
    """Return the unit that borrows a cadre, and its key: the unit above the home, or one by the cadre's identity.

    The second is one of the real units that the simulated ones stand for. Without a unit of the type return -1.
    """
    lent = regime.organisation.units[types[home]].lent
    to = lent.to if lent is not None else ""
    at = int(parent[home])
    while at >= 0:
        if types[at] == to:
            return at, keys[at : at + 1]
        at = int(parent[at])
    hosts = [unit for unit, kind in enumerate(types) if kind == to]
    if not hosts:
        return -1, keys[:0]
    number = int(combine(text_key("secondees"), text_key(name))) % regime.organisation.real_count(to)
    return hosts[number % len(hosts)], real_bodies(to, keys[hosts], np.array([number]))


def open_desks(
    regime: Regime, secondees: list[Secondee], cadre_names: tuple[str, ...], types: tuple[str, ...], chance: Chance
) -> Desks:
    """Return the desks of all secondees: the own desk is empty while the cadre is lent, the other one else."""
    place = {name: number for number, name in enumerate(cadre_names)}
    year = regime.calendar.year
    days = np.arange(days_of(year))
    row = np.full(len(cadre_names), -1, dtype=np.int64)
    empty = np.zeros((2 * len(secondees) + 1, len(days)), dtype=np.bool_)
    for number, one in enumerate(secondees):
        returning = regime.organisation.units[types[one.home]].returning
        at_home = np.zeros(len(days), dtype=np.bool_)
        if returning is not None:
            at_home = reached(
                returning, chance, year, one.borrower, days * DAY, ("organisation", (text_key(one.name),))
            )
        row[place[one.name]], row[place[one.desk]] = 2 * number, 2 * number + 1
        empty[2 * number], empty[2 * number + 1] = ~at_home, at_home
    return Desks(row, empty)
