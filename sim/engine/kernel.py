"""The kernel: the contract's rules over tables of integers, one unit at a time.

It is plain Python on lists for small work. For large work `numba` compiles the very same functions, and the tables are
arrays. It keeps no list of all events: a unit runs alone from window to window, which is fast because all it needs
lies close together. Units that work passes between are advanced in turn from one regular opening to the next, and what
finishes in between arrives at an opening after it (rule 3).
"""

from __future__ import annotations

from sim.engine.contract import DAY as DAY_SECONDS
from sim.engine.kernel_books import book
from sim.engine.kernel_dispatch import go_on, meet, take_over
from sim.engine.kernel_queue import drop_head, enqueue, push, ring_alarm, row_of, set_timer, sort_out
from sim.engine.kernel_tables import (
    AFTER,
    ALARM,
    ALARMS,
    ALL_TEAMS,
    ALL_TEAMS_END,
    APART,
    ARRIVALS,
    ARRIVED,
    BASE,
    BEFORE,
    BEGAN,
    BEGUN,
    BY,
    CADRES_END,
    CATEGORY,
    CHAIN,
    CHANGE,
    CLOSES,
    CLOSING,
    DAY_SLOT,
    ENDS,
    EVENING,
    EVENTS,
    FINISHED,
    FIRST_CADRE,
    FIRST_ROW,
    GAVE_UP,
    HAND,
    HEAD,
    HEAP,
    HEIR,
    IDLE,
    INTERRUPTIBLE,
    KEY,
    LEFT,
    MEETING,
    MEETINGS_END,
    MIDNIGHT,
    NEVER,
    NEXT_MEETING,
    NEXT_RELEASE,
    NUMBER,
    OPENINGS,
    OPENINGS_END,
    OPENS,
    ORDER,
    OWN_TEAMS,
    OWN_TEAMS_END,
    PATIENCE,
    PREDECESSOR,
    RELEASE,
    RELEASED,
    RELEASES_END,
    RING,
    SECONDS_SLOT,
    SIBLING,
    SIZE,
    SOONEST,
    START,
    STIRRED,
    TEAM,
    TIMERS,
    UNIT,
    WAITING,
    WEEK_SLOT,
    WINDOW,
    WINDOWS_END,
    WORKED,
    Line,
    World,
)


def run(world: World) -> None:
    """Run every unit to the horizon."""
    link(world)
    units, lists = world.units, world.lists
    for first, last in world.groups:
        if last - first > 1:
            for opening in world.rounds:
                for place in range(first, last):
                    advance(world, units[lists[place]], opening)
        for place in range(first, last):
            advance(world, units[lists[place]], world.rules.horizon)
            settle(world, units[lists[place]], world.rules.horizon)


def link(world: World) -> None:
    """Tell each row which rows follow it."""
    predecessor, heir, sibling = world.rows[PREDECESSOR], world.links[HEIR], world.links[SIBLING]
    for row in range(len(heir) - 1, -1, -1):
        before = predecessor[row]
        if before >= 0:
            sibling[row] = heir[before]
            heir[before] = row


def advance(world: World, office: Line, until: int) -> None:
    """Process every instant of a unit before `until` (rule 4).

    What happens to every row stands here in full, because in plain Python a call costs as much as the work.
    """
    rows, log, heaps, cadres, teams, lists, rules = (
        world.rows,
        world.log,
        world.heaps,
        world.cadres,
        world.teams,
        world.lists,
        world.rules,
    )
    heap, arrived = heaps[HEAP], heaps[ARRIVED]
    team_of, order, patience = rows[TEAM], rows[ORDER], rows[PATIENCE]
    interruptible, category = rows[INTERRUPTIBLE], rows[CATEGORY]
    begun, finished, released, by, left = log[BEGUN], log[FINISHED], log[RELEASED], log[BY], log[LEFT]
    worked = log[WORKED]
    seconds, idle, unit_idle = world.seconds, world.weeks[IDLE], world.unit_idle
    bits, switching_cost, keep_spans = rules.bits, rules.switching_cost, rules.keep_spans
    mask, linked = (1 << bits) - 1, len(world.links[HEIR]) > 0
    first_row, first_cadre, cadres_end = office[FIRST_ROW], office[FIRST_CADRE], office[CADRES_END]
    ring, end = office[RING], cadres[office[RING]]
    next_release = next_release_of(world, office)
    while True:
        now = office[SOONEST]
        if office[ALARM] < now:
            now = office[ALARM]
        if office[CHANGE] < now:
            now = office[CHANGE]
        if office[MEETING] < now:
            now = office[MEETING]
        if next_release < now:
            now = next_release
        if now >= until:
            return

        if office[SOONEST] == now:
            soonest = NEVER
            for cadre in range(first_cadre, cadres_end):
                person = cadres[cadre]
                ends = person[ENDS]
                if ends == now:
                    row, began = person[HAND], person[BEGAN]
                    if began >= 0:
                        if keep_spans or office[MIDNIGHT] >= 0:
                            book(world, office, cadre, now)
                        else:
                            spent = now - began
                            worked[row] += spent
                            seconds[person[SECONDS_SLOT] + category[row]] += spent
                            idle[person[WEEK_SLOT]] -= spent
                            unit_idle[office[DAY_SLOT]] -= spent
                        person[BEGAN] = -1
                    person[HAND], person[KEY], person[ENDS] = -1, -1, NEVER
                    last = end[BEFORE]
                    cadres[last][AFTER] = end[BEFORE] = cadre
                    person[BEFORE], person[AFTER] = last, ring
                    if finished[row] < 0:
                        finished[row] = now
                        office[EVENTS] += 1
                        if linked:
                            hand_on(world, office, row, now)
                elif ends < soonest:
                    soonest = ends
            office[SOONEST] = soonest
        if office[CHANGE] == now:
            change_window(world, office, now)
        while office[MEETING] == now:
            start_meeting(world, office, now)
        while next_release == now or office[ALARM] == now:
            if office[ALARM] > now or (next_release == now and is_ahead(world, office)):
                row = lists[office[NEXT_RELEASE]]
                office[NEXT_RELEASE] += 1
                next_release = next_release_of(world, office)
            else:
                row = ring_alarm(world, office)
                if released[row] >= 0:
                    if begun[row] < 0:
                        give_up(world, office, row)
                    continue
            number = office[ARRIVALS]
            office[ARRIVALS] = number + 1
            office[WAITING] += 1
            arrived[first_row + number] = row
            released[row] = now
            key = (order[row] << bits) | number
            if office[MIDNIGHT] < 0:
                number = team_of[row]
                team = teams[number]
                size = team[SIZE]
                if size > 0:
                    push(heap, team[BASE], size, key)
                else:
                    heap[team[BASE]] = key
                team[SIZE] = size + 1
                if key < team[HEAD]:
                    team[HEAD] = key
                if team[CHAIN] == APART:
                    team[CHAIN] = office[STIRRED]
                    office[STIRRED] = number
            else:
                enqueue(world, office, key, row)
            if patience[row] >= 0:
                set_timer(world, office, now + patience[row], row)

        if office[CLOSING] < 0:
            continue
        cadre = end[AFTER]
        while office[WAITING] > 0:
            if cadre != ring:
                person = cadres[cadre]
                following = person[AFTER]
                key = NEVER
                for place in range(person[OWN_TEAMS], person[OWN_TEAMS_END]):
                    head = teams[lists[place]][HEAD]
                    if head < key:
                        key = head
                        number = lists[place]
                if key == NEVER:
                    cadre = following
                    continue
                before = person[BEFORE]
                cadres[before][AFTER] = following
                cadres[following][BEFORE] = before
                team = teams[number]
            else:
                cadre, number = take_over(world, office, now)
                if cadre < 0:
                    break
                person, team, following = cadres[cadre], teams[number], end[AFTER]
                key = team[HEAD]
            row = arrived[first_row + (key & mask)]
            if team[SIZE] == 1:
                team[SIZE], team[HEAD] = 0, NEVER
            else:
                drop_head(world, office, team)
            office[WAITING] -= 1
            if begun[row] < 0:
                begun[row] = now
            else:
                left[row] += switching_cost
            by[row] = cadre
            person[HAND], person[BEGAN], person[ENDS] = row, now, NEVER
            person[KEY] = key if interruptible[row] else -1
            ends = now + left[row]
            if ends <= office[CLOSING]:
                person[ENDS] = ends
                if ends < office[SOONEST]:
                    office[SOONEST] = ends
            cadre = following


def next_release_of(world: World, office: Line) -> int:
    """Find when the plan itself releases work next."""
    place = office[NEXT_RELEASE]
    return world.rows[RELEASE][world.lists[place]] if place < office[RELEASES_END] else NEVER


def next_meeting_of(world: World, office: Line) -> int:
    """Find when an appointment starts next."""
    place = office[NEXT_MEETING]
    return world.rows[START][world.lists[place]] if place < office[MEETINGS_END] else NEVER


def hand_on(world: World, office: Line, row: int, now: int) -> None:
    """Set the release of what follows a row: at once here, at the next regular opening elsewhere (rule 3)."""
    follower = world.links[HEIR][row]
    while follower >= 0:
        receiver = world.units[world.rows[UNIT][follower]]
        instant = now if receiver[NUMBER] == office[NUMBER] else opening_after(world, receiver, now)
        set_timer(world, receiver, max(instant, world.rows[RELEASE][follower]), follower)
        follower = world.links[SIBLING][follower]


def opening_after(world: World, office: Line, now: int) -> int:
    """Find the first regular opening of a unit after now."""
    low, high = office[OPENINGS], office[OPENINGS_END]
    while low < high:
        middle = (low + high) // 2
        if world.lists[middle] > now:
            high = middle
        else:
            low = middle + 1
    return world.lists[low] if low < office[OPENINGS_END] else NEVER


def change_window(world: World, office: Line, now: int) -> None:
    """Close, open, or both at once (rules 9 and 10)."""
    windows, cadres, rules, window = world.windows, world.cadres, world.rules, office[WINDOW]
    settle(world, office, now)
    opening = window < office[WINDOWS_END] and windows[OPENS][window] == now
    office[CLOSING], office[MIDNIGHT] = -1, -1
    if opening:
        window += 1
        day = now // DAY_SECONDS
        office[CLOSING] = windows[CLOSES][window - 1]
        if windows[EVENING][window - 1]:
            office[MIDNIGHT] = (day + 1) * DAY_SECONDS
        office[DAY_SLOT] = office[NUMBER] * rules.days + day
        for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
            slot = cadre * rules.weeks + (day + rules.first_weekday) // 7
            cadres[cadre][WEEK_SLOT], cadres[cadre][SECONDS_SLOT] = slot, slot * rules.categories
        office[WINDOW] = window
    office[CHANGE] = NEVER
    if opening:
        office[CHANGE] = office[CLOSING]
    elif window < office[WINDOWS_END]:
        office[CHANGE] = windows[OPENS][window]
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        row = cadres[cadre][HAND]
        if row >= 0 and world.rows[START][row] < 0:
            go_on(world, office, cadre, now)
    if opening:
        for place in range(office[ALL_TEAMS], office[ALL_TEAMS_END]):
            sort_out(world, office, world.lists[place])
    office[EVENTS] += 1


def settle(world: World, office: Line, now: int) -> None:
    """Book all flexible work that runs, up to now."""
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        if world.cadres[cadre][BEGAN] >= 0:
            book(world, office, cadre, now)


def start_meeting(world: World, office: Line, now: int) -> None:
    """Start the next appointment of the agenda."""
    row = world.lists[office[NEXT_MEETING]]
    office[NEXT_MEETING] += 1
    office[MEETING] = next_meeting_of(world, office)
    office[EVENTS] += 1
    if meet(world, office, row, now) == 0 and len(world.links[HEIR]) > 0:
        hand_on(world, office, row, now)


def is_ahead(world: World, office: Line) -> bool:
    """Tell whether the next row released by date has a smaller number than the row of the next timer."""
    number = world.heaps[TIMERS][office[ALARMS]] & ((1 << world.rules.bits) - 1)
    return world.lists[office[NEXT_RELEASE]] < office[FIRST_ROW] + number


def give_up(world: World, office: Line, row: int) -> None:
    """Let a row nobody began leave (rule 6); inside the queue it stays, and is passed over."""
    team = world.teams[world.rows[TEAM][row]]
    world.log[GAVE_UP][row] = 1
    office[WAITING] -= 1
    office[EVENTS] += 1
    if team[SIZE] > 0 and row_of(world, office, team[HEAD]) == row:
        drop_head(world, office, team)
