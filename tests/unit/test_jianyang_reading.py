"""Readings of the two figures of Jianyang: one bundling mechanism cannot yield both as items and visits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.domain.obligations.enterprise_check import Bundle
from sim.domain.quantity import CountQ, Quantity, ShareQ
from sim.plan.enterprises.bundles import windows_of
from sim.units import Share, Workdays

WORLDS, ITEMS, DAYS = 10_000, 80, 250
FEWER_ITEMS, FEWER_VISITS = 0.703, 0.42

pytestmark = pytest.mark.slow


class Worlds(NamedTuple):
    """Random cities: enterprise and day of each item, and the order in which items are cut. Shape (worlds, items)."""

    enterprise: NDArray[np.int64]
    day: NDArray[np.int64]
    lot: NDArray[np.float64]
    enterprises: NDArray[np.int64]
    window: NDArray[np.int64]


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    rng = np.random.default_rng(42)
    enterprises = rng.integers(1, 60, (WORLDS, 1))
    crowding = rng.uniform(0.3, 3, (WORLDS, 1))
    return Worlds(
        enterprise=np.floor(enterprises * rng.random((WORLDS, ITEMS)) ** crowding).astype(np.int64),
        day=rng.integers(0, DAYS, (WORLDS, ITEMS)),
        lot=rng.random((WORLDS, ITEMS)),
        enterprises=enterprises,
        window=rng.integers(1, DAYS + 1, (WORLDS, 1)),
    )


def kept(worlds: Worlds, share: float) -> NDArray[np.bool_]:
    """Return the share of the items with the smallest lots."""
    return worlds.lot.argsort(axis=1).argsort(axis=1) < round(share * ITEMS)


def distinct(keys: NDArray[np.int64], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of different keys among the chosen, by world."""
    marked = np.sort(np.where(chosen, keys, -1), axis=1)
    new = np.diff(marked, axis=1, prepend=-1) != 0
    return (new & (marked >= 0)).sum(axis=1)


def test_visits_never_fall_less_than_items(worlds: Worlds) -> None:
    """Each item was a visit before; afterwards there are fewer items, and some of them share a visit."""
    left = kept(worlds, 1 - FEWER_ITEMS)
    visits = distinct(worlds.enterprise * (DAYS + 1) + worlds.day // worlds.window, left)
    fewer_items, fewer_visits = 1 - left.sum(axis=1) / ITEMS, 1 - visits / ITEMS

    assert (fewer_items >= 0.7).all()
    assert (fewer_visits >= fewer_items).all()
    assert not np.any(fewer_visits <= FEWER_VISITS), "the enterprises are the same, so this is per enterprise too"


def test_the_planner_s_own_trips_never_outnumber_the_items(worlds: Worlds) -> None:
    for world in range(200):
        enterprise, day, lot = worlds.enterprise[world], worlds.day[world], worlds.lot[world]
        bundle = Bundle(
            of=("all",),
            window=Quantity[Workdays](value=Workdays(int(worlds.window[world, 0]))),
            departments=CountQ(value=1 + world % 8),
            marginal_hosting=ShareQ(value=Share(0.4)),
            shared_paperwork=ShareQ(value=Share(0.5)),
        )
        left = kept(worlds, 1 - FEWER_ITEMS)[world]
        body = (lot[left] * 1e6).astype(np.uint64) % np.uint64(9)
        trips = windows_of(enterprise[left], day[left], body, lot[left], bundle)

        assert len(np.unique(trips)) <= left.sum()


def test_visits_per_inspected_enterprise_may_fall_by_less(worlds: Worlds) -> None:
    """A second reading is possible: if whole enterprises are left alone, the others get more than the average."""
    alone = worlds.enterprise * 1.0 / worlds.enterprises
    left = alone.argsort(axis=1, kind="stable").argsort(axis=1) < round((1 - FEWER_ITEMS) * ITEMS)
    every = np.ones_like(left)
    before = ITEMS / distinct(worlds.enterprise, every)
    after = left.sum(axis=1) / distinct(worlds.enterprise, left)

    assert np.mean(1 - after / before <= FEWER_VISITS) > 0.5


def test_the_quotient_is_the_same_in_every_reading() -> None:
    checks_left, frequency_left = 1 - FEWER_ITEMS, 1 - FEWER_VISITS
    implied, departments = checks_left / frequency_left, frequency_left / checks_left

    assert implied == pytest.approx(1 - 0.488, abs=5e-4)
    assert departments == pytest.approx(1.95, abs=5e-3)
