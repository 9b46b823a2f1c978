"""The scopes for which a metric is measured, and the claims of a scenario about other ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from sim.domain.category import CATEGORIES
from sim.scenario.broken import Broken, no_such

if TYPE_CHECKING:
    from sim.scenario.ordered import Way
    from sim.scenario.scenario import Scenario

OUTSIDE = ("city", "province", "centre", "own")
"""Issuers outside the scenario; `own` is the unit itself."""

RESIDENTS = "residents"
"""Issuer of the work that residents ask for."""


class Measured(Protocol):
    """A metric, as far as scenarios know it."""

    @property
    def scopes(self) -> str:
        """`role`, `category`, `issuer`, `stream` or `all`."""


def scopes_of(metric: Measured, scenario: Scenario) -> tuple[str, ...]:
    """List the scopes for which the scenario can have a value of the metric."""
    roles = tuple(scenario.organisation.roles)
    parts: dict[str, Collection[str]] = {
        "category": [category.value for category in CATEGORIES],
        "issuer": (*scenario.organisation.units, *OUTSIDE, RESIDENTS),
    }
    if metric.scopes in parts:
        return tuple(f"{role}/{part}" for role in roles for part in parts[metric.scopes])
    if metric.scopes == "stream":
        return ("all", *scenario.demand, *scenario.obligations)
    return roles if metric.scopes == "role" else ("all",)


def claims_about_nobody(scenario: Scenario, metrics: Mapping[str, Measured]) -> Iterator[Broken]:
    """Yield a problem for each expectation about a scope for which its metric is not measured."""
    for place, claim in enumerate(scenario.expect):
        if claim.metric in metrics:
            yield from not_measured(("expect", place), claim.metric, claim.scope, scenario, metrics)


def not_measured(
    way: Way, metric: str, scope: str, scenario: Scenario, metrics: Mapping[str, Measured]
) -> Iterator[Broken]:
    """Yield a problem if there is no such metric, or if the scenario has no value of it for the scope.

    `way` leads to the entry that has the keys `metric` and `scope`.
    """
    if metric not in metrics:
        yield no_such((*way, "metric"), "指标", "metric", metric, metrics)
    elif scope not in (allowed := scopes_of(metrics[metric], scenario)):
        yield no_such((*way, "scope"), f"范围（{metric}）", f"scope of {metric}", scope, allowed)
