"""Checks that names in a scenario exist: unit types, posts, roles, shifts, seasons, obligations.

The name of a field determines the kind of thing it names (`REFERENCES`), wherever the field occurs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.domain.demand import RealProblem
from sim.domain.pool import FieldPool
from sim.scenario.amounts import (
    appointments_without_days,
    empty_amounts,
    more_fields_than_there_are,
    quorums_without_seats,
    seats_without_holders,
    work_for_nobody,
)
from sim.scenario.assignment_references import broken_assignments
from sim.scenario.broken import Broken, no_such
from sim.scenario.lever_references import broken_levers, lever_collisions, rules_by_hand
from sim.scenario.ordered import Way, placed_levers
from sim.scenario.organisation_references import circles, secondees, tops_without_parent
from sim.scenario.scenario import Scenario
from sim.scenario.scopes import OUTSIDE, Measured, claims_about_nobody

_NAME = re.compile(r"\w[\w-]*")
_NAME_ZH = "只能由文字、数字、下划线和连字符组成"
_NAME_EN = "may consist of letters, digits, underscores and hyphens only"


class _Kind(NamedTuple):
    """The kind of thing that a field names."""

    zh: str
    en: str
    names: Callable[[Scenario, Any], Collection[str] | None]
    """Returns the allowed names, given the obligation or stream of demand with the field; None if they are not
    known."""


def find_broken(scenario: Scenario, metrics: Mapping[str, Measured] | None = None) -> list[Broken]:
    """List every broken reference and rule; claims about metrics are checked if `metrics` are given."""
    return [
        *_awkward_names(scenario),
        *_broken_names(scenario),
        *circles(scenario),
        *tops_without_parent(scenario),
        *secondees(scenario),
        *empty_amounts(scenario),
        *seats_without_holders(scenario),
        *quorums_without_seats(scenario),
        *appointments_without_days(scenario),
        *work_for_nobody(scenario),
        *more_fields_than_there_are(scenario),
        *broken_assignments(scenario),
        *broken_levers(scenario),
        *lever_collisions(scenario),
        *rules_by_hand(scenario),
        *_unknown_metrics(scenario, metrics or {}),
        *claims_about_nobody(scenario, metrics or {}),
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


def _lines_of_work(scenario: Scenario, _entry: Any) -> Collection[str] | None:
    pools: Mapping[str, FieldPool] | None = getattr(scenario.policy, "pools", None)
    return None if pools is None else pools.keys()


def _topics(scenario: Scenario, _entry: Any) -> Collection[str]:
    return sorted({one.topic for one in scenario.demand.values() if isinstance(one, RealProblem) and one.topic})


_UNIT = _Kind("单位类型", "unit type", _units)
_ROLE = _Kind("角色", "role", _roles)
_SEASON = _Kind("季节曲线", "season", _seasons)
_TOPIC = _Kind("问题主题", "topic of a stream of problems", _topics)
_POST = _Kind("岗位", "post of this unit type", _posts)
_DESK = _Kind("岗位", "post", lambda *_: None)
"""Checked together with its unit types (`secondees`)."""
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
    "part_of": _Kind("任务", "assignment", lambda scenario, _: scenario.assignments.keys()),
    "issuer": _Kind("发起单位", "issuer", _issuers),
    "shift": _Kind("班次", "shift", _shifts),
    "role": _ROLE,
    "primary_scope": _Kind("角色", "role", _scopes),
    "season": _SEASON,
    "posts": _POST,
    "sign_off_posts": _POST,
    "Escort.posts": _PARENT_POST,
    "Collation.posts": _PARENT_POST,
    "domain": _Kind("policy.pools 下的业务领域", "line of work under policy.pools", _lines_of_work),
    "looks_for": _TOPIC,
    "post": _DESK,
    "to_post": _DESK,
}
"""The kind of thing that a text field names, by field, or by `Model.field` if a model uses the field differently."""


def _awkward_names(scenario: Scenario) -> Iterator[Broken]:
    """Yield names with other characters than letters, digits, `_` and `-`: names are typed on the command line."""
    organisation, calendar = scenario.organisation, scenario.calendar
    sections: dict[Way, Collection[str]] = {
        ("calendar", "shifts"): calendar.shifts,
        ("calendar", "seasons"): calendar.seasons,
        ("organisation", "roles"): organisation.roles,
        ("organisation", "units"): organisation.units,
        ("assignments",): scenario.assignments,
        ("obligations",): scenario.obligations,
        ("demand",): scenario.demand,
        ("policy", "pools"): getattr(scenario.policy, "pools", ()),
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
    for section in ("organisation", "assignments", "obligations", "demand", "levers", "run"):
        for path, owner, field, entry in _walk(getattr(scenario, section), (section,), None):
            kind = REFERENCES.get(f"{type(owner).__name__}.{field}") or REFERENCES.get(field)
            value = getattr(owner, field)
            if kind is None or not _is_name(type(owner), field):
                continue
            allowed = kind.names(scenario, entry)
            for way, name in _named(value, (*path, field)):
                if allowed is not None and name not in allowed:
                    yield no_such(way, kind.zh, kind.en, name, allowed)


def _walk(value: Any, path: Way, entry: Any) -> Iterator[tuple[Way, BaseModel, str, Any]]:
    """Yield every field of every model below `value`, with the obligation or stream of demand that contains it."""
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
    """Return whether a field holds free text; the `to` of a frequency cap is a word of a fixed list."""
    return owner.model_fields[field].annotation in (str, str | None, tuple[str, ...], tuple[str, ...] | None)


def _named(value: Any, path: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, name in enumerate(value):
            yield (*path, place), name


def _unknown_metrics(scenario: Scenario, metrics: Collection[str]) -> Iterator[Broken]:
    named: dict[Way, str] = {("expect", place, "metric"): claim.metric for place, claim in enumerate(scenario.expect)}
    named |= dict(_named(scenario.run.primary, ("run", "primary")))
    for path, name in named.items():
        if metrics and name not in metrics:
            yield no_such(path, "指标", "metric", name, metrics)
