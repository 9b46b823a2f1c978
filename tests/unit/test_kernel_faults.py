"""Faults put into the kernel on purpose: random plans see every one of them, so they would see it by mistake too."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from sim.engine import compiled, kernel_books, kernel_dispatch, kernel_links, kernel_queue, kernel_windows
from sim.engine import kernel as kernel_main
from sim.engine.kernel_setup import as_lists, set_up, write_log
from sim.engine.reference import simulate_reference
from tests.logs import differences
from tests.plans import random_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.contract import Plan, RunLog
    from sim.engine.kernel_tables import World

PLANS = 200

FAULTS: dict[str, tuple[ModuleType, str, str]] = {
    "interrupted work goes to the tail of its rank": (
        kernel_dispatch,
        "enqueue(world, office, person[KEY], row)",
        "enqueue(world, office, person[KEY] + (1 << world.rules.bits), row)",
    ),
    "of two victims of one rank the first in order goes": (
        kernel_dispatch,
        "if key > last:\n            found,",
        "if key > last and (found < 0 or key >> rank_bits > last >> rank_bits):\n            found,",
    ),
    "the next rank does not interrupt": (
        kernel_dispatch,
        "(((team[HEAD] >> rank_bits) + 1)",
        "(((team[HEAD] >> rank_bits) + 2)",
    ),
    "an appointment takes who has the most important work": (
        kernel_dispatch,
        "if key > last:\n                victim,",
        "if key >= 0 and (victim < 0 or key < last):\n                victim,",
    ),
    "work sent back for another is not offered to the idle": (
        kernel_main,
        "person, team, following = cadres[cadre], teams[number], end[AFTER]",
        "person, team, following = cadres[cadre], teams[number], ring",
    ),
    "work of any rank interrupts nobody": (kernel_main, "teams[only][HEAD] >= weakest", "teams[only][HEAD] >= 0"),
    "where two queues grow, only one is looked at": (
        kernel_main,
        "fresh != ring or teams[only][CHAIN] >= 0",
        "fresh != ring",
    ),
    "who becomes idle as a queue grows is passed over": (
        kernel_main,
        "fresh != ring or teams[only][CHAIN] >= 0",
        "teams[only][CHAIN] >= 0",
    ),
    "what may not be interrupted is": (kernel_main, "key if interruptible[row] else -1", "key"),
    "the instant of the horizon is processed": (kernel_main, "if now >= until:", "if now > until:"),
    "cadres idle since one instant are taken from the last": (
        kernel_main,
        "for cadre in staff:",
        "for cadre in staff[::-1]:",
    ),
    "switching costs nothing": (kernel_main, "left[row] += switching_cost", "left[row] += 0"),
    "a finish at the close comes too late": (kernel_main, "if ends > closing:", "if ends >= closing:"),
    "any work of a cadre's teams will do": (kernel_main, "if head < key:", "if head < NEVER:"),
    "patience lasts a second longer": (kernel_main, "now + patience[row], row)", "now + patience[row] + 1, row)"),
    "who gave up is taken all the same": (kernel_main, "                if impatient:", "                if False:"),
    "rows released by a finish come last": (
        kernel_main,
        "next_release == now and lists[place] < first_row + (timers[first_row] & mask)",
        "next_release == now",
    ),
    "what is due at midnight is not for the evening": (
        kernel_queue,
        "world.rows[DUE][row] <= office[MIDNIGHT]",
        "world.rows[DUE][row] < office[MIDNIGHT]",
    ),
    "in the evening all is worked on": (kernel_queue, "return office[MIDNIGHT] < 0 or", "return True or"),
    "what rests in the evening is lost": (
        kernel_queue,
        "for place in range(base, base + team[RESTING]):",
        "for place in range(base, base):",
    ),
    "work for another unit arrives with an opening of the same instant": (
        kernel_links,
        "world.lists[middle] > now",
        "world.lists[middle] >= now",
    ),
    "only one row follows another": (kernel_links, "follower = world.links[SIBLING][follower]", "follower = -1"),
    "held work is lost time": (kernel_windows, "person[BEGAN] = now", "person[BEGAN] = now - 1"),
    "held work goes on in any evening": (kernel_windows, " or not is_on(world, office, row):", ":"),
    "who is away goes on with what he holds": (kernel_windows, " and not cadres[cadre][AWAY]:", ":"),
    "who leaves keeps everything in his hand": (kernel_windows, "if person[KEY] >= 0:", "if False:"),
    "who comes back is taken first": (
        kernel_windows,
        "last = end[BEFORE]\n",
        "last, end = office[RING], world.cadres[end[AFTER]]\n",
    ),
    "the odd second of travel is that back": (
        kernel_books,
        "begin + travel - travel // 2, end",
        "begin + travel // 2, end",
    ),
    "overtime of flexible work is regular": (kernel_books, "if office[MIDNIGHT] < 0:", "if True:"),
    "an appointment is overtime all through": (kernel_books, "world.log[OVERTIME][row] -= regular", "pass"),
    "every stretch is a span of its own": (kernel_books, " or person[LAST_END] != begin:", " or True:"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_kernel_is_seen_by_random_plans(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, right, wrong = FAULTS[fault]
    run = kernel_with(module, right, wrong, monkeypatch)

    seen = next((seed for seed in range(PLANS) if differences(simulate_with(run, plan(seed)), expected(seed))), None)

    assert seen is not None


def kernel_with(
    at_fault: ModuleType, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[World], None]:
    """Make a second kernel from the sources, one line of which is wrong."""
    for module in compiled.MODULES:
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        if module is at_fault:
            assert source.count(right) == 1, "the fault no longer knows where to strike"
            source = source.replace(right, wrong)
        copy = ModuleType(module.__name__)
        monkeypatch.setitem(sys.modules, module.__name__, copy)
        exec(compile(source, str(module.__file__), "exec"), vars(copy))
    run: Callable[[World], None] = vars(copy)["run"]
    return run


def simulate_with(run: Callable[[World], None], plan: Plan) -> RunLog:
    world = as_lists(set_up(plan, room=2_000))
    run(world)
    return write_log(plan, world)


@cache
def plan(seed: int) -> Plan:
    return random_plan(seed)


@cache
def expected(seed: int) -> RunLog:
    return simulate_reference(plan(seed), keep_spans=True)
