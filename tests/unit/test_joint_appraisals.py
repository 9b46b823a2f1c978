"""Appraisals by one team: one visit a round, shared ledgers, and looks of those who come."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.domain.regime import Regime
from sim.levers.table import LEVERS
from sim.metrics.appraisal import scores
from tests.regimes import DAY, HOUR, appraisal, demanded, plan_of, regime, rows_of, same_bytes, units
from tests.unit.test_seamless_appraisal import SCORING, seamless

MANY = units(township={"represents": 400})


def separate(**changes: Any) -> Regime:
    entry = appraisal(programmes=6, recurrence={"every": "yearly", "months": (10, 11, 12)}, examiners=2)
    entry |= {"ledger": "lognormal(mean=5 h, cv=0.8)", "length": "triangular(1, 3, 6) h", "scoring": SCORING, **changes}
    return regime({"a": entry}, organisation=MANY)


def joint(made: Regime, **changes: Any) -> Regime:
    fields = {"of": ("a",), "marginal_hosting": "25%", "shared_preparation": "50%", "team": 4, **changes}
    return LEVERS["one_team"].model_validate({"lever": "one_team", **fields}).apply(made)


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(separate()), plan_of(joint(separate(), strength=0.0)))


def test_a_yearly_round_is_one_visit_on_the_day_of_one_of_the_programmes() -> None:
    alone = rows_of(plan_of(separate()), "a", "host")
    (visit,) = rows_of(plan_of(joint(separate())), "a", "host")

    lengths = sorted(row.effort for row in alone)
    assert len(alone) == 6
    assert visit.start in {row.start for row in alone}
    assert visit.effort == pytest.approx(lengths[-1] + 0.25 * sum(lengths[:-1]), abs=1)


def test_the_leading_programme_sends_all_its_examiners_and_others_one_each_while_there_is_room() -> None:
    rows = rows_of(plan_of(joint(separate())), "a", "visit")

    assert sorted(row.seats for row in rows) == [1, 1, 2]
    assert len({row.start + row.travel // 2 for row in rows}) == 1


def test_preparation_is_due_when_the_team_comes_and_the_longest_is_done_in_full() -> None:
    plan = plan_of(joint(separate()))
    (visit,) = rows_of(plan, "a", "host")

    rows = [row for part in ("prepare", "fill") for row in rows_of(plan, "a", part)]
    assert {row.due for row in rows} == {visit.start}
    assert len(rows) == len(rows_of(plan_of(separate()), "a", "prepare")) + 6
    whole = np.sort(by_programme(separate()))
    assert by_programme(joint(separate())).sum() == pytest.approx(whole[-1] + 0.5 * whole[:-1].sum(), abs=0.1)


def by_programme(made: Regime) -> np.ndarray:
    """Add the hours of ledgers and self-report of each programme."""
    plan = plan_of(made)
    (one,) = plan.setting.appraised
    return np.bincount(one.piece_of, plan.activities.effort[one.piece_row]) / HOUR


def test_more_strength_joins_a_superset_and_never_lengthens_preparation() -> None:
    hours = [demanded(plan_of(joint(separate(), strength=strength)), "a", "prepare") for strength in (0, 0.4, 0.8, 1)]
    visits = [len(rows_of(plan_of(joint(separate(), strength=s)), "a", "host")) for s in (0, 0.4, 0.8, 1)]

    assert visits == sorted(visits, reverse=True)
    assert hours == sorted(hours, reverse=True)


def test_a_programme_without_a_seat_in_the_team_has_the_look_of_the_leader() -> None:
    apart, small, large = (
        plan_of(made).setting.appraised[0] for made in (separate(), joint(separate()), joint(separate(), team=10))
    )

    assert len(np.unique(apart.seen)) == 6 * 400
    assert len(np.unique(small.seen)) == 3 * 400, "two of the leader and one each of two others"
    assert (large.seen == apart.seen).all()


def test_fewer_looks_of_a_small_team_lower_reliability() -> None:
    def reliability(made: Regime) -> float:
        (one,) = plan_of(made).setting.appraised
        points = scores(one, np.zeros(len(one.pair_real)))
        return float(np.corrcoef(points, one.performance)[0, 1] ** 2)

    exact = {"mean": 50.0, "noise": 12.0, "halo": "0%"}
    alone = separate(scoring={**SCORING, **exact})

    assert reliability(joint(alone, team=2)) < reliability(joint(alone, team=4)) < reliability(alone)


def test_monthly_appraisals_are_joined_month_by_month() -> None:
    made = separate(recurrence={"every": "monthly"})

    visits = rows_of(plan_of(joint(made)), "a", "host")

    assert len(visits) == 12
    assert len({row.start // (7 * DAY) for row in visits}) > 9, "visits of two months may fall in one week"


def test_what_is_seamless_is_not_joined() -> None:
    both = plan_of(joint(seamless(separate())))

    assert rows_of(both, "a", "host") == []
    assert same_bytes(both, plan_of(seamless(separate())))
