"""The circle of a unit's cadres: the idle, longest idle first; a mark; then those at work, who is finished first first.

Whoever is finished stands just behind the mark, and the mark moves past him: now he is the last of the idle. Outside
the circle is who holds work that will not be finished before the window closes, and who is away.
"""

from __future__ import annotations

from sim.engine.compiled.kernel_tables import AFTER, BEFORE, CIRCLE, ENDS, WORK, Line, World


def leave(world: World, cadre: int) -> None:
    """Take a cadre out of the circle."""
    after, before = world.cadres[AFTER], world.cadres[BEFORE]
    after[before[cadre]], before[after[cadre]] = after[cadre], before[cadre]
    after[cadre] = -1


def rest(world: World, office: Line, cadre: int) -> None:
    """Put a cadre behind all who are idle."""
    world.cadres[ENDS][cadre] = -1
    join(world, cadre, world.cadres[BEFORE][office[WORK]])


def line_up(world: World, office: Line, cadre: int, end: int) -> None:
    """Put a cadre among those at work, by when he will be finished; of one instant by number (rule 11)."""
    ends, before = world.cadres[ENDS], world.cadres[BEFORE]
    ends[cadre] = end
    place = before[office[CIRCLE]]
    while ends[place] > end or (ends[place] == end and place > cadre):
        place = before[place]
    join(world, cadre, place)


def join(world: World, cadre: int, place: int) -> None:
    """Put a cadre behind another, or behind a mark."""
    after, before = world.cadres[AFTER], world.cadres[BEFORE]
    following = after[place]
    before[cadre], after[cadre] = place, following
    after[place] = before[following] = cadre
