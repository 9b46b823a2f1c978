"""The kernel: the contract's rules over tables of integers, one unit at a time.

It is plain Python on lists for small work. For large work `numba` compiles the very same functions, and the tables are
arrays. It keeps no list of all events: a unit runs alone from window to window, which is fast because all it needs
lies close together. Units that send work to each other are advanced in turn from one regular opening to the next, and
what finishes in between arrives at an opening after it (rule 3).
"""

from __future__ import annotations

from sim.engine.kernel_books import book
from sim.engine.kernel_dispatch import meet, take_over
from sim.engine.kernel_links import hand_on, link
from sim.engine.kernel_queue import enqueue, pass_over, pull, push, ring_alarm, set_timer
from sim.engine.kernel_tables import (
    AFTER,
    ALARM,
    ALONE,
    APART,
    ARRIVALS,
    ARRIVED,
    AWAY,
    BASE,
    BEFORE,
    BEGAN,
    BEGUN,
    BY,
    CADRES_END,
    CATEGORY,
    CHAIN,
    CHANGE,
    CLOSING,
    DAY_SLOT,
    ENDS,
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
    ORDER,
    OWN_TEAMS,
    OWN_TEAMS_END,
    PATIENCE,
    RELEASE,
    RELEASED,
    RELEASES_END,
    RING,
    SECONDS_SLOT,
    SIZE,
    SOONEST,
    START,
    STIRRED,
    TEAM,
    TIMERS,
    WAITING,
    WEEK_SLOT,
    WORKED,
    Line,
    World,
)
from sim.engine.kernel_windows import change_window, settle


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


def advance(world: World, office: Line, until: int) -> None:
    """Process every instant of a unit before `until` (rule 4).

    What happens to every row stands here in full, because in plain Python a call costs as much as the work.
    """
    rows, log, cadres, teams, lists, rules = world.rows, world.log, world.cadres, world.teams, world.lists, world.rules
    heap, arrived, timers = world.heaps[HEAP], world.heaps[ARRIVED], world.heaps[TIMERS]
    release, team_of, order, patience = rows[RELEASE], rows[TEAM], rows[ORDER], rows[PATIENCE]
    interruptible, category = rows[INTERRUPTIBLE], rows[CATEGORY]
    begun, finished, released, by, left = log[BEGUN], log[FINISHED], log[RELEASED], log[BY], log[LEFT]
    worked, seconds, idle, unit_idle = log[WORKED], world.seconds, world.weeks[IDLE], world.unit_idle
    bits, keep_spans, switching_cost, weakest = rules.bits, rules.keep_spans, rules.switching_cost, rules.weakest
    mask, linked, impatient = (1 << bits) - 1, len(world.links[HEIR]) > 0, rules.impatient
    first_row, staff = office[FIRST_ROW], range(office[FIRST_CADRE], office[CADRES_END])
    ring, end = office[RING], cadres[office[RING]]
    closing, midnight, waiting, arrivals = office[CLOSING], office[MIDNIGHT], office[WAITING], office[ARRIVALS]
    place, releases_end, events = office[NEXT_RELEASE], office[RELEASES_END], 0
    next_release = release[lists[place]] if place < releases_end else NEVER
    change, meeting, alarm = office[CHANGE], office[MEETING], office[ALARM]
    dated = min(change, meeting, alarm, next_release)
    while True:
        now = office[SOONEST]
        if dated < now:
            now = dated
        if now >= until:
            break
        fresh = ring

        if office[SOONEST] == now:
            soonest = NEVER
            for cadre in staff:
                person = cadres[cadre]
                ends = person[ENDS]
                if ends == now:
                    row, began = person[HAND], person[BEGAN]
                    if began >= 0:
                        if keep_spans or midnight >= 0:
                            book(world, office, cadre, now)
                        else:
                            spent = now - began
                            worked[row] += spent
                            seconds[person[SECONDS_SLOT] + category[row]] += spent
                            idle[person[WEEK_SLOT]] -= spent
                            unit_idle[office[DAY_SLOT]] -= spent
                        person[BEGAN] = -1
                    person[KEY], person[ENDS] = -1, NEVER
                    if not person[AWAY]:
                        last = end[BEFORE]
                        cadres[last][AFTER] = end[BEFORE] = cadre
                        person[BEFORE], person[AFTER] = last, ring
                        if fresh == ring:
                            fresh = cadre
                    if finished[row] < 0:
                        finished[row] = now
                        events += 1
                        if linked:
                            hand_on(world, office, row, now)
                            alarm = office[ALARM]
                            dated = min(dated, alarm)
                elif ends < soonest:
                    soonest = ends
            office[SOONEST] = soonest

        if dated == now:
            if change == now:
                waiting += change_window(world, office, now, waiting)
                change, closing, midnight = office[CHANGE], office[CLOSING], office[MIDNIGHT]
            while meeting == now:
                waiting += start_meeting(world, office, now)
                meeting, alarm, fresh = office[MEETING], office[ALARM], -1
            while next_release == now or alarm == now:
                if alarm > now or (next_release == now and lists[place] < first_row + (timers[first_row] & mask)):
                    row = lists[place]
                    place += 1
                    next_release = release[lists[place]] if place < releases_end else NEVER
                else:
                    row = ring_alarm(world, office)
                    alarm = office[ALARM]
                    if released[row] >= 0:
                        if begun[row] < 0:
                            give_up(world, office, row)
                            waiting -= 1
                            events += 1
                        continue
                released[row] = now
                arrived[first_row + arrivals] = row
                key = (order[row] << bits) | arrivals
                arrivals += 1
                waiting += 1
                if midnight >= 0:
                    enqueue(world, office, key, row)
                else:
                    number = team_of[row]
                    team = teams[number]
                    size = team[SIZE]
                    team[SIZE] = size + 1
                    if size == 0:
                        heap[team[BASE]] = team[HEAD] = key
                    else:
                        push(heap, team[BASE], size, key)
                        if key < team[HEAD]:
                            team[HEAD] = key
                    if team[CHAIN] == APART:
                        team[CHAIN] = office[STIRRED]
                        office[STIRRED] = number
                if impatient and patience[row] >= 0:
                    set_timer(world, office, now + patience[row], row)
                    alarm = office[ALARM]
            dated = next_release if next_release < alarm else alarm
            if change < dated:
                dated = change
            if meeting < dated:
                dated = meeting

        if closing < 0 or waiting == 0:
            continue
        # Where no queue grew, only who became idle just now may find work; where one did, only a member of its team.
        cadre, only = fresh, office[STIRRED]
        if only >= 0 or fresh < 0:
            cadre = end[AFTER]
            if fresh != ring or teams[only][CHAIN] >= 0:
                only = -1
            elif teams[only][ALONE] >= 0:
                cadre = teams[only][ALONE]
                if cadres[cadre][AFTER] < 0:
                    cadre = ring
        while waiting > 0:
            if cadre != ring:
                person = cadres[cadre]
                following = person[AFTER]
                key = NEVER
                for own in range(person[OWN_TEAMS], person[OWN_TEAMS_END]):
                    head = teams[lists[own]][HEAD]
                    if head < key:
                        key = head
                        number = lists[own]
                if key == NEVER:
                    cadre = following
                    continue
                before = person[BEFORE]
                cadres[before][AFTER] = following
                cadres[following][BEFORE] = before
                person[AFTER] = -1
                team = teams[number]
                waiting -= 1
            elif office[STIRRED] < 0:
                break
            elif only >= 0 and teams[only][HEAD] >= weakest and midnight < 0:
                teams[only][CHAIN], office[STIRRED] = APART, -1
                break
            else:
                only = -1
                cadre, number = take_over(world, office, now)
                if cadre < 0:
                    break
                person, team, following = cadres[cadre], teams[number], end[AFTER]
                key = team[HEAD]
            row = arrived[first_row + (key & mask)]
            size = team[SIZE] - 1
            team[SIZE], team[HEAD] = size, NEVER
            if size > 0:
                base = team[BASE]
                pull(heap, base, size)
                team[HEAD] = heap[base]
                if impatient:
                    pass_over(world, office, team)
            if begun[row] < 0:
                begun[row] = now
            else:
                left[row] += switching_cost
            by[row] = cadre
            person[HAND], person[BEGAN] = row, now
            person[KEY] = key if interruptible[row] else -1
            ends = now + left[row]
            if ends > closing:
                ends = NEVER
            person[ENDS] = ends
            if ends < office[SOONEST]:
                office[SOONEST] = ends
            cadre = following
            if only >= 0 and team[HEAD] == NEVER:
                cadre, team[CHAIN], office[STIRRED] = ring, APART, -1
    office[WAITING], office[ARRIVALS], office[NEXT_RELEASE] = waiting, arrivals, place
    office[EVENTS] += events


def next_meeting_of(world: World, office: Line) -> int:
    """Find when an appointment starts next."""
    place = office[NEXT_MEETING]
    return world.rows[START][world.lists[place]] if place < office[MEETINGS_END] else NEVER


def start_meeting(world: World, office: Line, now: int) -> int:
    """Start the next appointment of the agenda; tell how many cadres were interrupted for it."""
    row = world.lists[office[NEXT_MEETING]]
    office[NEXT_MEETING] += 1
    office[MEETING] = next_meeting_of(world, office)
    office[EVENTS] += 1
    interrupted = meet(world, office, row, now)
    if world.log[BEGUN][row] < 0 and len(world.links[HEIR]) > 0:
        hand_on(world, office, row, now)
    return interrupted


def give_up(world: World, office: Line, row: int) -> None:
    """Let a row nobody began leave (rule 6); inside the queue it stays, and is passed over."""
    world.counts[GAVE_UP][row] = 1
    pass_over(world, office, world.teams[world.rows[TEAM][row]])
