"""Violations: a state of an enterprise that arises, lasts, and is mended by itself or when it is found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.contract.plan import Plan
from sim.contract.setting import Problems
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.enterprises import check, with_enterprises
from tests.regimes import DAY, label, plan_of, regime, rows_of

FIRMS, YEARS, RATE, DAYS = 100, 8, 3.0, 90


def city(sight: str = "0%", days: int = DAYS, **changes: object) -> Regime:
    """Firms of one class where violations arise and are mended; two departments come without notice."""
    violation = {"kind": "problem", "label": label("violations"), "on": "enterprise", "rate": f"{RATE} per year"}
    ends = {"reported": "0%", "report_after": "exponential(mean=10 h)", "mended_after": f"{days} days", **changes}
    rounds = check(notice="same day", sight=sight, programmes=2, recurrence="2 per year")
    return regime({"rounds": rounds}, {"violations": {**violation, **ends}}, organisation=with_enterprises(FIRMS))


def found_in(plan: Plan) -> Problems:
    assert plan.setting is not None
    return plan.setting.problems


def open_at(plan: Plan, second: int) -> int:
    found = found_in(plan)
    return int(((found.onset <= second) & (second < found.mended)).sum())


def within(seen: list[float] | NDArray[np.float64], expected: float) -> bool:
    return bool(abs(np.mean(seen) - expected) < 3 * np.std(seen, ddof=1) / np.sqrt(len(seen)))


def test_time_in_violation_is_rate_times_duration() -> None:
    """Little's law: violations open on average = violations that begin in a year x years that each lasts."""
    plans = [plan_of(city(), year) for year in range(YEARS)]
    lasted = [np.minimum(found_in(plan).mended, plan.horizon) - found_in(plan).onset for plan in plans]
    shares = [float(seconds.sum()) / plan.horizon / FIRMS for seconds, plan in zip(lasted, plans, strict=True)]

    assert within(shares, RATE * DAYS / 366)


def test_the_year_begins_as_it_goes_on() -> None:
    """In the renewal argument the share in violation is the same at all times, 1 January included."""
    plans = [plan_of(city(), year) for year in range(YEARS)]

    for second in (0, 100 * DAY, 365 * DAY):
        assert within([open_at(plan, second) / FIRMS for plan in plans], RATE * DAYS / 366)


def test_random_visits_find_prevalence_times_sight() -> None:
    """A violation lasts 1 / (1 / duration + visits a year x sight); a visit finds rate x that x sight of them."""
    sight, visits = 0.05, 4.0
    lasts = 1 / (366 / DAYS + visits * sight)
    rates = []
    for year in range(YEARS):
        plan = plan_of(city("5%"), year)
        rates.append(len(set(found_in(plan).hit_problem.tolist())) / len(rows_of(plan, part="host")))

    assert within(rates, RATE * lasts * sight)


def test_nobody_sees_what_is_mended() -> None:
    plan = plan_of(city("100%", days=20))
    found, start = found_in(plan), plan.activities.start

    assert len(found.hit_problem) > 0
    assert (start[found.hit_row] < found.mended[found.hit_problem]).all()
    assert (start[found.hit_row] >= found.onset[found.hit_problem]).all()


def test_what_lasts_longer_is_found_more_often() -> None:
    def undetected(days: int) -> float:
        plan = plan_of(city("30%", days=days))
        return measure(plan, simulate(plan)).values["undetected", "all"]

    assert undetected(400) < undetected(100) < undetected(20)


def test_another_duration_changes_no_onset_within_the_year() -> None:
    short, long = (found_in(plan_of(city(days=days))) for days in (20, 200))

    assert np.array_equal(short.onset[short.onset > 0], long.onset[long.onset > 0])


def test_what_is_mended_at_once_is_never_open() -> None:
    plan = plan_of(city("100%", days=0))

    assert open_at(plan, 0) == len(found_in(plan).hit_problem) == 0 < len(found_in(plan).onset)


def test_checks_that_leave_low_risk_alone_find_more_each_and_fewer_in_all() -> None:
    times = {"high": 6.0, "medium": 1.5, "low": 0.2}
    made = city("20%", times=times)
    kept = {"high": "100%", "medium": "50%", "low": "0%"}
    tiered = pulled(made, {"lever": "tier_risks", "of": ("rounds",), "kept": kept})
    visits, found = zip(*(_visits_and_findings(one) for one in (made, tiered)), strict=True)

    assert visits[1] < visits[0]
    assert found[1] < found[0]
    assert found[1] / visits[1] > 1.2 * found[0] / visits[0]


def pulled(made: Regime, *levers: dict[str, object]) -> Regime:
    return apply_levers(Scenario.model_validate({**dict(made), "title": label("trial"), "levers": levers}))


def _visits_and_findings(made: Regime) -> tuple[int, int]:
    """Count the visits of some years and the violations that any of them sees."""
    plans = [plan_of(made, year) for year in range(YEARS)]
    visits = sum(len(rows_of(plan, part="host")) for plan in plans)
    return visits, sum(len(set(found_in(plan).hit_problem.tolist())) for plan in plans)
