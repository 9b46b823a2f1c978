"""Secondees: cadres who are lent to another unit. Each has two desks, and in every month one of them is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.calendar import days_of, months_of
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.occurrences import reached
from sim.units import MONTHS_PER_YEAR

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
    post: str
    """The cadre's post there."""
    desk: str
    """Name of the cadre's desk there."""


def list_secondees(
    regime: Regime, names: tuple[str, ...], types: tuple[str, ...], parent: NDArray[np.int64]
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
            host = _host(home, name, unit.lent.to, types, parent)
            if host is not None:
                desk = f"{names[host]}/{unit.lent.to_post}.{name.replace('/', '-')}"
                found.append(Secondee(home, name, host, unit.lent.to_post, desk))
    return found


def _host(home: int, name: str, to: str, types: tuple[str, ...], parent: NDArray[np.int64]) -> int | None:
    """Return the unit of type `to` above the home; without one, a unit of the type chosen by the cadre's identity."""
    at = int(parent[home])
    while at >= 0:
        if types[at] == to:
            return at
        at = int(parent[at])
    hosts = [unit for unit, kind in enumerate(types) if kind == to]
    if not hosts:
        return None
    return hosts[int(combine(text_key("secondees"), text_key(name))) % len(hosts)]


def months_away(
    regime: Regime, secondees: list[Secondee], cadre_names: tuple[str, ...], types: tuple[str, ...], chance: Chance
) -> NDArray[np.bool_]:
    """Return True for months in which a desk is empty, shape (cadres, 12); a desk is that of a cadre or of a guest."""
    away = np.zeros((len(cadre_names), MONTHS_PER_YEAR), dtype=np.bool_)
    place = {name: number for number, name in enumerate(cadre_names)}
    months = np.arange(1, MONTHS_PER_YEAR + 1)
    for one in secondees:
        returning = regime.organisation.units[types[one.home]].returning
        u = chance.uniform("organisation", "returning", text_key(one.name))
        at_home = np.zeros(MONTHS_PER_YEAR, dtype=np.bool_)
        if returning is not None:
            at_home = reached(returning, months, regime.calendar.year, np.broadcast_to(u, MONTHS_PER_YEAR))
        away[place[one.name]], away[place[one.desk]] = ~at_home, at_home
    return away


def absences_of(away: NDArray[np.bool_], year: int) -> NDArray[np.int64]:
    """Return the roster's absences, shape (absences, 3), from months away, shape (cadres, 12)."""
    edges = np.diff(away.astype(np.int8), axis=1, prepend=0, append=0)
    cadre, first = np.nonzero(edges == 1)
    _, after = np.nonzero(edges == -1)
    midnight = np.array([*(month.first for month in months_of(year)), days_of(year)], dtype=np.int64) * DAY
    return np.stack((cadre, midnight[first], midnight[after]), axis=1)
