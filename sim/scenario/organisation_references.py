"""Checks of the organisation: parents, passing down, secondments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.scenario.broken import Broken, no_such

if TYPE_CHECKING:
    from sim.scenario.ordered import Way
    from sim.scenario.scenario import Scenario


def circles(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each unit type that is above itself."""
    units = scenario.organisation.units
    for name, unit in units.items():
        above, at = [name], unit.parent
        while at is not None and at in units and at not in above:
            above.append(at)
            at = units[at].parent
        if at == name:
            circle = " → ".join([*above, name])
            yield Broken(
                ("organisation", "units", name, "parent"),
                f"上级关系成环：{circle}",
                f"the unit types form a circle: {circle}",
            )


def tops_without_parent(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each relay or forwarding to a unit type that is not directly below the addressed units."""
    units = scenario.organisation.units
    for name, entry in scenario.obligations.items():
        for field in ("relay", "passed_down"):
            below: Any = getattr(entry, field, None)
            unit = units.get(below.to) if below is not None else None
            if unit is not None and unit.parent is None:
                yield Broken(
                    ("obligations", name, field, "to"),
                    f"“{below.to}”没有上级单位，不能向它转开或转发",
                    f"'{below.to}' has no parent unit, so nothing can be passed down to it",
                )
            elif unit is not None and entry.on in units and unit.parent != entry.on:
                under = tuple(name for name, one in units.items() if one.parent == entry.on)
                yield Broken(
                    ("obligations", name, field, "to"),
                    f"“{below.to}”的上级是“{unit.parent}”，不是“{entry.on}”，转不到；可用：{', '.join(under) or '—'}",
                    f"'{below.to}' is under '{unit.parent}', not under '{entry.on}', so it would reach nobody;"
                    f" there are {', '.join(under) or '—'}",
                    under,
                    below.to,
                )


def secondees(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem if a post would be left empty, if a desk does not exist, or if a shift works at midnight."""
    units = scenario.organisation.units
    for name, unit in units.items():
        if unit.lent is None:
            continue
        way: Way = ("organisation", "units", name, "lent")
        yield from _desks_at_midnight(scenario, way, unit.shift)
        post, host = unit.posts.get(unit.lent.post), units.get(unit.lent.to)
        if post is None:
            yield no_such((*way, "post"), "岗位", "post of this unit type", unit.lent.post, unit.posts)
        elif unit.lent.number.value >= post.headcount.value:
            most = post.headcount.value - 1
            yield Broken(
                (*way, "number"),
                f"至多借出 {most} 人，岗位上须有人留守",
                f"at most {most}: one cadre must stay in the post",
            )
        if unit.lent.to == name:
            yield Broken((*way, "to"), "不能借给同类单位", "a unit type lends to another one")
        elif host is not None:
            yield from _desks_at_midnight(scenario, way, host.shift)
            if unit.lent.to_post not in host.posts:
                yield no_such((*way, "to_post"), "岗位", f"post of '{unit.lent.to}'", unit.lent.to_post, host.posts)


def _desks_at_midnight(scenario: Scenario, way: Way, kind: str) -> Iterator[Broken]:
    """Yield a problem if the shift works at midnight, when secondees change desks and both desks must be closed."""
    shift = scenario.calendar.shifts.get(kind)
    if shift is not None and shift.works_at_midnight:
        zh, en = f"班次“{kind}”跨零点，不能借调", f"shift '{kind}' works at midnight, so nobody can be lent"
        yield Broken(way, zh, en)
