"""Written rows become activities that the engines accept."""

import numpy as np
import pytest

from sim.errors import EngineFault
from sim.plan.rows.ordering import PACKED_BITS
from sim.plan.rows.rows import _COLUMNS, NONE, Rows
from tests.regimes import everything, plan_of


def test_a_year_in_which_two_activities_have_one_identity_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sim.plan.rows.draft.combine", lambda *words: np.zeros(np.broadcast(*words).shape, dtype=np.uint64)
    )

    with pytest.raises(EngineFault, match="identity must be unique"):
        plan_of(everything())


HORIZON = 1_000
FAMILIES = 12


def written(seed: int) -> tuple[Rows, dict[str, np.ndarray]]:
    """Write families of rows, few of which differ in unit and release; return them and the same columns."""
    chance = np.random.default_rng(seed)
    rows = Rows()
    parts: dict[str, list[np.ndarray]] = {}
    for family in range(FAMILIES):
        count = int(chance.integers(0, 30))
        columns: dict[str, np.ndarray] = {name: chance.integers(0, 9) for name in _COLUMNS}
        columns["identity"] = chance.integers(0, 2**64, count, dtype=np.uint64)
        columns["release"] = chance.integers(0, 9, count) * HORIZON // 8
        columns["effort"], columns["seats"] = chance.integers(1, 99, count), chance.integers(0, 5, count)
        columns["unit"] = chance.integers(0, 3, count) if family % 2 else np.int64(1)
        columns["predecessor"] = chance.integers(0, rows.size, count) if family > FAMILIES // 2 else np.int64(NONE)
        rows.add(count, columns)
        for name, values in columns.items():
            parts.setdefault(name, []).append(np.broadcast_to(values, (count,)))
    return rows, {name: np.concatenate(values).astype(_COLUMNS[name]) for name, values in parts.items()}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("bits", [PACKED_BITS, 20 + 7, 8], ids=["many bits", "few bits of identity", "several passes"])
@pytest.mark.parametrize("block", [1, 5, 1_000])
def test_rows_come_by_unit_release_and_identity_with_all_that_is_theirs(
    seed: int, bits: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.plan.rows.rows.PACKED_BITS", bits)
    monkeypatch.setattr("sim.plan.rows.rows._BLOCK", block)
    rows, columns = written(seed)
    stays: list[bool] = []
    for release, seats, leader in zip(columns["release"], columns["seats"], columns["predecessor"], strict=True):
        stays.append(bool(release < HORIZON and seats > 0 and (leader < 0 or stays[leader])))
    handles = np.flatnonzero(stays)
    order = handles[np.lexsort([columns[name][handles] for name in ("identity", "release", "unit")])]
    place = np.full(len(stays), NONE)
    place[order] = np.arange(len(order))

    activities, row_of = rows.finish(HORIZON)

    assert np.array_equal(row_of, place)
    leader = columns["predecessor"][order]
    assert np.array_equal(activities.predecessor, np.where(leader >= 0, place[leader], NONE))
    for name in _COLUMNS.keys() - {"predecessor"}:
        assert np.array_equal(getattr(activities, name), columns[name][order])
        assert getattr(activities, name).dtype == _COLUMNS[name]


def test_no_rows_are_no_activities() -> None:
    activities, row_of = Rows().finish(HORIZON)

    assert len(activities) == len(row_of) == 0
