"""The edges of the year: appointments on the way at midnight of 1 January, and those that run into the next year."""

from __future__ import annotations

import numpy as np
import pytest

from sim.contract.checks import check_conservation, check_plan
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from tests.regimes import DAY, HOUR, everything, inspection, meeting, plan_of, regime, rows_of, shift, units, wanted_of

NIGHT_AND_DAY = {"shifts": {"office": shift(hours=("00:00-24:00",), every_day=True, evening="24:00")}}
AT_ONCE = {"lags": {"meetings_begin": "0 min", "visits_begin": "0 min"}}
FAR = units(village={"travel": "5 h"}, township={"travel": "5 h"})


def round_the_clock(**obligations: dict[str, object]) -> Regime:
    return regime(obligations, calendar=NIGHT_AND_DAY, policy=AT_ONCE, organisation=FAR)


def test_every_kind_of_work_can_fall_due_at_midnight_of_new_year() -> None:
    made = everything(calendar=NIGHT_AND_DAY, policy=AT_ONCE, organisation=FAR)

    for replication in range(3):
        plan = plan_of(made, replication)
        check_plan(plan)
        check_conservation(plan, simulate(plan))


@pytest.mark.parametrize("kind", ["visit", "attend", "escort"])
def test_those_who_set_out_before_the_year_are_back_when_the_others_are(kind: str) -> None:
    escort = {"seats": 1}
    made = round_the_clock(
        i=inspection(recurrence="daily", notice="same day", escort=escort), m=meeting(recurrence="daily", on="village")
    )
    rows = rows_of(wanted_of(made), part=kind)
    there = {"visit": 10 * HOUR, "attend": 10 * HOUR, "escort": 5 * HOUR}[kind]
    early = [row for row in rows if row.start == 0]

    assert early
    for row in rows:
        missing = 2 * there + 2 * HOUR - row.effort
        assert row.travel == 2 * there - missing
        assert (missing > 0) == (row.start == 0)
        assert (row.start + row.effort - 2 * HOUR - there) % DAY in {0, 12 * HOUR}


def test_an_appointment_that_runs_into_the_next_year_is_booked_up_to_its_end() -> None:
    made = round_the_clock(m=meeting(recurrence="daily", length="30 h"))
    plan = plan_of(made)

    log = simulate(plan)

    late = plan.activities.start + plan.activities.effort > plan.horizon
    assert np.any(late)
    assert np.all(log.finish[late] < 0)
    check_conservation(plan, log)
