"""The engine agrees with queueing theory within three standard errors of at least 20 replications."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from tests.theory.cases import CASES, REPLICATIONS, Case

RANDOM = [case for case in CASES if not case.exact]
EXACT = [case for case in CASES if case.exact]


@cache
def replicated(name: str) -> np.ndarray:
    """Return the values of a case, one row a replication."""
    case = next(case for case in CASES if case.name == name)
    return np.array([case.value(replication) for replication in range(REPLICATIONS)])


def standard_error(case: Case) -> np.ndarray:
    values = replicated(case.name)
    return np.asarray(values.std(axis=0, ddof=1) / np.sqrt(len(values)))


def z_scores(case: Case) -> np.ndarray:
    """Return the distance of the means from the expected values, in standard errors."""
    means = replicated(case.name).mean(axis=0)
    return np.asarray((means - list(case.expected.values())) / standard_error(case))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name, marks=[pytest.mark.slow] if case.long else []) for case in RANDOM]
)
def test_the_mean_is_the_closed_form_and_a_tenth_off_would_be_noticed(case: Case) -> None:
    expected = np.array(list(case.expected.values()))

    assert (np.abs(z_scores(case)) <= 3).all(), dict(zip(case.expected, z_scores(case), strict=True))
    assert (3 * standard_error(case) < 0.1 * expected).all()


@pytest.mark.parametrize("case", EXACT, ids=lambda case: case.name)
def test_every_replication_is_the_closed_form(case: Case) -> None:
    assert (replicated(case.name) == list(case.expected.values())).all()


@pytest.mark.slow  # needs every case; workers that share the tests run the cases again
def test_the_z_scores_of_the_suite_look_standard_normal() -> None:
    """One score a system, since the scores of one system are correlated."""
    scores = [z_scores(case)[-1] for case in RANDOM]

    low, high = stats.chi2.interval(0.998, len(scores) - 1)
    assert abs(np.mean(scores)) * np.sqrt(len(scores)) < 3
    assert low < np.var(scores, ddof=1) * (len(scores) - 1) < high
    assert stats.kstest(scores, stats.t(REPLICATIONS - 1).cdf).pvalue > 0.01
