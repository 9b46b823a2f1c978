"""The circle of a unit's cadres: a ring of idle cadres, longest idle first, a mark, then busy cadres, by finish time.

A cadre who finishes stands just behind the mark; the mark moves past the cadre, who is then the last of the idle.
Cadres who are away, or hold work that will not finish before the window closes, are outside the circle.
"""

from __future__ import annotations

from sim.engine.compiled.kernel_tables import AFTER, BEFORE, CIRCLE, ENDS, WORK, Line, World


def leave(world: World, cadre: int) -> None:
    """Remove a cadre from the circle."""
    after, before = world.cadres[AFTER], world.cadres[BEFORE]
    after[before[cadre]], before[after[cadre]] = after[cadre], before[cadre]
    after[cadre] = -1


def rest(world: World, office: Line, cadre: int) -> None:
    """Insert a cadre behind all idle cadres."""
    world.cadres[ENDS][cadre] = -1
    join(world, cadre, world.cadres[BEFORE][office[WORK]])


def line_up(world: World, office: Line, cadre: int, end: int) -> None:
    """Insert a cadre into the busy cadres, by finish time; equal times by cadre number (rule 11)."""
    ends, before = world.cadres[ENDS], world.cadres[BEFORE]
    ends[cadre] = end
    place = before[office[CIRCLE]]
    while ends[place] > end or (ends[place] == end and place > cadre):
        place = before[place]
    join(world, cadre, place)


def join(world: World, cadre: int, place: int) -> None:
    """Insert a cadre behind `place`, which is a cadre or a mark."""
    after, before = world.cadres[AFTER], world.cadres[BEFORE]
    following = after[place]
    before[cadre], after[cadre] = place, following
    after[place] = before[following] = cadre
