"""Random plans detect every fault put into the kernel on purpose, so they would detect an accidental one too."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from sim.engine.compiled import kernel as kernel_main
from sim.engine.compiled import (
    kernel_books,
    kernel_circle,
    kernel_dispatch,
    kernel_links,
    kernel_queue,
    kernel_windows,
)
from sim.engine.compiled import run as compiled
from sim.engine.compiled.kernel_setup import as_lists, set_up, write_log
from sim.engine.reference.run import simulate_reference
from tests.logs import differences
from tests.plans import random_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan
    from sim.engine.compiled.kernel_tables import World

PLANS = 300

FAULTS: dict[str, tuple[ModuleType, str, str]] = {
    "interrupted work goes to the tail of its rank": (
        kernel_dispatch,
        "enqueue(world, office, cadres[KEY][cadre], row)",
        "enqueue(world, office, cadres[KEY][cadre] + (1 << world.rules.bits), row)",
    ),
    "of two victims of one rank the first in order goes": (
        kernel_dispatch,
        "if key > last:\n            found,",
        "if key > last and (found < 0 or key >> rank_bits > last >> rank_bits):\n            found,",
    ),
    "the next rank does not interrupt": (
        kernel_dispatch,
        "(((teams[HEAD][number] >> rank_bits) + 1)",
        "(((teams[HEAD][number] >> rank_bits) + 2)",
    ),
    "an appointment takes who has the most important work": (
        kernel_dispatch,
        "if key > last:\n                victim,",
        "if key >= 0 and (victim < 0 or key < last):\n                victim,",
    ),
    "work sent back for another is not offered to the idle": (
        kernel_main,
        "only, following, key = NONE, after[circle], heads[number]",
        "only, following, key = NONE, work, heads[number]",
    ),
    "work of any rank interrupts nobody": (kernel_main, "heads[only] < powerless", "heads[only] < 0"),
    "where two queues grow, only one is looked at": (
        kernel_main,
        "                    grew = MANY",
        "                    grew = number",
    ),
    "of two queues that grow, the first interrupts nobody": (
        kernel_main,
        "if grew >= 0:\n                        stir(world, office, grew)",
        "if grew >= 0:\n                        pass",
    ),
    "a queue that grows as somebody becomes idle interrupts nobody": (
        kernel_main,
        "elif grew >= 0:\n                stir(world, office, grew)",
        "elif grew >= 0:\n                pass",
    ),
    "what stands behind work that interrupted interrupts nobody": (
        kernel_main,
        "interrupt(world, office, cadre, now)\n                stir(world, office, number)",
        "interrupt(world, office, cadre, now)",
    ),
    "who becomes idle as a queue grows is passed over": (kernel_main, "grew >= 0 and fresh == work", "grew >= 0"),
    "a team of one has the longest idle of its unit": (
        kernel_main,
        "cadre = who[only] if ends[who[only]] < 0 else work",
        "pass",
    ),
    "any idle cadre is of any team": (kernel_main, "who[only] != SOME", "True"),
    "what may not be interrupted is": (kernel_main, "key if interruptible[row] else -1", "key"),
    "what runs at the horizon is booked to the second before": (
        kernel_main,
        "settle(world, units[lists[place]], world.rules.horizon)",
        "settle(world, units[lists[place]], world.rules.horizon - 1)",
    ),
    "cadres idle since one instant are taken from the last": (
        kernel_main,
        "while ends[last] == end and last > cadre:",
        "while ends[last] == end and last < cadre:",
    ),
    "of an appointment's crew the last is idle first": (
        kernel_circle,
        "ends[place] == end and place > cadre",
        "ends[place] == end and place < cadre and place not in (office[CIRCLE], office[WORK])",
    ),
    "who is finished sooner lines up behind": (kernel_main, "while ends[last] > end:", "while False:"),
    "switching costs nothing": (kernel_main, "left[row] += switching_cost", "left[row] += 0"),
    "a finish at the close comes too late": (kernel_main, "if end > closing:", "if end >= closing:"),
    "any work of a cadre's teams will do": (kernel_main, "if head < key:", "if head < no_key:"),
    "patience lasts a second longer": (kernel_main, "now + patience[row], row)", "now + patience[row] + 1, row)"),
    "who gave up is taken all the same": (kernel_main, "                if impatient:", "                if False:"),
    "rows released by a finish come last": (
        kernel_main,
        "next_release == now and next_row < first_row + (timers[first_row] & mask)",
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
        "for place in range(base, base + teams[RESTING][number]):",
        "for place in range(base, base):",
    ),
    "work for another unit arrives with an opening of the same instant": (
        kernel_links,
        "world.lists[middle] > now",
        "world.lists[middle] >= now",
    ),
    "only one row follows another": (kernel_links, "follower = world.links[SIBLING][follower]", "follower = -1"),
    "held work is lost time": (kernel_windows, "cadres[BEGAN][cadre] = now", "cadres[BEGAN][cadre] = now - 1"),
    "held work goes on in any evening": (kernel_windows, " or not is_on(world, office, row):", ":"),
    "who is away goes on with what he holds": (kernel_windows, " and not away[cadre] and", " and"),
    "who leaves keeps everything in his hand": (kernel_windows, "if cadres[KEY][cadre] >= 0:", "if False:"),
    "who comes back is taken first": (
        kernel_circle,
        "join(world, cadre, world.cadres[BEFORE][office[WORK]])",
        "join(world, cadre, office[CIRCLE])",
    ),
    "the odd second of travel is that back": (
        kernel_books,
        "begin + travel - travel // 2, end",
        "begin + travel // 2, end",
    ),
    "overtime of flexible work is regular": (kernel_books, "if office[MIDNIGHT] < 0:", "if True:"),
    "an appointment is overtime all through": (kernel_books, "world.log[OVERTIME][row] -= regular", "pass"),
    "every stretch is a span of its own": (kernel_books, " or last_end[cadre] != begin:", " or True:"),
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
    """Return a second kernel from the sources, with one line changed."""
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
