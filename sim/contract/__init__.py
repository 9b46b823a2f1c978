"""The contract between plan, engine and metrics: an engine turns a `Plan` into a `RunLog`.

An engine is a deterministic function of the plan. All times are integer seconds since 00:00 on 1 January of the
simulated year; -1 means "none". The rules are the same in every engine, to the second.

Work
    1. A row with `start >= 0` is an *appointment*: it begins at `start`, takes `effort` seconds of up to `seats`
       cadres of its team, is never interrupted, and may run outside working windows (that part is overtime).
       It has no predecessor and no patience, and its `release` is ignored.
    2. Every other row is *flexible* work: one cadre of the team works `effort` seconds on it inside working windows.
    3. A flexible row with a predecessor is released at max(`release`, the predecessor's finish) in the same unit. From
       another unit it is released at max(`release`, first regular opening of the receiving unit strictly after the
       predecessor's finish); any regular window's `opens` counts, also one that touches the window before, and without
       one it is never released. An appointment nobody attended counts as finished at its start. A row whose
       predecessor gave up or was itself cancelled is cancelled: never released.

One instant (all events of one second, then one dispatch)
    4. Phases: finishes; window changes; appointment starts by (rank, row); releases; give-ups; dispatch.
       A release caused by a finish of this instant belongs to this instant.
    5. Appointment start: take idle cadres of the team, longest idle first (`idle since`, cadre id); then cadres whose
       flexible work, running or held, is interruptible: largest rank first, then last in the discipline's order.
       Seats that stay empty are *missed*.
    6. Give-up: flexible work that has not begun by effective release + `patience` leaves the queue (before this
       instant's dispatch).
    7. The discipline's order of queued work: rank, then (`first_come`) effective release, row, or
       (`earliest_due`) due (none = last), effective release, row.
    8. Dispatch, inside a window only. Idle cadres, longest idle first, ties by cadre id, each take the first queued row
       whose team they belong to. Then, if `preemptive`: the first queued row that has a victim preempts it. Both steps
       repeat, idle cadres first (an idle cadre may be able to do the work sent back), until neither changes anything.
       A victim is a team member running interruptible work of a strictly larger rank: largest rank first, then last in
       order. Interrupted work goes back to its place in the queue; each time interrupted work is taken up again its
       remaining time grows by `switching_cost`. Any team member may take it up. Work taken up and interrupted within
       one instant has begun (`start` and `cadre` are set) and counts as interrupted.

Windows
    9. At a close, running flexible work is *held* by its cadre, and continues with that cadre at the next opening;
       this is no interruption. A cadre holding work is not idle.
    10. In an evening window only work with 0 <= due <= midnight at the end of that day is worked on. Held work that is
        due continues; other held work stays held. Dispatch considers only queued work that is due. After idle cadres
        have taken work, the first queued due row with a victim preempts it. Cadres holding interruptible work that is
        not due come first as victims (largest rank, last in order) whatever the rank and the `preemptive` setting;
        such work is interrupted.
    11. Idle since: the instant of the cadre's last finish (0 at the beginning). A cadre whose work is interrupted
        starts the preempting work in the same instant, so an interruption never makes a cadre idle.

Books
    12. Per cadre and week: worked seconds by category. The first and last `travel // 2` seconds of an appointment
        (the odd second goes to the first part) count as `TRAVEL_CATEGORY[category]` of its category. Worked seconds
        outside regular windows are overtime.
    13. Idle = regular window seconds - regular worked seconds; held work in a closed window takes no time.
        Conservation, checked in every run: worked - overtime + idle = available. A *gap* is a longest stretch of a
        cadre's idle seconds inside one regular window; it is *usable* if it lasts at least the cadre's `shortest_gap`.
        The books hold the seconds of usable gaps.
    14. Instants before `horizon` are processed, `horizon` itself is not: running work is booked up to the horizon and
        stays open.
    15. `events` counts, before the horizon: per unit the seconds at which a window opens or closes (a touching pair is
        one event), appointment starts, releases of flexible rows, finishes (one for the whole crew of an appointment;
        none for an appointment nobody attended) and give-ups. Spans are maximal: touching spans of one cadre and row
        are merged; none is empty.

Absences
    16. A cadre is *away* on the whole days of the cadre's absences. At the second an absence begins, with the window
        changes, the cadre hands back interruptible work in hand, which counts as interrupted; other work in hand stays
        held. While away the cadre takes up, attends and continues nothing, and the windows of these days count neither
        as available nor as idle. An appointment that has begun is attended to its end. At the second the absence ends
        the cadre is idle since that second, but behind those who became idle at that second by a finish, or continues
        the held work. At both seconds the unit is closed, and an appointment running at one of them ends before the
        unit opens next. Each second at which a cadre of the unit leaves or comes back is an event, like a window
        change.
"""
