"""Every metric has an example worked by hand: its small plan, simulated and measured, has the expected values."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from sim.metrics.metric import Metric, Values
from sim.metrics.sample import Sample
from sim.metrics.table import MEASURES, METRICS
from tests.examples import sample_of

PLANS = {id(metric.example.plan): metric.example.plan for metric in METRICS.values()}
FEW = 6
"""Rows that a person follows by hand."""


@cache
def sample(plan: int) -> Sample:
    return sample_of(PLANS[plan])


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_has_the_value_that_was_worked_out_by_hand(key: str) -> None:
    example = METRICS[key].example

    values = {place: value for _, measure in MEASURES for place, value in measure(sample(id(example.plan))).items()}

    found = {scope: value for (name, scope), value in values.items() if name == key}
    assert {scope: value for scope, value in found.items() if value or scope in example.expected} == pytest.approx(
        example.expected, rel=1e-12
    ), example.because


@pytest.mark.parametrize("key", METRICS)
def test_an_example_is_small_and_can_fail(key: str) -> None:
    example = METRICS[key].example

    assert len(example.plan.work) <= FEW
    assert any(example.expected.values())
    assert example.because


def test_a_metric_without_an_example_cannot_be_declared() -> None:
    words = {"zh": "键", "en": "key"}
    declared: Any = {"unit": "h", "better": "less", "scopes": "all", "family": "time", "label": words, "meaning": words}

    with pytest.raises(TypeError, match="example"):
        Metric("key", **declared)


@pytest.mark.parametrize(("metrics", "measure"), MEASURES, ids=[measure.__name__ for _, measure in MEASURES])
def test_a_function_computes_the_metrics_declared_beside_it_and_no_other(
    metrics: tuple[Metric, ...], measure: Callable[[Sample], Values]
) -> None:
    found = {key for plan in PLANS for key, _ in measure(sample(plan))}

    assert found == {metric.key for metric in metrics}
    assert len(found) == len(metrics)
