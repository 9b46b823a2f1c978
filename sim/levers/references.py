"""Checks that names in a scenario mean something: unit types, posts, roles, shifts, seasons, obligations.

A field says what it names by how it is called (`REFERENCES`); the walk finds it wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.levers.apply import IN_ORDER_HINT, collisions, lever_name, ordered_lists
from sim.levers.base import FOLLOWING, LeverBase, follows_itself
from sim.levers.ordered import Way, placed_levers
from sim.levers.scenario import Scenario

OUTSIDE = ("city", "province", "centre", "own")
"""Issuers outside the scenario; `own` is the unit itself."""

_NAME = re.compile(r"\w[\w-]*")
_NAME_ZH = "只能由文字、数字、下划线和连字符组成"
_NAME_EN = "may consist of letters, digits, underscores and hyphens only"

SET_BY_LEVER = "Set by the lever"
"""How the description of a field begins that only levers fill."""


class Broken(NamedTuple):
    """A name that means nothing, or two things that do not go together."""

    path: Way
    zh: str
    en: str
    allowed: tuple[str, ...] = ()
    found: str = ""
    other: Way = ()
    """The other place, where two do not go together."""


class _Kind(NamedTuple):
    """What a field names."""

    zh: str
    en: str
    names: Callable[[Scenario, Any], Collection[str] | None]
    """What may stand there, given the obligation or stream of demand it stands in; None where that is not known."""


def find_broken(scenario: Scenario, metrics: Collection[str] = ()) -> list[Broken]:
    """List everything that does not hold together; names of metrics are checked where `metrics` are given."""
    return [
        *_awkward_names(scenario),
        *_broken_names(scenario),
        *_circles(scenario),
        *_tops_without_parent(scenario),
        *_secondees(scenario),
        *_broken_levers(scenario),
        *_collisions(scenario),
        *_reliefs(scenario),
        *_unknown_metrics(scenario, metrics),
    ]


def _units(scenario: Scenario, _entry: Any) -> Collection[str]:
    return scenario.organisation.units.keys()


def _issuers(scenario: Scenario, _entry: Any) -> Collection[str]:
    return (*scenario.organisation.units, *OUTSIDE)


def _roles(scenario: Scenario, _entry: Any) -> Collection[str]:
    return scenario.organisation.roles.keys()


def _scopes(scenario: Scenario, _entry: Any) -> Collection[str]:
    return ("all", *scenario.organisation.roles)


def _shifts(scenario: Scenario, _entry: Any) -> Collection[str]:
    return scenario.calendar.shifts.keys()


def _seasons(scenario: Scenario, _entry: Any) -> Collection[str]:
    return scenario.calendar.seasons.keys()


def _posts(scenario: Scenario, entry: Any) -> Collection[str] | None:
    unit = scenario.organisation.units.get(getattr(entry, "on", ""))
    return unit.posts.keys() if unit else None


def _parent_posts(scenario: Scenario, entry: Any) -> Collection[str] | None:
    units = scenario.organisation.units
    unit = units.get(getattr(entry, "on", ""))
    parent = units.get(unit.parent or "") if unit else None
    return parent.posts.keys() if parent else None


_UNIT = _Kind("单位类型", "unit type", _units)
_ROLE = _Kind("角色", "role", _roles)
_SEASON = _Kind("季节曲线", "season", _seasons)
_POST = _Kind("岗位", "post of this unit type", _posts)
_DESK = _Kind("岗位", "post", lambda *_: None)
"""Checked with the unit types it lies between (`_secondees`)."""
_PARENT_POST = _Kind("上级单位的岗位", "post of the parent unit", _parent_posts)

REFERENCES: dict[str, _Kind] = {
    "on": _UNIT,
    "parent": _UNIT,
    "to": _UNIT,
    "unit": _UNIT,
    "moves_to": _UNIT,
    "patrols": _Kind("事项", "obligation", lambda scenario, _: scenario.obligations.keys()),
    "matters": _Kind("群众诉求", "stream of demand", lambda scenario, _: scenario.demand.keys()),
    "kept_by": _UNIT,
    "fed_by": _UNIT,
    "skips": _UNIT,
    "issuer": _Kind("发起单位", "issuer", _issuers),
    "shift": _Kind("班次", "shift", _shifts),
    "role": _ROLE,
    "primary_scope": _Kind("角色", "role", _scopes),
    "season": _SEASON,
    "posts": _POST,
    "sign_off_posts": _POST,
    "Escort.posts": _PARENT_POST,
    "Collation.posts": _PARENT_POST,
    "post": _DESK,
    "to_post": _DESK,
}
"""What a field of text names, by its name, or by `Model.field` where a model means something else by it."""


def _awkward_names(scenario: Scenario) -> Iterator[Broken]:
    """Names are typed on the command line and joined by points, so they are plain words."""
    organisation, calendar = scenario.organisation, scenario.calendar
    sections: dict[Way, Collection[str]] = {
        ("calendar", "shifts"): calendar.shifts,
        ("calendar", "seasons"): calendar.seasons,
        ("organisation", "roles"): organisation.roles,
        ("organisation", "units"): organisation.units,
        ("obligations",): scenario.obligations,
        ("demand",): scenario.demand,
    }
    sections |= {("organisation", "units", name, "posts"): unit.posts for name, unit in organisation.units.items()}
    for path, names in sections.items():
        for name in names:
            if not _NAME.fullmatch(name):
                yield Broken((*path, name), f"名称“{name}”{_NAME_ZH}", f"the name '{name}' {_NAME_EN}", (), name)
    for place, lever in placed_levers(scenario.levers):
        if lever.name is not None and not _NAME.fullmatch(lever.name):
            way = ("levers", *place, "name")
            yield Broken(way, f"名称“{lever.name}”{_NAME_ZH}", f"the name '{lever.name}' {_NAME_EN}", (), lever.name)


def _broken_names(scenario: Scenario) -> Iterator[Broken]:
    for section in ("organisation", "obligations", "demand", "levers", "run"):
        for path, owner, field, entry in _walk(getattr(scenario, section), (section,), None):
            kind = REFERENCES.get(f"{type(owner).__name__}.{field}") or REFERENCES.get(field)
            value = getattr(owner, field)
            if kind is None or not _is_name(type(owner), field):
                continue
            allowed = kind.names(scenario, entry)
            for way, name in _named(value, (*path, field)):
                if allowed is not None and name not in allowed:
                    yield _no_such(way, kind.zh, kind.en, name, allowed)


def _walk(value: Any, path: Way, entry: Any) -> Iterator[tuple[Way, BaseModel, str, Any]]:
    """Give every field of every model below `value`, with the obligation or demand it stands in."""
    if isinstance(value, BaseModel):
        entry = value if "on" in type(value).model_fields else entry
        for field in type(value).model_fields:
            yield path, value, field, entry
            yield from _walk(getattr(value, field), (*path, field), entry)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _walk(below, (*path, key), entry)
    elif isinstance(value, tuple):
        for place, below in enumerate(value):
            yield from _walk(below, (*path, place), entry)


def _is_name(owner: type[BaseModel], field: str) -> bool:
    """Tell a name from a word of a fixed list, such as the `to` of a frequency cap."""
    return owner.model_fields[field].annotation in (str, str | None, tuple[str, ...], tuple[str, ...] | None)


def _named(value: Any, path: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, name in enumerate(value):
            yield (*path, place), name


def _circles(scenario: Scenario) -> Iterator[Broken]:
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


def _tops_without_parent(scenario: Scenario) -> Iterator[Broken]:
    """What is relayed or passed down goes from the units it came to, to those directly below them."""
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
                    f"'{below.to}' is under '{unit.parent}', not under '{entry.on}', so nobody would get it;"
                    f" there are {', '.join(under) or '—'}",
                    under,
                    below.to,
                )


def _secondees(scenario: Scenario) -> Iterator[Broken]:
    """Somebody stays in a post that lends, and secondees find a desk elsewhere."""
    units = scenario.organisation.units
    for name, unit in units.items():
        if unit.lent is None:
            continue
        way: Way = ("organisation", "units", name, "lent")
        yield from _desks_at_midnight(scenario, way, unit.shift)
        post, host = unit.posts.get(unit.lent.post), units.get(unit.lent.to)
        if post is None:
            yield _no_such((*way, "post"), "岗位", "post of this unit type", unit.lent.post, unit.posts)
        elif unit.lent.number.value >= post.headcount.value:
            most = post.headcount.value - 1
            yield Broken(
                (*way, "number"), f"至多借出 {most} 人，岗位上须有人留守", f"at most {most}: somebody stays in the post"
            )
        if unit.lent.to == name:
            yield Broken((*way, "to"), "不能借给同类单位", "a unit type lends to another one")
        elif host is not None:
            yield from _desks_at_midnight(scenario, way, host.shift)
            if unit.lent.to_post not in host.posts:
                yield _no_such((*way, "to_post"), "岗位", f"post of '{unit.lent.to}'", unit.lent.to_post, host.posts)


def _desks_at_midnight(scenario: Scenario, way: Way, kind: str) -> Iterator[Broken]:
    """Secondees change desks at midnight, when both are closed."""
    shift = scenario.calendar.shifts.get(kind)
    if shift is not None and shift.works_at_midnight:
        zh, en = f"班次“{kind}”跨零点，不能借调", f"shift '{kind}' works at midnight, so nobody can be lent"
        yield Broken(way, zh, en)


def _broken_levers(scenario: Scenario) -> Iterator[Broken]:
    """What a lever writes must exist: `touches()` names section, entry and field."""
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
    for section, entry, field in sorted(_writes(lever)):
        entries = _entries(scenario, section)
        fitting = [name for name, value in entries.items() if field in type(value).model_fields]
        if entry in fitting or entry in complained:
            continue
        complained.add(entry)
        way = ("levers", *place, "of", lever.of.index(entry)) if entry in lever.of else ("levers", *place)
        if entry in entries:
            kind = getattr(entries[entry], "kind", "")
            yield Broken(
                way,
                f"“{entry}”（{kind}）不适用本举措；可用：{', '.join(fitting)}",
                f"'{entry}' is a {kind}, which this lever does not act on; there are {', '.join(fitting)}",
                tuple(fitting),
                entry,
            )
        else:
            words = {
                "obligations": ("事项", "obligation"),
                "demand": ("群众诉求", "stream of demand"),
                "organisation": ("单位类型", "unit type"),
            }
            yield _no_such(way, *words.get(section, (section, section)), entry, fitting)


def _entries(scenario: Scenario, section: str) -> dict[str, Any]:
    """Give what levers act on under the section: unit types under `organisation`."""
    entries: dict[str, Any] = getattr(scenario, section, {})
    return scenario.organisation.units if section == "organisation" else entries


def acts_on_nothing(way: Way, name: str, known: Collection[str]) -> Broken:
    """Tell of a lever that names no obligation, stream of demand or unit type."""
    return _no_such(way, "事项、群众诉求或单位类型", "obligation, stream of demand or unit type", name, sorted(known))


def _writes(lever: LeverBase) -> set[tuple[str, str, str]]:
    parts = {tuple(touched.split(".")) for touched in lever.touches()}
    return {
        (part[0], part[1], part[2])
        for part in parts
        if len(part) == 3 and part[0] in ("obligations", "demand", "organisation")
    }


def _collisions(scenario: Scenario) -> Iterator[Broken]:
    placed = list(placed_levers(scenario.levers))
    places = {lever_name(lever): place for place, lever in placed}
    levers = {lever_name(lever): lever for _, lever in placed}
    if len(levers) < len(placed):
        return
    for first, second, field in collisions(levers, ordered_lists(scenario)):
        may = _may_follow(scenario, field)
        yield Broken(
            ("levers", *places[second]),
            f"举措“{second}”与“{first}”改动同一处：{field}{'；' + IN_ORDER_HINT['zh'] if may else ''}",
            f"levers '{second}' and '{first}' both write {field}{'; ' + IN_ORDER_HINT['en'] if may else ''}",
            other=("levers", *places[first]),
        )
    for first, second, field in collisions(levers, {}):
        if places[first][:-1] == places[second][:-1] != () and not _may_follow(scenario, field):
            yield Broken(
                ("levers", *places[second]),
                f"“{second}”不能接在“{first}”之后（{field}）；同一处能用多个的只有 {FOLLOWING}",
                f"'{second}' cannot follow '{first}' ({field}); of one kind only {FOLLOWING} may follow each other",
                other=("levers", *places[first]),
            )


def _may_follow(scenario: Scenario, written: str) -> bool:
    section, name, field = written.split(".")
    entry = _entries(scenario, section).get(name)
    return entry is not None and follows_itself(type(entry), field)


def _reliefs(scenario: Scenario) -> Iterator[Broken]:
    """What levers leave behind is theirs to write: a planner pulls the lever."""
    sections: dict[Way, Any] = {
        ("organisation", "units"): scenario.organisation.units,
        ("obligations",): scenario.obligations,
        ("demand",): scenario.demand,
    }
    for section, entries in sections.items():
        for name, entry in entries.items():
            for field, info in type(entry).model_fields.items():
                if (info.description or "").startswith(SET_BY_LEVER) and getattr(entry, field):
                    yield Broken(
                        (*section, name, field),
                        f"“{field}”由举措设定，请在 levers 中写举措",
                        f"'{field}' is set by a lever; write the lever under levers",
                    )


def _unknown_metrics(scenario: Scenario, metrics: Collection[str]) -> Iterator[Broken]:
    named: dict[Way, str] = {("expect", place, "metric"): claim.metric for place, claim in enumerate(scenario.expect)}
    named["run", "primary"] = scenario.run.primary
    for path, name in named.items():
        if metrics and name not in metrics:
            yield _no_such(path, "指标", "metric", name, metrics)


def _no_such(path: Way, zh: str, en: str, name: str, allowed: Collection[str]) -> Broken:
    there = ", ".join(allowed)
    return Broken(
        path,
        f"没有名为“{name}”的{zh}；可用：{there}",
        f"no {en} is called '{name}'; there are {there}",
        tuple(allowed),
        name,
    )
