"""Binary heaps in an array of integers: the queues of teams and the timers of units.

A key is a place in the discipline's order (rule 7): order << bits | arrival number. Arrival numbers follow effective
release and row, so the smaller key is served first and no two keys are equal.
"""

from __future__ import annotations

from sim.engine.compiled.kernel_tables import (
    ALARM,
    ALARMS,
    APART,
    ARRIVED,
    BASE,
    CHAIN,
    DUE,
    FIRST_ROW,
    GAVE_UP,
    HEAD,
    HEAP,
    MIDNIGHT,
    REST,
    RESTING,
    SIZE,
    STIRRED,
    TEAM,
    TIMERS,
    Line,
    World,
)


def push(heap: Line, base: int, size: int, key: int) -> None:
    """Insert a key into a heap that has `size` entries."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        above = heap[base + parent]
        if above <= key:
            break
        heap[base + place] = above
        place = parent
    heap[base + place] = key


def pull(heap: Line, base: int, size: int) -> None:
    """Remove the smallest key from a heap; `size` entries are left."""
    key = heap[base + size]
    place, child = 0, 1
    while child < size:
        below = heap[base + child]
        if child + 1 < size and heap[base + child + 1] < below:
            child += 1
            below = heap[base + child]
        if below >= key:
            break
        heap[base + place] = below
        place = child
        child = 2 * place + 1
    heap[base + place] = key


def row_of(world: World, office: Line, key: int) -> int:
    """Return the row of a key."""
    return world.heaps[ARRIVED][office[FIRST_ROW] + (key & ((1 << world.rules.bits) - 1))]


def is_on(world: World, office: Line, row: int) -> bool:
    """Return whether a row may be worked on now: always in regular hours, only if due in an evening (rule 10)."""
    return office[MIDNIGHT] < 0 or 0 <= world.rows[DUE][row] <= office[MIDNIGHT]


def enqueue(world: World, office: Line, key: int, row: int) -> None:
    """Insert a row at its place in its team's queue; in an evening, a row that is not due is set aside."""
    teams, number = world.teams, world.rows[TEAM][row]
    base = teams[BASE][number]
    if office[MIDNIGHT] >= 0 and not is_on(world, office, row):
        world.heaps[REST][base + teams[RESTING][number]] = key
        teams[RESTING][number] += 1
        return
    push(world.heaps[HEAP], base, teams[SIZE][number], key)
    teams[SIZE][number] += 1
    if key < teams[HEAD][number]:
        teams[HEAD][number] = key
    stir(world, office, number)


def stir(world: World, office: Line, number: int) -> None:
    """Add a team whose queue grew to the chain of teams to be searched for victims."""
    chain = world.teams[CHAIN]
    if chain[number] == APART:
        chain[number] = office[STIRRED]
        office[STIRRED] = number


def pass_over(world: World, office: Line, number: int) -> None:
    """Remove rows that gave up from the head of a team's queue; rows further back stay."""
    teams, heap, gave_up = world.teams, world.heaps[HEAP], world.counts[GAVE_UP]
    base, size = teams[BASE][number], teams[SIZE][number]
    while size > 0 and gave_up[row_of(world, office, heap[base])]:
        size -= 1
        pull(heap, base, size)
    teams[SIZE][number], teams[HEAD][number] = size, heap[base] if size > 0 else world.rules.no_key


def sort_out(world: World, office: Line, number: int) -> None:
    """Rebuild a team's heap for the window that opens: all rows, in an evening the due rows only (rule 10)."""
    heap, rest, gave_up, teams = world.heaps[HEAP], world.heaps[REST], world.counts[GAVE_UP], world.teams
    base, size = teams[BASE][number], teams[SIZE][number]
    for place in range(base, base + teams[RESTING][number]):
        key = rest[place]
        if not gave_up[row_of(world, office, key)]:
            push(heap, base, size, key)
            size += 1
    resting = 0
    if office[MIDNIGHT] >= 0:
        queued = size
        size = 0
        for place in range(base, base + queued):
            key = heap[place]
            row = row_of(world, office, key)
            if gave_up[row]:
                continue
            if is_on(world, office, row):
                push(heap, base, size, key)
                size += 1
            else:
                rest[base + resting] = key
                resting += 1
    teams[SIZE][number], teams[RESTING][number] = size, resting
    teams[HEAD][number] = heap[base] if size > 0 else world.rules.no_key
    if size > 0:
        stir(world, office, number)


def set_timer(world: World, office: Line, instant: int, row: int) -> None:
    """Schedule a row's release or give-up, unless it lies at or after the horizon."""
    if instant >= world.rules.horizon:
        return
    entry = (instant << world.rules.bits) | (row - office[FIRST_ROW])
    push(world.heaps[TIMERS], office[FIRST_ROW], office[ALARMS], entry)
    office[ALARMS] += 1
    office[ALARM] = min(office[ALARM], instant)


def ring_alarm(world: World, office: Line) -> int:
    """Remove the first timer of a unit and return its row."""
    heap, bits, base, size = world.heaps[TIMERS], world.rules.bits, office[FIRST_ROW], office[ALARMS] - 1
    row = base + (heap[base] & ((1 << bits) - 1))
    pull(heap, base, size)
    office[ALARMS] = size
    office[ALARM] = heap[base] >> bits if size > 0 else world.rules.horizon
    return row
