"""Checks of levers: the fields they write must exist, fit the lever, and belong to one lever only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from sim.domain.obligations.base import ObligationBase
from sim.domain.rule import holds_several, rule_fields
from sim.levers.base import following_levers
from sim.scenario.apply import IN_ORDER_HINT, collisions, lever_name, ordered_lists
from sim.scenario.broken import Broken, no_such
from sim.scenario.ordered import Way, placed_levers

if TYPE_CHECKING:
    from pydantic import BaseModel

    from sim.levers.base import LeverBase
    from sim.scenario.scenario import Scenario


def broken_levers(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each lever with a name used twice, or that acts on an unknown or unsuitable entry."""
    names: dict[str, Way] = {}
    for place, lever in placed_levers(scenario.levers):
        name = lever_name(lever)
        if name in names:
            yield Broken(
                ("levers", *place, "name" if lever.name else "lever"),
                f"举措“{name}”出现两次，请各自写明 name",
                f"lever '{name}' occurs twice; give each a name",
                other=("levers", *names[name]),
            )
        names.setdefault(name, place)
        yield from _misfits(scenario, place, lever)


def _misfits(scenario: Scenario, place: Way, lever: LeverBase) -> Iterator[Broken]:
    complained: set[str] = set()
    for section, entry, field in sorted(_writes(lever, scenario)):
        entries = _entries(scenario, section)
        fitting = [name for name, value in entries.items() if field in type(value).model_fields]
        if entry in fitting or entry in complained:
            continue
        complained.add(entry)
        fitting = [*scenario.assignments, *fitting] if lever.acts_on is ObligationBase else fitting
        way = ("levers", *place, "of", lever.of.index(entry)) if entry in lever.of else ("levers", *place)
        if entry in entries:
            kind = getattr(entries[entry], "kind", "")
            yield Broken(
                way,
                f"“{entry}”（{kind}）不适用本举措；可用：{', '.join(fitting)}",
                f"'{entry}' is of kind {kind}, which this lever does not act on; there are {', '.join(fitting)}",
                tuple(fitting),
                entry,
            )
        else:
            words = {
                "obligations": ("事项", "obligation"),
                "demand": ("群众诉求", "stream of demand"),
                "organisation": ("单位类型", "unit type"),
            }
            yield no_such(way, *words.get(section, (section, section)), entry, fitting)


def _entries(scenario: Scenario, section: str) -> dict[str, Any]:
    """Return the entries of a section on which levers act; of `organisation` the unit types."""
    entries: dict[str, Any] = getattr(scenario, section, {})
    return scenario.organisation.units if section == "organisation" else entries


def acts_on_nothing(way: Way, name: str, known: Collection[str]) -> Broken:
    """Return the problem of a lever that names no obligation, stream of demand or unit type."""
    return no_such(way, "事项、群众诉求或单位类型", "obligation, stream of demand or unit type", name, sorted(known))


def _writes(lever: LeverBase, scenario: Scenario) -> set[tuple[str, str, str]]:
    parts = {tuple(touched.split(".")) for touched in lever.touches(scenario)}
    return {
        (part[0], part[1], part[2])
        for part in parts
        if len(part) == 3 and part[0] in ("obligations", "demand", "organisation")
    }


def lever_collisions(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for two levers that write the same field, unless one follows the other in an ordered list."""
    placed = list(placed_levers(scenario.levers))
    places = {lever_name(lever): place for place, lever in placed}
    levers = {lever_name(lever): lever for _, lever in placed}
    if len(levers) < len(placed):
        return
    for first, second, field in collisions(scenario, levers, ordered_lists(scenario)):
        may = _may_follow(scenario, field)
        yield Broken(
            ("levers", *places[second]),
            f"举措“{second}”与“{first}”改动同一处：{field}{'；' + IN_ORDER_HINT['zh'] if may else ''}",
            f"levers '{second}' and '{first}' both write {field}{'; ' + IN_ORDER_HINT['en'] if may else ''}",
            other=("levers", *places[first]),
        )
    for first, second, field in collisions(scenario, levers, {}):
        if places[first][:-1] == places[second][:-1] != () and not _may_follow(scenario, field):
            may_follow = following_levers()
            yield Broken(
                ("levers", *places[second]),
                f"“{second}”不能接在“{first}”之后（{field}）；同一处能用多个的只有 {may_follow}",
                f"'{second}' cannot follow '{first}' ({field}); only {may_follow} can follow one another",
                other=("levers", *places[first]),
            )


def _may_follow(scenario: Scenario, written: str) -> bool:
    section, name, field = written.split(".")
    entry = _entries(scenario, section).get(name)
    return entry is not None and holds_several(type(entry), field)


def rules_by_hand(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each field that only levers may write and that the planner has written."""
    sections: dict[Way, Any] = {
        ("organisation", "units"): scenario.organisation.units,
        ("obligations",): scenario.obligations,
        ("demand",): scenario.demand,
    }
    for section, entries in sections.items():
        for name, entry in entries.items():
            kind: type[BaseModel] = type(entry)
            for field in kind.model_fields:
                if field in rule_fields(kind) and getattr(entry, field):
                    yield Broken(
                        (*section, name, field),
                        f"“{field}”由举措设定，请在 levers 中写举措",
                        f"'{field}' is set by a lever; write the lever under levers",
                    )
