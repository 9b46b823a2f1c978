"""Applies the levers of a scenario to its regime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.obligations import Report
from sim.errors import Problem, ScenarioError
from sim.scenario.ordered import placed_levers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.domain.regime import Listing, Regime
    from sim.levers.base import LeverBase
    from sim.levers.table import Lever
    from sim.scenario.ordered import Way
    from sim.scenario.scenario import Scenario

IN_ORDER_HINT = {
    "zh": "有先后的写成一个列表：- then: [{lever: …}, {lever: …}]",
    "en": "if one follows the other, write one list: - then: [{lever: …}, {lever: …}]",
}


def apply_levers(scenario: Scenario, only: Iterable[str] | None = None) -> Regime:
    """Return the regime with the scenario's levers in force; `only` names the levers to apply (default: all).

    A lever of strength 0 is skipped, so the result is the same as without it, byte for byte.

    Raises:
        ScenarioError: a name in `only` is unknown, two levers write the same field, or a lever does not fit.
    """
    chosen = named_levers(scenario)
    if only is not None:
        wanted = list(only)
        unknown = [name for name in wanted if name not in chosen]
        if unknown:
            raise ScenarioError([_unknown(name, chosen) for name in unknown])
        chosen = {name: chosen[name] for name in chosen if name in wanted}
    regime = scenario.regime
    refuse_collisions(regime, chosen, ordered_lists(scenario))
    for lever in chosen.values():
        if lever.strength > 0:
            regime = lever.apply(regime)
    return regime


def named_levers(scenario: Scenario) -> dict[str, LeverBase]:
    """Return the levers by name, in the order of the file.

    Raises:
        ScenarioError: two levers have the same name.
    """
    named: dict[str, LeverBase] = {}
    for way, lever in placed_levers(scenario.levers):
        name = lever_name(lever)
        if name in named:
            raise ScenarioError([_twice(name, way)])
        named[name] = lever
    return named


def ordered_lists(scenario: Scenario) -> dict[str, int]:
    """Return, for each lever of an ordered list, the place of that list under `levers`."""
    return {lever_name(lever): int(way[0]) for way, lever in placed_levers(scenario.levers) if len(way) > 1}


def lever_name(lever: Lever) -> str:
    """Return a lever's own name, or the name of its kind."""
    return lever.name or lever.lever


def refuse_collisions(regime: Regime, levers: dict[str, LeverBase], lists: Mapping[str, int]) -> None:
    """Refuse two levers that write the same field and are not in one ordered list.

    Raises:
        ScenarioError: the message names both levers and the field.
    """
    problems = [_collision(*found) for found in collisions(regime, levers, lists)]
    if problems:
        raise ScenarioError(problems)


def collisions(
    listing: Listing, levers: Mapping[str, LeverBase], lists: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """List pairs of levers that write the same field, with the field; levers of one ordered list may write the same."""
    owner: dict[str, str] = {}
    found = []
    for name, lever in levers.items():
        for field in sorted(lever.touches(listing)):
            if field in owner and (name not in lists or lists[name] != lists.get(owner[field])):
                found.append((owner[field], name, field))
            owner[field] = name
    return found


def touched_entries(scenario: Scenario, before: Regime, after: Regime) -> frozenset[str]:
    """List the obligations and demand, as `section.name`, that a lever acts on or that differ between two regimes.

    Reports that share fields with one of these are listed too.
    """
    levers = [lever for lever in named_levers(scenario).values() if lever.strength > 0]
    acted_on = {field.rpartition(".")[0] for lever in levers for field in lever.touches(before)}
    sections = (("obligations", before.obligations, after.obligations), ("demand", before.demand, after.demand))
    differing = {
        f"{section}.{name}" for section, one, other in sections for name in one if one[name] != other.get(name)
    } | {f"{section}.{name}" for section, one, other in sections for name in other if name not in one}
    return frozenset(acted_on | differing | _sharing_fields(after, acted_on | differing))


def _sharing_fields(regime: Regime, touched: set[str]) -> set[str]:
    """List the reports in the domain of a touched report: a field that one report gathers is at hand for the others."""
    reports = {f"obligations.{name}": e for name, e in regime.obligations.items() if isinstance(e, Report)}
    domains = {reports[name].domain for name in touched if name in reports}
    return {name for name, report in reports.items() if report.domain in domains}


def _unknown(name: str, known: dict[str, LeverBase]) -> Problem:
    there = ", ".join(known)
    return Problem(
        message={"zh": f"没有名为“{name}”的举措；可用：{there}", "en": f"no lever '{name}'; there are {there}"}
    )


def _twice(name: str, way: Way) -> Problem:
    where = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in way)
    return Problem(
        key=f"levers{where}",
        message={
            "zh": f"举措“{name}”出现两次，请各自写明 name",
            "en": f"lever '{name}' occurs twice; give each a name",
        },
    )


def _collision(first: str, second: str, field: str) -> Problem:
    return Problem(
        key=field,
        message={
            "zh": f"举措“{first}”与“{second}”改动同一处：{field}",
            "en": f"levers '{first}' and '{second}' both write {field}",
        },
    )
