"""Who takes what: rules 5, 8, 10 and 11."""

from __future__ import annotations

from sim.engine.kernel_books import book, book_meeting
from sim.engine.kernel_queue import enqueue
from sim.engine.kernel_tables import (
    AFTER,
    APART,
    BEFORE,
    BEGAN,
    BEGUN,
    BY,
    CHAIN,
    EFFORT,
    ENDS,
    HAND,
    HEAD,
    INTERRUPTIONS,
    KEY,
    MEMBERS,
    MEMBERS_END,
    MIDNIGHT,
    MISSED,
    NEVER,
    OWN_TEAMS,
    OWN_TEAMS_END,
    RELEASED,
    RING,
    SEATS,
    SOONEST,
    STIRRED,
    TEAM,
    Line,
    World,
)


def engage(world: World, person: Line) -> None:
    """Take a cadre out of the ring of the idle."""
    world.cadres[person[BEFORE]][AFTER] = person[AFTER]
    world.cadres[person[AFTER]][BEFORE] = person[BEFORE]
    person[AFTER] = -1


def take_over(world: World, office: Line, now: int) -> tuple[int, int]:
    """Send the work of a victim back for the first queued row that has one; give him and the team of that row.

    Only the head of a queue needs a look: what stands behind it has no victim that the head has not. And only that of
    a stirred team: where nobody came in since the last look, every member is idle for want of work, which he takes
    first, or has work that the head may not interrupt.
    """
    teams = world.teams
    first, taker, victim = NEVER, -1, -1
    previous, number = -1, office[STIRRED]
    while number >= 0:
        team = teams[number]
        following = team[CHAIN]
        head, found = team[HEAD], -1
        if head < first:
            found = find_victim(world, office, team)
        if found >= 0:
            first, taker, victim = head, number, found
        if found >= 0 or first <= head < NEVER:
            previous = number
        else:
            team[CHAIN] = APART
            if previous < 0:
                office[STIRRED] = following
            else:
                teams[previous][CHAIN] = following
        number = following
    if victim >= 0:
        interrupt(world, office, victim, now)
    return victim, taker


def find_victim(world: World, office: Line, team: Line) -> int:
    """Find whom the first work of a team may interrupt; -1 if nobody."""
    cadres, lists, rank_bits, evening = world.cadres, world.lists, world.rules.rank_bits, office[MIDNIGHT] >= 0
    found, last = -1, NEVER - 1
    if world.rules.preemptive:
        last = (((team[HEAD] >> rank_bits) + 1) << rank_bits) - 1
    for place in range(team[MEMBERS], team[MEMBERS_END]):
        person = cadres[lists[place]]
        key = person[KEY]
        if evening and key >= 0 and person[BEGAN] < 0:
            key += NEVER
        if key > last:
            found, last = lists[place], key
    return found


def interrupt(world: World, office: Line, cadre: int, now: int) -> None:
    """Send the work in hand back to its place in the queue."""
    person = world.cadres[cadre]
    row = person[HAND]
    if person[BEGAN] >= 0:
        book(world, office, cadre, now)
    world.counts[INTERRUPTIONS][row] += 1
    enqueue(world, office, person[KEY], row)


def meet(world: World, office: Line, row: int, now: int) -> int:
    """Start an appointment with whom there is (rule 5); tell how many were interrupted for it."""
    cadres, lists = world.cadres, world.lists
    number, seats, crew, interrupted = world.rows[TEAM][row], world.rows[SEATS][row], 0, 0
    end = office[RING]
    cadre = cadres[end][AFTER]
    while cadre != end and crew < seats:
        following = cadres[cadre][AFTER]
        if is_member(world, cadre, number):
            engage(world, cadres[cadre])
            attend(world, office, cadre, row, now)
            crew += 1
        cadre = following
    while crew < seats:
        victim, last = -1, -1
        for place in range(world.teams[number][MEMBERS], world.teams[number][MEMBERS_END]):
            key = cadres[lists[place]][KEY]
            if key > last:
                victim, last = lists[place], key
        if victim < 0:
            break
        interrupt(world, office, victim, now)
        attend(world, office, victim, row, now)
        crew += 1
        interrupted += 1
    world.log[RELEASED][row] = now
    world.counts[MISSED][row] = seats - crew
    return interrupted


def is_member(world: World, cadre: int, number: int) -> bool:
    """Tell whether a cadre belongs to a team."""
    for place in range(world.cadres[cadre][OWN_TEAMS], world.cadres[cadre][OWN_TEAMS_END]):
        if world.lists[place] == number:
            return True
    return False


def attend(world: World, office: Line, cadre: int, row: int, now: int) -> None:
    """Seat a cadre in an appointment that starts now."""
    log, person = world.log, world.cadres[cadre]
    end = now + world.rows[EFFORT][row]
    person[HAND], person[KEY], person[BEGAN], person[ENDS] = row, -1, -1, end
    office[SOONEST] = min(end, office[SOONEST])
    if log[BEGUN][row] < 0 or cadre < log[BY][row]:
        log[BEGUN][row], log[BY][row] = now, cadre
    book_meeting(world, office, cadre, row)
