"""Checks that the names in a scenario exist, also in the valid parts of a faulty scenario, to report all at once.

Nothing is assumed about the shape of a faulty scenario: every part is looked at only if it has the shape that it should
have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.domain.assignment import Assignment
from sim.domain.calendar import Shift, WorkCalendar
from sim.domain.demand import Demand
from sim.domain.frozen import Label
from sim.domain.obligations import Obligation
from sim.domain.organisation import Organisation, UnitType
from sim.errors import Problem
from sim.files.node import Keys, Node, dotted, locate
from sim.files.wording import LONGEST_SENTENCE, hint_for, problem_at, visible
from sim.levers.table import Lever
from sim.scenario.broken import Broken
from sim.scenario.lever_references import acts_on_nothing
from sim.scenario.ordered import InOrder, Pulled
from sim.scenario.references import find_broken
from sim.scenario.scenario import RunPlan, Scenario
from sim.scenario.scopes import Measured


def broken_references(scenario: Scenario, tree: Node, metrics: Mapping[str, Measured] | None = None) -> list[Problem]:
    """Return a problem, with its place, for each reference or rule of the scenario that is broken."""
    return [problem_of(broken, tree) for broken in find_broken(scenario, metrics)]


def broken_references_of_rest(data: Any, tree: Node, metrics: Mapping[str, Measured] | None = None) -> list[Problem]:
    """Return the problems of those parts of a faulty scenario that are valid by themselves."""
    if any(not isinstance(_at(data, way), dict) for way in _SECTIONS):
        return []  # the names of a section are unknown, so every reference to them would be reported as broken
    rest = _Rest(data)
    found = [broken for broken in find_broken(rest.scenario, metrics) if broken.found not in rest.faulty]
    named = {*rest.scenario.obligations, *rest.scenario.demand, *rest.scenario.organisation.units, *rest.faulty}
    loose = [acts_on_nothing(way, name, named) for way, name in rest.loose if name not in named]
    return [problem_of(broken, tree) for broken in (*map(rest.renumber, found), *loose)]


_SECTIONS: tuple[tuple[str, ...], ...] = (
    ("calendar",),
    ("calendar", "shifts"),
    ("calendar", "seasons"),
    ("organisation",),
    ("organisation", "roles"),
    ("organisation", "units"),
    ("assignments",),
    ("obligations",),
    ("demand",),
)
"""Sections whose names are referred to; one that is left out is empty."""


def _at(data: Any, way: tuple[str, ...]) -> Any:
    for step in way:
        data = data.get(step, {}) if isinstance(data, dict) else data
    return data


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, tuple) else ()


class _Rest:
    """The parts of a scenario that are valid by themselves."""

    def __init__(self, data: Any) -> None:
        self.faulty: set[str] = set()
        """Names of entries that exist but are faulty."""
        calendar, organisation = _at(data, ("calendar",)), _at(data, ("organisation",))
        self.ways: dict[Keys, Keys] = {}
        """Maps the place of each valid lever in `scenario` to its place in the file."""
        self.loose: list[tuple[Keys, str]] = []
        """Place and name of each entry under `of` in faulty levers."""
        run = self._sound({"run": data.get("run", {})}, RunPlan)
        not_looked_at: Any = None
        self.scenario = Scenario.model_construct(
            title=not_looked_at,
            policy=not_looked_at,
            calendar=WorkCalendar.model_construct(
                shifts=self._sound(calendar.get("shifts", {}), Shift),
                seasons=dict.fromkeys(calendar.get("seasons", {}), not_looked_at),
            ),
            organisation=Organisation.model_construct(
                roles=self._sound(organisation.get("roles", {}), Label),
                units=self._sound(organisation.get("units", {}), UnitType),
            ),
            assignments=self._sound(data.get("assignments", {}), Assignment),
            obligations=self._sound(data.get("obligations", {}), Obligation),
            demand=self._sound(data.get("demand", {}), Demand),
            levers=self._levers(_items(data.get("levers"))),
            expect=(),
            run=run.get("run", RunPlan.model_construct(primary_scope=not_looked_at)),
        )

    def renumber(self, broken: Broken) -> Broken:
        """Return the problem with the lever numbers of the file, in which faulty levers are counted."""
        return broken._replace(path=self._as_written(broken.path), other=self._as_written(broken.other))

    def _as_written(self, path: Keys) -> Keys:
        longest = max((way for way in self.ways if path[1 : 1 + len(way)] == way), key=len, default=())
        if path[:1] == ("levers",) and longest:
            return ("levers", *self.ways[longest], *path[1 + len(longest) :])
        return path

    def _levers(self, entries: Sequence[Any]) -> tuple[Pulled, ...]:
        kept: list[Pulled] = []
        for place, entry in enumerate(entries):
            if not isinstance(entry, dict) or not isinstance(entry.get("then"), tuple):
                kept += self._lever(entry, (place,), (len(kept),))
                continue
            members: list[Lever] = []
            for step, member in enumerate(entry["then"]):
                members += self._lever(member, (place, "then", step), (len(kept), "then", len(members)))
            kept.append(InOrder.model_construct(then=tuple(members)))
        return tuple(kept)

    def _lever(self, entry: Any, written: Keys, here: Keys) -> list[Lever]:
        """Return the lever in a list if it is valid; else return an empty list and note the names in its `of`."""
        try:
            lever: Lever = TypeAdapter(Lever).validate_python(entry)
        except ValidationError:
            of = entry.get("of") if isinstance(entry, dict) else None
            named = [(of, ())] if isinstance(of, str) else [(name, (at,)) for at, name in enumerate(_items(of))]
            self.loose += [(("levers", *written, "of", *steps), name) for name, steps in named if isinstance(name, str)]
            return []
        self.ways[here] = written
        return [lever]

    def _sound(self, entries: dict[Any, Any], shape: Any) -> dict[Any, Any]:
        adapter = TypeAdapter(shape)
        sound = {}
        for name, entry in entries.items():
            try:
                sound[name] = adapter.validate_python(entry)
            except ValidationError:
                self.faulty.add(str(name))
        return sound


def problem_of(broken: Broken, tree: Node) -> Problem:
    """Return the problem with its place in the file, and a hint."""
    node, _ = locate(tree, broken.path)
    hint = hint_for(broken.found, broken.allowed)
    if broken.other:
        place = locate(tree, broken.other)[0].place
        hint = {"zh": f"另见 {place}", "en": f"see also {place}"}
    zh, en = (visible(words, LONGEST_SENTENCE) for words in (broken.zh, broken.en))
    return problem_at(node.place, dotted(broken.path), zh, en, hint)


def without_repetition(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by file and place, without duplicates."""
    once = {
        (problem.file, problem.line, problem.column, problem.key, problem.message["en"]): problem
        for problem in problems
    }
    return [once[key] for key in sorted(once)]
