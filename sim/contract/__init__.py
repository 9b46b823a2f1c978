"""The contract between plan, engine and metrics: `Plan` in, `RunLog` out.

An engine is a deterministic function of the plan. All times are integer seconds since 00:00 on
1 January of the simulated year; -1 means "none". The rules are the same in every engine, to the second.

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
       What is missing to `seats` is *missed*.
    6. Give-up: flexible work never started by effective release + `patience` leaves (before this instant's dispatch).
    7. The discipline's order of queued work: rank, then (`first_come`) effective release, row, or
       (`earliest_due`) due (none = last), effective release, row.
    8. Dispatch, inside a window only. Idle cadres, longest idle first, ties by cadre id, each take the first queued row
       whose team they belong to. Then, if `preemptive`: the first queued row that has a victim takes it. Both again,
       idle cadres first (the work sent back may suit one), until neither happens. A victim is a team member running
       interruptible work of a strictly larger rank: largest rank first, then last in order. Interrupted work goes back
       to its place in the queue; each time interrupted work is taken up again its remaining time grows by
       `switching_cost`. Any team member may take it up. Work taken up and interrupted within one instant has begun
       (`start`, `cadre`) and was interrupted.

Windows
    9. At a close, running flexible work is *held* by its cadre, and goes on with that cadre at the next opening; this
       is no interruption. A cadre holding work is not idle.
    10. In an evening window only work with 0 <= due <= midnight at the end of that day is worked on. Held work that is
        due goes on; other held work stays held. Dispatch sees only queued work that is due. After idle cadres have
        taken theirs, the first queued due row with a victim takes it, where cadres holding interruptible work that is
        not due come first as victims (largest rank, last in order) whatever the rank and the `preemptive` setting;
        such work is interrupted.
    11. Idle since: the instant of the cadre's last finish (0 at the beginning). A cadre whose work is interrupted is
        taken at once by what interrupted, so never becomes idle by it.

Books
    12. Per cadre and week: worked seconds by category. The first and last `travel // 2` seconds of an appointment
        (the odd second goes to the first part) count as `TRAVEL_CATEGORY`. Worked seconds outside regular windows are
        overtime.
    13. Idle = regular window seconds - regular worked seconds; held work in a closed window costs nothing.
        Conservation, checked in every run: worked - overtime + idle = available.
    14. Instants before `horizon` are processed, `horizon` itself is not: running work is booked to there and stays
        open.
    15. `events` counts, before the horizon: per unit the seconds at which a window opens or closes (a touching pair is
        one), appointment starts, releases of flexible rows, finishes (an appointment's crew is one; nobody, none) and
        give-ups. Spans are as long as can be: touching ones of one cadre and row are one; none is empty.

Absences
    16. A cadre is *away* on the whole days of his absences. At the second an absence begins, with the window changes,
        he hands back the interruptible work he holds, which counts as interrupted; other work waits in his hand. Away
        he takes up nothing, attends nothing and goes on with nothing, and no window is his: it is neither available
        nor idle. An appointment he is in he sees through. At the second the absence ends he is idle, since then but
        behind those who became idle at that second by a finish, or goes on with what he kept. At both seconds his unit
        is closed, and an appointment that runs then ends before the unit opens next. Each second at which somebody of
        the unit leaves or comes back is an event, as a window change is.
"""
