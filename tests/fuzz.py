"""Faulty scenario files made from the shipped ones: mutant `n` is the same on every machine and in every run.

`make fuzz` tries thousands of them, a test tries a few hundred. A mutant may be valid or refused; it must not be a
fault of the program. The nodes of a file are changed rather than its text, because parsing takes most of the time.
"""

from __future__ import annotations

import contextlib
import io
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

from sim.cli.errors import FAULT, OK
from sim.cli.main import run
from sim.files.kept import Kept, parse_once
from sim.files.node import Keys, Node, Place, Scalar, dotted
from sim.files.parse import parse
from sim.files.study import STUDY

SCENARIOS = Path(__file__).parents[1] / "scenarios"
BASE = SCENARIOS / "base" / "county.yaml"
LEVELS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8)
"""Depths of a change; changes near the root are more frequent than values near the root."""
NOWHERE = Place("mutant", 1, 1)

STRANGE: tuple[object, ...] = (
    5, 0, -1, 1.5, 10**400, None, None, [], {}, "text", "", "5", "年", "~", True, date(2024, 2, 29), [[5]], [[], [[]]],
    [{}], [None], [5, "text"], {"a": 5}, {"value": None}, {"value": {}}, {"value": [], "range": 5}, {"": ""},
    {"then": 5}, {"then": []}, {"then": [5, None]}, {"lever": 5}, {"lever": None, "of": 5}, {"kind": []}, {"zh": 5},
)  # fmt: skip

DAYS_AND_HOURS = (
    "calendar.days_off=[2027-02-05 to 2027-02-11, 2024-06-03]", "calendar.days_off=[2024-01-01 to 2024-12-30]",
    "calendar.days_off=[5]", "calendar.workdays=[2024-01-06]", "calendar.workdays=[2024-06-03]", "calendar.year=2027",
    "calendar.shifts.office.hours=[22:00-06:00]", "calendar.shifts.office.hours=[08:00-12:00, 20:00-04:00]",
    "calendar.shifts.office.overtime_cap=0 min", "calendar.shifts.office.hours_on={friday: [], sunday: [08:30-12:00]}",
    "calendar.shifts.office.hours_on={sunday: [23:00-01:00]}", "calendar.shifts.office.hours_on={monday: 5}",
)  # fmt: skip
"""Settings of the work calendar, some of which are refused."""


@dataclass(frozen=True)
class Mutant:
    """A shipped file with a change or a few."""

    number: int
    file: Path
    tree: Node
    overrides: tuple[str, ...]
    said: str
    """The changes in words, for the report of a failure."""


def mutant(number: int) -> Mutant:
    """Return mutant `number`."""
    draw = random.Random(number)
    file = draw.choice(shipped_files())
    tree, said = _parsed(file), []
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        keys = _some_place(draw, tree)
        name = draw.choice(tuple(CHANGES))
        tree = _put(tree, keys, CHANGES[name](draw, _at(tree, keys)))
        said.append(f"{name} at {dotted(keys) or 'the root'}")
    overrides: tuple[str, ...] = ()
    if draw.random() < 0.03 and file.name != STUDY:
        overrides = tuple(draw.sample(DAYS_AND_HOURS, 2))
    elif draw.random() < 0.1 and file.name != STUDY:
        overrides = (
            f"{dotted(_some_place(draw, _parsed(BASE)))}={draw.choice(('5', '', '[]', '{}', 'text', '[[5]]'))}",
        )
    where = file.relative_to(SCENARIOS.parent).as_posix()
    return Mutant(number, file, tree, overrides, f"mutant {number} of {where}: {'; '.join((*said, *overrides))}")


@cache
def shipped_files() -> tuple[Path, ...]:
    """List the files that come with the program."""
    return tuple(sorted(SCENARIOS.rglob("*.yaml")))


def exit_codes(one: Mutant) -> Iterator[tuple[str, int, str]]:
    """Yield command, exit code and output of all commands that read files; refused files are read by one only."""
    file = str(one.file)
    settings = [part for text in one.overrides for part in ("--set", text)]
    calls = [["validate", file, *settings]]
    if one.file.name != STUDY:
        calls += [["explain", file, *settings], ["diff", str(BASE), file, *settings]]
        calls += [["compare", file, file, "--dry-run", *settings]]
    with _instead(one):
        for call in calls:
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = run(call)
            yield call[0], code, said.getvalue()
            if code != OK:
                return


def faults(numbers: range) -> Iterator[str]:
    """Yield a line for each mutant that is a fault of the program."""
    for number in numbers:
        one = mutant(number)
        for command, code, said in exit_codes(one):
            if code == FAULT:
                yield f"{one.said}: {command}: {said.strip().splitlines()[-1]}"


@contextlib.contextmanager
def _instead(one: Mutant) -> Iterator[None]:
    """Context in which the mutant is read instead of the file it was made from."""

    def parsed(text: str, shown: str, kept: Kept | None) -> Node:
        return one.tree if shown == str(one.file) else parse_once(text, shown, kept)

    with patch("sim.files.extend.parse_once", parsed):
        yield


@cache
def _parsed(file: Path) -> Node:
    return parse(file.read_text(encoding="utf-8"), str(file))


def _some_place(draw: random.Random, tree: Node) -> Keys:
    """Draw a path below the root, each step at random."""
    keys: Keys = ()
    for _ in range(draw.choice(LEVELS)):
        steps = _steps(_at(tree, keys))
        if not steps:
            break
        keys = (*keys, draw.choice(steps))
    return keys


def _steps(node: Node) -> tuple[str | int, ...]:
    return (*(node.mapping or ()), *range(len(node.items or ())))


def _at(tree: Node, keys: Keys) -> Node:
    for step in keys:
        tree = tree.child(step) or tree
    return tree


def _put(tree: Node, keys: Keys, new: Node | None) -> Node:
    """Return the tree with the node at `keys` replaced, or removed if `new` is None."""
    if not keys:
        return new or Node(tree.place, {})
    step, below = keys[0], _put(_at(tree, keys[:1]), keys[1:], new) if keys[1:] or new else None
    if isinstance(step, int):
        items = list(tree.items or ())
        items[step : step + 1] = [below] if below else []
        return Node(tree.place, tuple(items))
    entries = dict(tree.mapping or {})
    if below:
        entries[step] = below
    else:
        del entries[step]
    return Node(tree.place, entries)


def _node(value: object) -> Node:
    if isinstance(value, dict):
        return Node(NOWHERE, {str(key): _node(below) for key, below in value.items()})
    if isinstance(value, list):
        return Node(NOWHERE, tuple(map(_node, value)))
    scalar: Scalar = value  # type: ignore[assignment]
    return Node(NOWHERE, scalar, "…" if scalar == 10**400 else str(scalar))


def _strange(draw: random.Random, _: Node) -> Node:
    return _node(draw.choice(STRANGE))


def _taken_from_elsewhere(draw: random.Random, _: Node) -> Node:
    tree = _parsed(draw.choice(shipped_files()))
    return _at(tree, _some_place(draw, tree))


def _renamed_key(draw: random.Random, node: Node) -> Node:
    entries = dict(node.mapping or {"x": node})
    key = draw.choice(tuple(entries) or ("x",))
    below = entries.pop(key, node)
    return Node(node.place, entries | {draw.choice((f"~{key}", f"{key}x", "", "then", "value", "kind")): below})


def _shuffled(draw: random.Random, node: Node) -> Node:
    """Return the node with its values under each other's keys."""
    steps = _steps(node)
    values = [_at(node, (step,)) for step in steps]
    draw.shuffle(values)
    if node.mapping is None:
        return Node(node.place, tuple(values))
    return Node(node.place, {str(step): value for step, value in zip(steps, values, strict=True)})


CHANGES: dict[str, Callable[[random.Random, Node], Node | None]] = {
    "a strange value": _strange,
    "another strange value": _strange,
    "a third strange value": _strange,
    "a value from elsewhere": _taken_from_elsewhere,
    "nothing": lambda _, __: None,
    "a list around it": lambda _, node: Node(node.place, (node,)),
    "it twice": lambda _, node: Node(node.place, (node, node)),
    "a mapping around it": lambda draw, node: Node(node.place, {draw.choice(("value", "then", "of", "zh")): node}),
    "a renamed key": _renamed_key,
    "shuffled values": _shuffled,
}


if __name__ == "__main__":
    first, count = (int(text) for text in sys.argv[1:])
    found = 0
    for line in faults(range(first, first + count)):
        found += 1
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{count} mutants, {found} faults\n")
    sys.exit(1 if found else 0)
