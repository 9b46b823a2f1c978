"""The kernel: the rules of the contract on tables of integers, one unit at a time.

Small plans run it as plain Python on lists; for large plans `numba` compiles the same functions, and the tables are
arrays. There is no global event list: a unit runs alone from window to window, which is fast because its data lie close
together in memory. Units that send work to each other advance in turn from one regular opening to the next; a row sent
in between is released at a later opening (rule 3).
"""

from __future__ import annotations

from sim.engine.compiled.kernel_books import book
from sim.engine.compiled.kernel_circle import leave
from sim.engine.compiled.kernel_dispatch import find_victim, interrupt, meet, take_over
from sim.engine.compiled.kernel_links import hand_on, link
from sim.engine.compiled.kernel_queue import enqueue, pass_over, pull, push, ring_alarm, set_timer, stir
from sim.engine.compiled.kernel_tables import (
    AFTER,
    ALARM,
    ARRIVALS,
    ARRIVED,
    AWAY,
    BASE,
    BEFORE,
    BEGAN,
    BEGUN,
    BY,
    CATEGORY,
    CHANGE,
    CIRCLE,
    CLOSING,
    DAY_SLOT,
    ENDS,
    EVENTS,
    FINISHED,
    FIRST_ROW,
    FREE,
    GAVE_UP,
    HAND,
    HEAD,
    HEAP,
    HEIR,
    IDLE,
    INTERRUPTIBLE,
    KEY,
    LEFT,
    MANY,
    MEETING,
    MEETINGS_END,
    MIDNIGHT,
    NEXT_MEETING,
    NEXT_RELEASE,
    NONE,
    ORDER,
    OWN_TEAMS,
    OWN_TEAMS_END,
    PATIENCE,
    RELEASE,
    RELEASED,
    RELEASES_END,
    SECONDS_SLOT,
    SHORTEST,
    SIZE,
    SOME,
    START,
    STIRRED,
    TEAM,
    TIMERS,
    USABLE,
    WAITING,
    WEEK_SLOT,
    WHO,
    WORK,
    WORKED,
    Line,
    World,
)
from sim.engine.compiled.kernel_windows import change_window, settle


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

    The steps done for every row are written out here, because in plain Python a call takes as long as the step.
    """
    rows, log, cadres, teams, lists, rules = world.rows, world.log, world.cadres, world.teams, world.lists, world.rules
    heap, arrived, timers = world.heaps[HEAP], world.heaps[ARRIVED], world.heaps[TIMERS]
    release, team_of, order, patience = rows[RELEASE], rows[TEAM], rows[ORDER], rows[PATIENCE]
    interruptible, category = rows[INTERRUPTIBLE], rows[CATEGORY]
    begun, finished, released, by, left = log[BEGUN], log[FINISHED], log[RELEASED], log[BY], log[LEFT]
    worked, seconds, idle = log[WORKED], world.seconds, world.weeks[IDLE]
    usable, unit_usable, free, shortest = world.weeks[USABLE], world.unit_usable, cadres[FREE], cadres[SHORTEST]
    hand, keys, began, ends, after, before = (
        cadres[HAND],
        cadres[KEY],
        cadres[BEGAN],
        cadres[ENDS],
        cadres[AFTER],
        cadres[BEFORE],
    )
    week_slot, seconds_slot, away = cadres[WEEK_SLOT], cadres[SECONDS_SLOT], cadres[AWAY]
    own_teams, own_teams_end = cadres[OWN_TEAMS], cadres[OWN_TEAMS_END]
    heads, bases, sizes, who = teams[HEAD], teams[BASE], teams[SIZE], teams[WHO]
    bits, keep_spans, switching_cost, weakest = rules.bits, rules.keep_spans, rules.switching_cost, rules.weakest
    mask, linked, impatient = (1 << bits) - 1, len(world.links[HEIR]) > 0, rules.impatient
    never, no_key, first_row = rules.horizon, rules.no_key, office[FIRST_ROW]
    circle, work = office[CIRCLE], office[WORK]
    closing, midnight, waiting, arrivals = office[CLOSING], office[MIDNIGHT], office[WAITING], office[ARRIVALS]
    place, releases_end = office[NEXT_RELEASE], office[RELEASES_END]
    next_row, next_release = next_release_of(world, place, releases_end)
    change, meeting, alarm = office[CHANGE], office[MEETING], office[ALARM]
    seldom = min(change, meeting)
    dated = min(seldom, alarm, next_release)
    plain, powerless = midnight < 0 and not keep_spans, weakest if midnight < 0 else no_key
    while True:
        cadre = after[work]
        now = ends[cadre]
        finish = now <= dated
        if not finish:
            now = dated
        if now >= until:
            break
        fresh, grew = work, NONE

        while finish:
            row, since = hand[cadre], began[cadre]
            if since >= 0:
                if plain:
                    spent = now - since
                    worked[row] += spent
                    seconds[seconds_slot[cadre] + category[row]] += spent
                    idle[week_slot[cadre]] -= spent
                else:
                    book(world, office, cadre, now)
            keys[cadre] = began[cadre] = -1
            free[cadre] = now
            if away[cadre]:
                leave(world, cadre)
                ends[cadre] = never
            else:  # move the mark `work` past the cadre, who is now the last of the idle
                last, following = before[work], after[cadre]
                after[last] = before[work] = cadre
                before[cadre], after[cadre], ends[cadre] = last, work, -1
                after[work], before[following] = following, work
                if fresh == work:
                    fresh = cadre
            if since >= 0 or finished[row] < 0:
                finished[row] = now
                if linked:
                    hand_on(world, office, row, now)
                    alarm = office[ALARM]
                    dated = min(dated, alarm)
            cadre = after[work]
            finish = ends[cadre] == now

        if dated == now:
            if seldom == now:
                grew = MANY
                if change == now:
                    waiting += change_window(world, office, now, waiting)
                    change, closing, midnight = office[CHANGE], office[CLOSING], office[MIDNIGHT]
                    plain, powerless = midnight < 0 and not keep_spans, weakest if midnight < 0 else no_key
                while meeting == now:
                    waiting += start_meeting(world, office, now)
                    meeting = office[MEETING]
                seldom, alarm = min(change, meeting), office[ALARM]
            while next_release == now or alarm == now:
                if alarm > now or (next_release == now and next_row < first_row + (timers[first_row] & mask)):
                    row = next_row
                    place += 1
                    if place < releases_end:
                        next_row = lists[place]
                        next_release = release[next_row]
                    else:
                        next_release = never
                else:
                    row = ring_alarm(world, office)
                    alarm = office[ALARM]
                    if released[row] >= 0:
                        if begun[row] < 0:
                            give_up(world, office, row)
                            waiting -= 1
                        continue
                released[row] = now
                arrived[first_row + arrivals] = row
                key = order[row] + arrivals
                arrivals += 1
                waiting += 1
                number = team_of[row]
                if grew == NONE:
                    grew = number
                elif grew != number:
                    if grew >= 0:
                        stir(world, office, grew)
                    stir(world, office, number)
                    grew = MANY
                if midnight >= 0:
                    enqueue(world, office, key, row)
                else:
                    size = sizes[number]
                    sizes[number] = size + 1
                    if size == 0:
                        heap[bases[number]] = heads[number] = key
                    else:
                        push(heap, bases[number], size, key)
                        if key < heads[number]:
                            heads[number] = key
                if impatient and patience[row] >= 0:
                    set_timer(world, office, now + patience[row], row)
                    alarm = office[ALARM]
            dated = next_release if next_release < alarm else alarm
            if seldom < dated:
                dated = seldom

        if waiting == 0 or closing < 0:
            continue
        # If no queue grew, only cadres who became idle in this instant can find work; if one queue grew, only its team.
        cadre, only = fresh, NONE
        if grew != NONE:
            cadre = after[circle]
            if grew >= 0 and fresh == work:
                only = grew
                if who[only] >= 0:
                    cadre = who[only] if ends[who[only]] < 0 else work
            elif grew >= 0:
                stir(world, office, grew)
        while True:
            if cadre != work:
                following = after[cadre]
                if only >= 0 and who[only] != SOME:  # the cadre is a member, and no other queue has work for the cadre
                    number, key = only, heads[only]
                else:
                    key, own, last = no_key, own_teams[cadre], own_teams_end[cadre]
                    while own < last:
                        head = heads[lists[own]]
                        if head < key:
                            key = head
                            number = lists[own]
                        own += 1
                if key == no_key:
                    cadre = following
                    continue
                last = before[cadre]
                after[last], before[following] = following, last
                waiting -= 1
            elif only >= 0 and heads[only] < powerless:
                cadre, number = find_victim(world, office, only), only
                if cadre < 0:
                    break
                interrupt(world, office, cadre, now)
                stir(world, office, number)
                only, following, key = NONE, after[circle], heads[number]
            elif office[STIRRED] < 0:
                break
            else:
                only = NONE
                cadre, number = take_over(world, office, now)
                if cadre < 0:
                    break
                following, key = after[circle], heads[number]
            row = arrived[first_row + (key & mask)]
            size = sizes[number] - 1
            sizes[number], heads[number] = size, no_key
            if size > 0:
                base = bases[number]
                pull(heap, base, size)
                heads[number] = heap[base]
                if impatient:
                    pass_over(world, office, number)
            if begun[row] < 0:
                begun[row] = now
            else:
                left[row] += switching_cost
            gap = now - free[cadre]
            if gap >= shortest[cadre] and midnight < 0:
                usable[week_slot[cadre]] += gap
                unit_usable[office[DAY_SLOT]] += gap
            by[row] = cadre
            hand[cadre], began[cadre] = row, now
            keys[cadre] = key if interruptible[row] else -1
            end = now + left[row]
            if end > closing:
                ends[cadre], after[cadre] = never, -1
            else:  # insert into the busy cadres, by finish time, then cadre
                last = before[circle]
                while ends[last] > end:
                    last = before[last]
                while ends[last] == end and last > cadre:
                    last = before[last]
                behind = after[last]
                ends[cadre], before[cadre], after[cadre] = end, last, behind
                after[last] = before[behind] = cadre
            if waiting == 0:
                break
            cadre = following
            if only >= 0 and (who[only] >= 0 or heads[only] == no_key):
                cadre = work
    office[WAITING], office[ARRIVALS], office[NEXT_RELEASE] = waiting, arrivals, place


def next_release_of(world: World, place: int, end: int) -> tuple[int, int]:
    """Return the row at `place` of the dated releases and its release; -1 and the horizon if there is none."""
    if place == end:
        return -1, world.rules.horizon
    return world.lists[place], world.rows[RELEASE][world.lists[place]]


def next_meeting_of(world: World, office: Line) -> int:
    """Return the start of the unit's next appointment; the horizon if there is none."""
    place = office[NEXT_MEETING]
    return world.rows[START][world.lists[place]] if place < office[MEETINGS_END] else world.rules.horizon


def start_meeting(world: World, office: Line, now: int) -> int:
    """Start the unit's next appointment; return the number of rows it sent back to the queue."""
    row = world.lists[office[NEXT_MEETING]]
    office[NEXT_MEETING] += 1
    office[MEETING] = next_meeting_of(world, office)
    office[EVENTS] += 1
    interrupted = meet(world, office, row, now)
    if world.log[BEGUN][row] < 0 and len(world.links[HEIR]) > 0:
        hand_on(world, office, row, now)
    return interrupted


def give_up(world: World, office: Line, row: int) -> None:
    """Mark a row that has not begun as given up (rule 6). It stays inside the heap until it reaches the head."""
    world.counts[GAVE_UP][row] = 1
    office[EVENTS] += 1
    pass_over(world, office, world.rows[TEAM][row])
