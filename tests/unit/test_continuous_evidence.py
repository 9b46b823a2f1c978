"""Evidence uploaded through the year: the same ledgers in instalments, with the time to upload added."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.levers.table import LEVERS
from sim.metrics.appraisal import preparation_hours
from sim.metrics.sample import Sample
from tests.regimes import DAY, appraisal, demanded, plan_of, regime, rows_of, same_bytes
from tests.unit.test_seamless_appraisal import MANY, SCORING


def continuous(**changes: Any) -> Regime:
    fields = {"lever": "continuous_evidence", "of": ("a",), "nodes": "monthly", "upload": "1 s", "still_dresses": "50%"}
    return LEVERS["continuous_evidence"].model_validate({**fields, **changes}).apply(uneven())


def uneven() -> Regime:
    """An appraisal in January or December, with ledgers of many sizes."""
    entry = appraisal(
        programmes=6, recurrence={"every": "yearly", "months": (1, 12)}, ledger="lognormal(mean=5 h, cv=0.8)"
    )
    return regime({"a": {**entry, "scoring": SCORING}}, organisation=MANY)


def test_no_hour_of_a_ledger_is_lost_or_gained() -> None:
    made = continuous()
    uploads = len(rows_of(plan_of(made), "a", "prepare"))

    assert uploads == 6 * 12
    expected = demanded(plan_of(uneven()), "a", "prepare") + uploads / 3600
    assert demanded(plan_of(made), "a", "prepare") == pytest.approx(expected, abs=uploads / 3600)


def test_the_work_of_the_peak_is_spread_over_the_year() -> None:
    def in_busiest_month(made: Regime) -> float:
        rows = rows_of(plan_of(made), "a", "prepare")
        return max(np.bincount([row.release // (30 * DAY) for row in rows], [row.effort for row in rows]))

    assert in_busiest_month(continuous()) < 0.25 * in_busiest_month(uneven())


def test_uploading_can_make_it_more_work_in_all() -> None:
    assert demanded(plan_of(continuous(upload="4 h")), "a") > demanded(plan_of(uneven()), "a") + 250


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(uneven()), plan_of(continuous(strength=0.0)))


def test_more_strength_leaves_less_to_the_years_end() -> None:
    def ledgers(strength: float) -> dict[int, int]:
        rows = rows_of(plan_of(continuous(strength=strength)), "a", "prepare")
        whole = {row.identity for row in rows_of(plan_of(uneven()), "a", "prepare")}
        return {row.identity: row.effort for row in rows if row.identity in whole}

    some, more, all_of_them = ledgers(0.3), ledgers(0.7), ledgers(1.0)

    assert more.keys() < some.keys()
    assert all_of_them == {}


def test_what_creeps_back_is_made_up_at_the_years_end() -> None:
    ledgers = {row.identity for row in rows_of(plan_of(uneven()), "a", "prepare")}
    whole, eroding = plan_of(continuous()), plan_of(continuous(erosion="30%"))

    assert demanded(eroding, "a", "prepare") == pytest.approx(demanded(whole, "a", "prepare"), abs=0.1)
    assert not ledgers & {row.identity for row in rows_of(whole, "a", "prepare")}
    assert ledgers <= {row.identity for row in rows_of(eroding, "a", "prepare")}


def test_dated_evidence_dresses_up_the_score_less() -> None:
    def dressing(made: Regime) -> float:
        plan = plan_of(made)
        sample = Sample(plan, simulate(plan))
        return float(preparation_hours(sample.setting.appraised[0], sample).sum())

    assert dressing(continuous(still_dresses="0%")) < dressing(continuous(still_dresses="50%")) < dressing(uneven())


def test_nodes_that_are_no_slots_are_refused() -> None:
    with pytest.raises(ValueError, match="slots"):
        continuous(nodes="30 per year")
