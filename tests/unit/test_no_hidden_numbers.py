"""No number of the model stands in the code of plans and metrics: each is a quantity of the scenario.

A number in `sim/plan` or `sim/metrics` is reported if it is

- a literal other than 0, 1 and 2;
- a literal of any size times a unit of time (`2 * DAY`);
- a literal of any size as a distance in working days (`due_after(second, 2)`);
- the value of a name of the module, be it literal or a unit (`DRAFTING_DAYS = 2`, `SHORT_NOTICE = DAY`); names
  that are counted out in one line (`_BASIC, _ASSISTING = 0, 1`) only tell cases apart.

Units are imported from `sim.units`. A statement of a module that is made with words of `sim.metrics.example` is a
worked example of a metric, and its numbers are the example's. The modules in `OWNERS` hold numbers for the reason given
there, and no others do.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWNERS = {
    "sim/plan/identity/chance.py": "the mixing steps and bits of the hash behind all chance",
    "sim/plan/rows/ordering.py": "bits of packed sorting keys",
    "sim/plan/rows/rows.py": "bits of packed sorting keys, and rows handled at a time",
    "sim/plan/limits.py": "sizes and tails at which the computation stops; no answer depends on them",
    "sim/metrics/definitions.py": "numbers in the key or the words of a metric; another number is another metric",
    "sim/metrics/example.py": "the week in which the worked examples of metrics take place",
}
"""Modules that may hold numbers, and which."""
EXPLAINED = ("sim/plan/limits.py", "sim/metrics/definitions.py")
"""Those of them that hold only named numbers, each with a text under it."""
PLAIN = {0, 1, 2}
UNITS_FROM = {"sim.units", "sim.contract.plan"}
EXAMPLES_FROM = "sim.metrics.example"
WORKDAY_CALLS = {"due_after", "shift_days"}


def modules() -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for folder in ("plan", "metrics")
        for path in sorted((ROOT / "sim" / folder).rglob("*.py"))
    ]


def hidden_numbers(source: str) -> list[str]:
    """List the numbers that a module hides, as `line: text`."""
    tree = ast.parse(source)
    units = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in UNITS_FROM
        for alias in node.names
        if alias.name.isupper()
    }
    body = without_worked_examples(tree)
    named: list[ast.stmt | ast.expr] = [node for node in body if is_named_number(node, units)]
    hidden = [
        node
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.expr) and is_hidden(node, units)
    ]
    found: dict[int, str] = {}
    for node in (*named, *hidden):
        found.setdefault(node.lineno, ast.unparse(node))
    return [f"{line}: {text}" for line, text in sorted(found.items())]


def without_worked_examples(tree: ast.Module) -> list[ast.stmt]:
    """Leave out the statements that are made with words of `sim.metrics.example`, or with names made of them."""
    words = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == EXAMPLES_FROM
        for alias in node.names
    }
    left = []
    for node in tree.body:
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        if isinstance(node, ast.Assign) and words & used:
            words |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        else:
            left.append(node)
    return left


def is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def is_hidden(node: ast.expr, units: set[str]) -> bool:
    if isinstance(node, ast.Constant):
        return is_number(node) and node.value not in PLAIN
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        sides = (node.left, node.right)
        return any(map(is_number, sides)) and any(isinstance(side, ast.Name) and side.id in units for side in sides)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WORKDAY_CALLS:
        return any(map(is_number, node.args))
    return False


def is_named_number(node: ast.stmt, units: set[str]) -> bool:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    value = getattr(node, "value", None)
    return isinstance(target, ast.Name) and value is not None and is_made_of_numbers(value, units)


def is_made_of_numbers(value: ast.expr, units: set[str]) -> bool:
    if isinstance(value, ast.BinOp):
        return is_made_of_numbers(value.left, units) and is_made_of_numbers(value.right, units)
    return is_number(value) or (isinstance(value, ast.Name) and value.id in units)


@pytest.mark.parametrize("module", modules())
def test_a_module_hides_no_number(module: str) -> None:
    found = hidden_numbers((ROOT / module).read_text(encoding="utf-8"))

    if module in OWNERS:
        assert found, f"{module} holds no number any more: take it off the list"
    else:
        assert not found, (
            f"{module} hides numbers: {'; '.join(found)}. A number of the model becomes a quantity (sim/domain/lags.py,"
            " sim/domain/counting.py, or a field of its obligation); a unit comes from sim/units.py"
        )


def test_every_owner_is_there() -> None:
    assert OWNERS.keys() <= set(modules())
    assert OWNERS.keys() >= set(EXPLAINED)


@pytest.mark.parametrize("module", EXPLAINED)
def test_a_number_that_is_no_input_has_its_reason_under_it(module: str) -> None:
    body = ast.parse((ROOT / module).read_text(encoding="utf-8")).body
    statements = [node for node in body if not isinstance(node, ast.ImportFrom)][1:]

    assert all(isinstance(node, ast.Assign | ast.AnnAssign) for node in statements[::2])
    assert all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in statements[1::2])
    assert len(statements) % 2 == 0


@pytest.mark.parametrize(
    "source",
    [
        "EFFORT_DAYS = 7",
        "COLLATION_DAYS = 2",
        "COACHING_MONTH: int = 2",
        "from sim.units import MINUTE\nARRIVAL = 60 * MINUTE",
        "from sim.contract.plan import DAY\nSHORT_NOTICE = DAY",
        "from sim.units import HOUR\ndef f(start):\n    return start + 2 * HOUR",
        "def f(timeline, second):\n    return timeline.due_after(second, 1)",
        "def f(timeline, day):\n    return timeline.shift_days(day, -1)",
        "def f(u):\n    return u < 0.5",
        "def f(days=5):\n    return days",
        "YEAR_END = frozenset({11, 12, 1})",
        "class Call:\n    seats: int = 3",
        "from sim.metrics.example import form\n_PEAK = form(6)\ndef measure(spent):\n    return spent > 48",
    ],
)
def test_a_hidden_number_is_found(source: str) -> None:
    assert len(hidden_numbers(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "_BASIC, _ASSISTING, _RECLAIMED = 0, 1, 2",
        "import numpy as np\n_NEVER = np.iinfo(np.int64).max // 2",
        "def f(rows, road):\n    return rows[:, -1].sum(axis=1) + 2 * road",
        "from sim.units import MONTHS_PER_YEAR\ndef f():\n    return range(1, MONTHS_PER_YEAR + 1)",
        "from sim.contract.plan import DAY\ndef f(day, opens):\n    return day * DAY + opens[0]",
        "def f(draft, timeline, second):\n    return timeline.due_after(second, draft.lags.forms_collated.value)",
        'OWN = "own"',
        "from sim.metrics.example import Work, partial\n_CASE = partial(Work, 'duty')\n_TWO = (_CASE(3), _CASE(5))",
    ],
)
def test_arithmetic_and_numbered_cases_are_no_hidden_numbers(source: str) -> None:
    assert hidden_numbers(source) == []
