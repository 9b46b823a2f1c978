"""A comparison lists each metric, cadre and week of paired years, with the same result for any number of workers."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.errors import EngineFault
from sim.experiment.accumulator import Accumulator
from sim.experiment.comparison import CadreChange, Row, TwinCheck, YearPair
from sim.experiment.intervals import Running, holm, paired_p
from sim.experiment.replicate import replicate
from sim.metrics import table
from sim.metrics.definitions import WAIT_EDGES_HOURS
from sim.metrics.metric import Better, Metric
from sim.metrics.outcome import Ground, Outcome

YEARS = 12
WEEKS = 53
PRIMARY = ("formality_hours", "village_cadre")
PRIMARIES = (PRIMARY, ("service_share", "all"))


def metric(key: str, better: Better = "less") -> Metric:
    return replace(table.METRICS["formality_hours"], key=key, better=better)


METRICS = {
    each.key: each
    for each in [metric("formality_hours"), metric("service_share", "more"), metric("visits", "neither"), metric("sum")]
}
NAMES = ("county/post.1", "village.1/post.1", "village.1/post.2")
GROUND = Ground(
    roles=("county_cadre", "village_cadre"),
    cadre_role=np.array([0, 1, 1]),
    cadre_name=NAMES,
    year=2025,
    week_monday=("2024-12-30",) * WEEKS,
    holiday_weeks=(5,),
    regular_hours={"county_cadre": 40.0, "village_cadre": 40.0},
    represents={"county_cadre": 1.0, "village_cadre": 10.0},
)


def outcome(replication: int, *, reformed: bool, **values: float) -> Outcome:
    """A year in which the reform takes about four hours from the villages and nothing from the county."""
    rng = np.random.default_rng([5, replication])
    level, relief = rng.normal(20, 2), (rng.normal(4, 0.5) if reformed else 0.0)
    known = {
        ("service_share", "all"): 0.3 + relief / 40,
        ("formality_hours", "county_cadre"): level,
        ("formality_hours", "all"): level - relief / 2,
        ("formality_hours", "village_cadre"): level - relief,
        ("visits", "all"): float(rng.poisson(9)) - relief,
    }
    return Outcome(
        values={**known, **{(key, "all"): value for key, value in values.items()}},
        hours=rng.random((2, 9)),
        weekly=rng.random((2, WEEKS, 9)),
        weekly_overtime=rng.random((2, WEEKS)),
        cadre_hours=np.array([level, level - relief, level + relief]),
        waits=rng.integers(0, 9, len(WAIT_EDGES_HOURS)),
    )


BEFORE = [outcome(replication, reformed=False) for replication in range(YEARS)]
AFTER = [outcome(replication, reformed=True) for replication in range(YEARS)]


def rows_of(before: list[Outcome], after: list[Outcome]) -> tuple[Row, ...]:
    return gathered_from(before, after).rows()


def gathered_from(
    before: list[Outcome],
    after: list[Outcome],
    ground_after: Ground = GROUND,
    primaries: tuple[tuple[str, str], ...] = (PRIMARY,),
) -> Accumulator:
    pairs = [YearPair(one, other, TwinCheck(0, 0)) for one, other in zip(before, after, strict=True)]
    return gather(pairs, ground_after, primaries)


def find(rows: tuple[Row, ...], metric: str, scope: str = "all") -> Row:
    (row,) = [row for row in rows if (row.metric, row.scope) == (metric, scope)]
    return row


def column(outcomes: list[Outcome], *key: str) -> np.ndarray:
    return np.array([outcome.values[key[0], key[1]] for outcome in outcomes])


def test_rows_stand_in_the_order_of_the_table_with_all_first() -> None:
    keys = [(row.metric, row.scope) for row in rows_of(BEFORE, AFTER)]

    assert keys == [
        ("formality_hours", "all"),
        ("formality_hours", "county_cadre"),
        ("formality_hours", "village_cadre"),
        ("service_share", "all"),
        ("visits", "all"),
    ]


def test_a_row_holds_what_scipy_and_numpy_find() -> None:
    row = find(rows_of(BEFORE, AFTER), *PRIMARY)

    before, after = column(BEFORE, *PRIMARY), column(AFTER, *PRIMARY)
    test = stats.ttest_rel(after, before)
    assert (row.before, row.after) == pytest.approx((before.mean(), after.mean()))
    assert row.difference == pytest.approx(row.after - row.before)
    assert (row.low, row.high) == pytest.approx(tuple(test.confidence_interval(0.95)))
    assert row.n == YEARS
    assert row.ratio == pytest.approx(after.mean() / before.mean())
    assert row.ratio_low is not None
    assert row.ratio_high is not None
    assert row.ratio_low < row.ratio < row.ratio_high
    assert row.correlation == pytest.approx(np.corrcoef(before, after)[0, 1])
    assert row.width_ratio is not None
    assert row.width_ratio < 0.5
    assert row.adjusted_p == pytest.approx(test.pvalue)


def test_which_way_is_better_is_the_metrics_to_say() -> None:
    rows = rows_of(BEFORE, AFTER)

    assert [(find(rows, m).share_better, find(rows, m).share_worse) for m in ("formality_hours", "service_share")] == [
        (1.0, 0.0),
        (1.0, 0.0),
    ]
    assert (find(rows, "visits").share_better, find(rows, "visits").share_worse) == (0.0, 0.0)


@pytest.mark.parametrize("primaries", [(PRIMARY,), PRIMARIES])
def test_primary_rows_are_one_family_of_tests_and_all_others_another(primaries: tuple[tuple[str, str], ...]) -> None:
    rows = gathered_from(BEFORE, AFTER, primaries=primaries).rows()

    raw = {
        (row.metric, row.scope): paired_p(column(BEFORE, row.metric, row.scope), column(AFTER, row.metric, row.scope))
        for row in rows
    }
    families = [[key for key in raw if (key in primaries) == first] for first in (True, False)]
    expected = {
        key: p for family in families for key, p in zip(family, holm([raw[key] for key in family]), strict=True)
    }
    assert {(row.metric, row.scope): row.adjusted_p for row in rows} == expected
    assert expected[PRIMARY] == pytest.approx(len(primaries) * (raw[PRIMARY] or 0))


def test_what_does_not_change_is_known_not_to() -> None:
    row = find(rows_of(BEFORE, AFTER), "formality_hours", "county_cadre")

    assert (row.difference, row.low, row.high, row.adjusted_p) == (0, 0, 0, None)
    assert (row.share_better, row.share_worse) == (0, 0)
    assert (row.ratio, row.ratio_low, row.ratio_high) == pytest.approx((1, 1, 1))
    assert row.width_ratio == 0


def test_only_years_in_which_both_are_known_are_counted() -> None:
    before = [outcome(r, reformed=False, **({} if r < 3 else {"sum": 10.0 + r})) for r in range(YEARS)]
    after = [outcome(r, reformed=True, **({"sum": math.nan} if r == 4 else {"sum": 8.0 + r})) for r in range(YEARS)]

    row = find(rows_of(before, after), "sum")

    assert row.n == YEARS - 4
    assert (row.difference, row.low, row.high) == (-2, -2, -2)
    assert row.before == pytest.approx(np.mean([13, 15, 16, 17, 18, 19, 20, 21]))


def test_what_is_never_known_on_both_sides_has_no_row() -> None:
    before = [outcome(r, reformed=False, sum=1.0) for r in range(3)]

    assert [row for row in rows_of(before, AFTER[:3]) if row.metric == "sum"] == []


def test_one_replication_rules_nothing_out() -> None:
    gathered = gathered_from(BEFORE[:1], AFTER[:1])
    rows, cadres = gathered.rows(), gathered.cadres()

    row = find(rows, *PRIMARY)
    assert (row.low, row.high, row.n) == (-math.inf, math.inf, 1)
    assert (row.ratio_low, row.ratio_high, row.correlation, row.adjusted_p) == (None, None, None, None)
    assert row.ratio == pytest.approx(row.after / row.before)
    assert {cadre.verdict for cadre in cadres} == {"same"}


def test_a_metric_that_is_not_in_the_table_is_a_fault() -> None:
    with pytest.raises(EngineFault, match="metric unheard_of"):
        rows_of([outcome(0, reformed=False, unheard_of=1.0)], AFTER[:1])


def test_cadres_win_lose_or_stay_with_the_interval_of_their_own_years() -> None:
    cadres = gathered_from(BEFORE, AFTER).cadres()

    hours = [np.stack([each.cadre_hours for each in years]) for years in (BEFORE, AFTER)]
    test = stats.ttest_rel(hours[1][:, 1], hours[0][:, 1]).confidence_interval(0.95)
    assert [(cadre.name, cadre.role, cadre.verdict) for cadre in cadres] == [
        (NAMES[0], "county_cadre", "same"),
        (NAMES[1], "village_cadre", "winner"),
        (NAMES[2], "village_cadre", "loser"),
    ]
    assert (cadres[1].low, cadres[1].high) == pytest.approx(tuple(test))
    assert (cadres[1].before, cadres[1].after) == pytest.approx((hours[0][:, 1].mean(), hours[1][:, 1].mean()))
    assert (cadres[0].low, cadres[0].high) == (0, 0)


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(-2, -1, "winner"), (1, 2, "loser"), (-1, 1, "same"), (0, 0, "same"), (-1, 0, "same")]
)
def test_the_verdict_on_a_cadre_needs_an_interval_off_zero(low: float, high: float, verdict: str) -> None:
    assert CadreChange("a", "b", before=3, after=3, low=low, high=high).verdict == verdict


def test_cadres_are_matched_by_name() -> None:
    back = np.array([2, 0])
    after_ground = replace(GROUND, cadre_name=(NAMES[2], NAMES[0], "new/post.1"), cadre_role=np.array([1, 0, 1]))
    after = [replace(o, cadre_hours=np.append(o.cadre_hours[back], 99.0)) for o in AFTER]

    cadres = gathered_from(BEFORE, after, after_ground).cadres()

    assert [(cadre.name, cadre.verdict) for cadre in cadres] == [(NAMES[0], "same"), (NAMES[2], "loser")]


def test_sides_hold_the_years_in_index_order_and_their_means() -> None:
    gathered = gathered_from(BEFORE, AFTER)

    before, after = gathered.sides({"zh": "前", "en": "before"}, {"zh": "后", "en": "after"})

    assert (before.title["en"], after.title["zh"]) == ("before", "后")
    assert np.array_equal(before.weekly, np.stack([each.weekly for each in BEFORE]))
    assert np.array_equal(after.weekly_overtime, np.stack([each.weekly_overtime for each in AFTER]))
    assert before.hours == pytest.approx(np.mean([each.hours for each in BEFORE], axis=0))
    assert np.array_equal(after.waits, np.sum([each.waits for each in AFTER], axis=0))
    assert after.waits.dtype == np.int64


def test_twin_checks_are_added_up() -> None:
    checks = TwinCheck(10, 0), TwinCheck(12, 3)

    gathered = gather([YearPair(*three) for three in zip(BEFORE[:2], AFTER[:2], checks, strict=True)])

    assert gathered.twin_check == TwinCheck(compared=22, changed=3)
    assert not gathered.twin_check.ok


def gather(
    pairs: Any, ground_after: Ground = GROUND, primaries: tuple[tuple[str, str], ...] = (PRIMARY,)
) -> Accumulator:
    gathered = Accumulator(METRICS, GROUND, ground_after, primaries)
    for pair in pairs:
        gathered.add(pair)
    return gathered


def pair_of(replication: int) -> YearPair:
    extra = {"sum": 0.1 * replication} if replication % 3 else {}
    return YearPair(
        outcome(replication, reformed=False, **extra),
        outcome(replication, reformed=True, **extra),
        TwinCheck(replication, 0),
    )


def as_bytes(gathered: Accumulator) -> bytes:
    rows = [tuple(vars(row).values()) for row in gathered.rows()]
    sides = [(s.hours.tobytes(), s.weekly.tobytes(), s.waits.tobytes()) for s in gathered.sides({}, {})]
    return repr((rows, gathered.cadres(), gathered.twin_check)).encode() + pickle.dumps(sides)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_workers_gives_the_same_comparison_to_the_byte(jobs: int) -> None:
    alone = as_bytes(gather(replicate(pair_of, range(YEARS))))

    together = as_bytes(gather(replicate(pair_of, range(YEARS), jobs=jobs)))

    assert together == alone


def test_running_sums_are_those_of_numpy_and_exact_for_constants() -> None:
    values = np.random.default_rng(0).normal(1e6, 1, size=(30, 4))
    running, constant = Running(), Running()
    for each in values:
        running.add(each)
        constant.add(np.array([0.1, 1 / 3]))

    assert running.mean == pytest.approx(values.mean(axis=0), rel=1e-14)
    assert running.squares / 29 == pytest.approx(values.var(axis=0, ddof=1), rel=1e-8)
    assert constant.mean.tolist() == [0.1, 1 / 3]
    assert constant.squares.tolist() == [0, 0]
