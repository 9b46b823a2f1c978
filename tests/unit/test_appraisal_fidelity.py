"""Fidelity of scores by generalizability theory: looks average their own errors, the common error stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.metrics.appraisal import rank_correlation, scores
from tests.regimes import appraisal, plan_of, regime, units
from tests.unit.test_seamless_appraisal import SCORING, exam, seamless

if TYPE_CHECKING:
    from sim.contract.appraised import Appraised
    from sim.domain.regime import Regime

SPREAD, NOISE, HALO, ROUTINE = 8.0, 4.0, 0.3, 0.2
"""As in `SCORING`."""
YEARS = 40


def appraised(real: int = 4000, programmes: int = 4, **changes: Any) -> Regime:
    """Return a county with one simulated township that stands for many; scores far from their ends, and not dressed."""
    entry = appraisal(programmes=programmes, scoring={**SCORING, "mean": 50.0, "dressing": 0.0, **changes})
    return regime({"a": entry}, organisation=units(township={"represents": real}))


def from_data(departments: int, cycle: str = "monthly", real: int = 4000, **changes: Any) -> Regime:
    feed = {"departments": departments, "fed_by": "department", "cycle": cycle, "effort": "5 h"}
    return seamless(appraised(real, **changes), feed=feed, exam=exam(share="0%"))


def scored(made: Regime, year: int = 0) -> tuple[Appraised, np.ndarray]:
    (one,) = plan_of(made, year).setting.appraised
    return one, scores(one, np.zeros(len(one.pair_real)))


def reliability(made: Regime) -> float:
    """Compute the squared correlation of score and performance over the real units."""
    one, points = scored(made)
    return float(np.corrcoef(points, one.performance)[0, 1] ** 2)


def coefficient(looks: float) -> float:
    """Return the share of real performance in the variance of scores (generalizability coefficient)."""
    return SPREAD**2 / (SPREAD**2 + NOISE**2 * (HALO + (1 - HALO) / looks))


@pytest.mark.parametrize(
    ("departments", "cycle", "looks"), [(1, "yearly", 1), (4, "quarterly", 16), (15, "monthly", 180)]
)
def test_exchanged_data_are_as_reliable_as_the_closed_form_says(departments: int, cycle: str, looks: int) -> None:
    assert reliability(from_data(departments, cycle)) == pytest.approx(coefficient(looks), abs=0.015)


@pytest.mark.parametrize("programmes", [1, 4, 12])
def test_announced_visits_are_as_reliable_as_the_closed_form_says(programmes: int) -> None:
    """Data and visit of a programme are two looks, weighted with their shares of the score."""
    looks = programmes / (ROUTINE**2 + (1 - ROUTINE) ** 2)

    assert reliability(appraised(programmes=programmes)) == pytest.approx(coefficient(looks), abs=0.015)


def test_infinitely_many_looks_leave_the_common_error() -> None:
    one, points = scored(from_data(1_000_000, "daily"))

    assert points == pytest.approx(one.performance + one.common, abs=0.01)
    assert reliability(from_data(1_000_000, "daily")) == pytest.approx(coefficient(np.inf), abs=0.015)
    assert reliability(from_data(1, "yearly", halo="100%")) == reliability(from_data(50, "monthly", halo="100%"))


def test_more_departments_and_months_never_lower_fidelity() -> None:
    """With the same random numbers each year comes closer to what all looks show, and the mean year to performance."""
    more = [(1, "yearly"), (1, "quarterly"), (4, "quarterly"), (4, "monthly"), (15, "monthly"), (60, "monthly")]
    seen, real = np.empty((2, len(more), YEARS))
    for place, (departments, cycle) in enumerate(more):
        for year in range(YEARS):
            one, points = scored(from_data(departments, cycle, real=40), year)
            seen[place, year] = rank_correlation(points, one.performance + one.common)
            real[place, year] = rank_correlation(points, one.performance)

    assert (np.diff(seen, axis=0) >= 0).all()
    assert (np.diff(real.mean(axis=1)) > 0).all()


def test_data_that_departments_exchange_cannot_be_dressed_up() -> None:
    made = [from_data(15, dressing=dressing) for dressing in (0.0, 25.0)]
    one, points = scored(made[1])

    assert (points == scored(made[0])[1]).all()
    assert (points == scores(one, np.full(len(one.pair_real), 25.0))).all()


def test_a_visit_that_is_announced_is_dressed_up_on_its_share_of_the_score() -> None:
    one, points = scored(appraised())

    assert scores(one, np.full(len(one.pair_real), 5.0)) - points == pytest.approx(5.0 * (1 - ROUTINE), abs=1e-9)


def test_without_a_visit_only_data_are_scored() -> None:
    one, _ = scored(appraised())
    nobody = replace(one, held=~one.held)

    points = scores(nobody, np.full(len(one.pair_real), 5.0))

    looked_at = one.performance + one.common + one.routine / np.sqrt(4)
    assert points == pytest.approx(looked_at, abs=1e-9)


def test_one_look_at_the_data_has_the_whole_error() -> None:
    one, _ = scored(from_data(1, "yearly"))
    alone = replace(one, common=0 * one.common)

    errors = scores(alone, np.zeros(len(one.pair_real))) - one.performance

    assert errors.std() == pytest.approx(NOISE * (1 - HALO) ** 0.5, rel=0.05)
    assert one.common.std() == pytest.approx(NOISE * HALO**0.5, rel=0.05)
