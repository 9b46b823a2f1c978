"""Links between rows: the finish of a row releases its successors (rule 3)."""

from __future__ import annotations

from sim.engine.compiled.kernel_queue import set_timer
from sim.engine.compiled.kernel_tables import (
    HEIR,
    NUMBER,
    OPENINGS,
    OPENINGS_END,
    PREDECESSOR,
    RELEASE,
    SIBLING,
    UNIT,
    Line,
    World,
)


def link(world: World) -> None:
    """Build the list of successors of each row: `HEIR` holds the first, `SIBLING` the next one."""
    predecessor, heir, sibling = world.rows[PREDECESSOR], world.links[HEIR], world.links[SIBLING]
    for row in range(len(heir) - 1, -1, -1):
        before = predecessor[row]
        if before >= 0:
            sibling[row] = heir[before]
            heir[before] = row


def hand_on(world: World, office: Line, row: int, now: int) -> None:
    """Set the release of a row's successors: at once in this unit, at the next regular opening elsewhere (rule 3)."""
    follower = world.links[HEIR][row]
    while follower >= 0:
        receiver = world.units[world.rows[UNIT][follower]]
        instant = now if receiver[NUMBER] == office[NUMBER] else opening_after(world, receiver, now)
        set_timer(world, receiver, max(instant, world.rows[RELEASE][follower]), follower)
        follower = world.links[SIBLING][follower]


def opening_after(world: World, office: Line, now: int) -> int:
    """Return the unit's first regular opening after `now`; the horizon if there is none."""
    low, high = office[OPENINGS], office[OPENINGS_END]
    while low < high:
        middle = (low + high) // 2
        if world.lists[middle] > now:
            high = middle
        else:
            low = middle + 1
    return world.lists[low] if low < office[OPENINGS_END] else world.rules.horizon
