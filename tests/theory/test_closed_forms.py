"""The engine gives what queueing theory says, within three standard errors of at least 20 replications."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from tests.theory.cases import CASES, REPLICATIONS, Case

RANDOM = [case for case in CASES if not case.exact]
EXACT = [case for case in CASES if case.exact]


@cache
def replicated(case_name: str) -> np.ndarray:
    """Values of a case, one row a replication."""
    case = next(case for case in CASES if case.name == case_name)
    return np.array([case.value(replication) for replication in range(REPLICATIONS)])


def z_scores(case: Case) -> np.ndarray:
    """How many standard errors the means lie from what is expected."""
    values = replicated(case.name)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return (values.mean(axis=0) - list(case.expected.values())) / error


@pytest.mark.parametrize("case", RANDOM, ids=lambda case: case.name)
def test_the_mean_is_the_closed_form(case: Case) -> None:
    assert (np.abs(z_scores(case)) <= 3).all(), dict(zip(case.expected, z_scores(case), strict=True))


@pytest.mark.parametrize("case", EXACT, ids=lambda case: case.name)
def test_every_replication_is_the_closed_form(case: Case) -> None:
    assert (replicated(case.name) == list(case.expected.values())).all()


@pytest.mark.parametrize("case", RANDOM, ids=lambda case: case.name)
def test_the_case_would_notice_an_error_of_a_tenth(case: Case) -> None:
    values = replicated(case.name)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))

    assert (0.1 * np.array(list(case.expected.values())) > 3 * error).all()


def test_the_z_scores_of_the_suite_look_standard_normal() -> None:
    """One score a system, since those of one system move together."""
    scores = [z_scores(case)[-1] for case in RANDOM]

    assert abs(np.mean(scores)) * np.sqrt(len(scores)) < 3
    assert 0.5 < np.std(scores) < 1.6
    assert stats.kstest(scores, stats.t(REPLICATIONS - 1).cdf).pvalue > 0.01
