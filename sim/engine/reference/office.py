"""One unit at work: its cadres, queues and clock, on a SimPy environment of its own.

The phases of an instant (rule 4) are SimPy priorities, so SimPy keeps their order. Every event is a `Happening`: it is
scheduled once and calls one method of the office.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.engine.reference.clock import APPOINTMENT, CHANGE, FINISH, GIVE_UP, RELEASE, Clock
from sim.engine.reference.team import Cadre, Team

if TYPE_CHECKING:
    from sim.contract.plan import Plan
    from sim.engine.reference.clock import Happening
    from sim.engine.reference.record import Record, Rows
    from sim.engine.reference.team import Key


class Office:
    """The simulation of one unit."""

    def __init__(self, plan: Plan, unit: int, rows: Rows, record: Record) -> None:
        self.rows, self.record = rows, record
        self.earliest_due = plan.discipline == "earliest_due"
        self.preemptive = plan.preemptive
        self.switching_cost = plan.switching_cost
        self.horizon = plan.horizon
        self.unit = unit
        self.clock = Clock(self._dispatch)
        self.sent: list[tuple[int, int]] = []
        """Rows of other units whose predecessor finished here, each with the second of that finish."""
        self.remaining: dict[int, int] = {}

        roster = plan.roster
        self.first_cadre, last = np.searchsorted(roster.cadre_unit, [unit, unit + 1]).tolist()
        self.cadres = [Cadre(identity) for identity in range(self.first_cadre, last)]
        self.idle = [(0, False, cadre.identity) for cadre in self.cadres]
        """Idle cadres as (idle since, came back then, cadre), longest idle first; a cadre who came back sorts after one
        who finished at the same second."""
        self.teams: dict[int, Team] = {}
        for number in np.flatnonzero(roster.team_unit == unit).tolist():
            self._add_team(number, roster.team_members[slice(*roster.team_offset[number : number + 2])].tolist())

        windows = plan.shifts[roster.unit_shift[unit]]
        self.opens: list[int] = windows.opens.tolist()
        self.closes: list[int] = windows.closes.tolist()
        self.evening: list[bool] = windows.evening.tolist()
        self.regular_opens: list[int] = windows.opens[~windows.evening].tolist()
        self.leaving, self.returning = self._absences(plan)
        edges = {*windows.opens.tolist(), *windows.closes.tolist(), *self.leaving, *self.returning}
        self.changes = sorted(edges, reverse=True)
        self.closing = -1
        """Close of the open window; -1 while none is open."""
        self.midnight = -1
        """End of the day in an evening window, else -1."""
        self.waiting = 0
        """Number of queued rows."""
        self.stirred: set[Team] = set()
        """Teams whose queue may hold work with a victim that has not been looked for."""

        self._schedule_known(plan)

    def _add_team(self, number: int, members: list[int]) -> None:
        """Create a team of the cadres with the given ids."""
        team = self.teams[number] = Team()
        for identity in members:
            cadre = self.cadres[identity - self.first_cadre]
            team.members.append(cadre)
            cadre.teams.append(team)

    def _absences(self, plan: Plan) -> tuple[dict[int, list[Cadre]], dict[int, list[Cadre]]]:
        """Return the cadres who leave and those who come back, both by second."""
        leaving: dict[int, list[Cadre]] = {}
        returning: dict[int, list[Cadre]] = {}
        for identity, begin, end in plan.roster.absences.tolist():
            if plan.roster.cadre_unit[identity] == self.unit:
                cadre = self.cadres[identity - self.first_cadre]
                leaving.setdefault(begin, []).append(cadre)
                returning.setdefault(end, []).append(cadre)
        return leaving, returning

    def _schedule_known(self, plan: Plan) -> None:
        """Schedule the events that the plan dates itself: appointments, the first release, the first window change."""
        rows = plan.activities
        first, last = np.searchsorted(rows.unit, [self.unit, self.unit + 1]).tolist()
        own = np.arange(first, last)
        fixed = rows.start[own] >= 0
        for row in sorted(own[fixed].tolist(), key=lambda row: (self.rows.start[row], self.rows.rank[row], row)):
            self.clock.at(self.rows.start[row], APPOINTMENT, self._meet, row)
        dated = own[~fixed & (rows.predecessor[own] < 0)]
        self.dated = dated[np.lexsort((dated, rows.release[dated]))].tolist()[::-1]
        self._schedule_release()
        self._schedule_change()

    def run(self, until: int) -> None:
        """Process every instant before `until`; at the horizon, book running flexible work up to it."""
        self.clock.run(until)
        if until == self.horizon:
            for cadre in self.cadres:
                if cadre.running:
                    self._stop(cadre)

    def receive(self, row: int, finished: int) -> None:
        """Schedule the release of a row whose predecessor finished in another unit (rule 3).

        It is released at the next regular opening after `finished`; without one it is never released.
        """
        opening = bisect_right(self.regular_opens, finished)
        if opening < len(self.regular_opens):
            instant = max(self.rows.release[row], self.regular_opens[opening])
            self.clock.at(instant, RELEASE, self._release, row)

    # --- finishes ---------------------------------------------------------------------

    def _finish(self, happening: Happening) -> None:
        """Finish flexible work; ignore a happening made obsolete by an interruption or by a later finish."""
        cadre: Cadre = happening.subject
        if cadre.finish is not happening:
            return
        row = cadre.key[-1]
        self._stop(cadre)
        cadre.key, cadre.interruptible = (), False
        self.record.finish[row] = self.clock.now
        self._free(cadre)
        self._hand_on(row)

    def _adjourn(self, happening: Happening) -> None:
        """Finish an appointment."""
        row, crew = happening.subject
        self.record.finish[row] = self.clock.now
        for cadre in crew:
            cadre.attends = False
            self._free(cadre)
        self._hand_on(row)

    def _free(self, cadre: Cadre) -> None:
        """Make the cadre idle since now, unless away (rules 11 and 16)."""
        if not cadre.away:
            insort(self.idle, (self.clock.now, False, cadre.identity))

    def _hand_on(self, row: int) -> None:
        """Release the row's successors: at once in this unit, at the next opening elsewhere (rule 3)."""
        now = self.clock.now
        for successor in self.rows.successors.get(row, ()):
            if self.rows.unit[successor] == self.unit:
                self.clock.at(max(self.rows.release[successor], now), RELEASE, self._release, successor)
            else:
                self.sent.append((successor, now))

    # --- window changes ---------------------------------------------------------------

    def _schedule_change(self) -> None:
        """Schedule the next window change, if any is left."""
        if self.changes:
            self.clock.at(self.changes.pop(), CHANGE, self._change)

    def _change(self, _: Happening) -> None:
        """Process a window change (rules 9 and 10), and cadres who leave or come back (rule 16)."""
        now = self.clock.now
        for cadre in self.leaving.get(now, ()):
            self._leave(cadre)
        for cadre in self.returning.get(now, ()):
            cadre.away = False
            if not cadre.key and not cadre.attends:
                insort(self.idle, (now, True, cadre.identity))
        window = bisect_left(self.opens, now)
        opening = window < len(self.opens) and self.opens[window] == now
        self.closing = self.closes[window] if opening else -1
        self.midnight = (now // DAY + 1) * DAY if opening and self.evening[window] else -1
        for cadre in self.cadres:
            if cadre.key and not cadre.away:
                self._hold_or_go_on(cadre)
        for team in self.teams.values():
            team.visible = team.queue
            if self.midnight >= 0:
                team.visible = [key for key in team.queue if self._is_on(key[-1])]
            self.stirred.add(team)
        self._schedule_change()

    def _leave(self, cadre: Cadre) -> None:
        """Mark a cadre as away and send interruptible work in hand back to the queue (rule 16)."""
        cadre.away = True
        if cadre.interruptible:
            self._interrupt(cadre)
        self.idle = [entry for entry in self.idle if entry[-1] != cadre.identity]

    def _hold_or_go_on(self, cadre: Cadre) -> None:
        """Hold, start or continue the flexible work in hand, as the window of this instant demands."""
        if self.closing < 0 or not self._is_on(cadre.key[-1]):
            if cadre.running:
                self._stop(cadre)
        elif cadre.running:
            self._expect_finish(cadre)
        else:
            self._go(cadre)

    def _is_on(self, row: int) -> bool:
        """Return whether a row may be worked on now: always in regular hours, only if due in an evening window."""
        return self.midnight < 0 or 0 <= self.rows.due[row] <= self.midnight

    def _go(self, cadre: Cadre) -> None:
        """Start the work in hand."""
        cadre.running = True
        cadre.began = self.clock.now
        self._expect_finish(cadre)

    def _expect_finish(self, cadre: Cadre) -> None:
        """Schedule the finish of the work in hand, unless the window closes before."""
        finish = cadre.began + self.remaining[cadre.key[-1]]
        if finish <= self.closing:
            cadre.finish = self.clock.at(finish, FINISH, self._finish, cadre)

    def _stop(self, cadre: Cadre) -> None:
        """Book the work in hand up to now and hold it."""
        row, began, now = cadre.key[-1], cadre.began, self.clock.now
        if began < now:
            self.record.spans.append((cadre.identity, row, began, now))
            self.remaining[row] -= now - began
        cadre.running = False

    # --- appointments -----------------------------------------------------------------

    def _meet(self, happening: Happening) -> None:
        """Start an appointment with the cadres available (rule 5)."""
        row, now, record = happening.subject, self.clock.now, self.record
        crew = self._crew(self.teams[self.rows.team[row]], self.rows.seats[row])
        record.released[row] = now
        record.missed[row] = self.rows.seats[row] - len(crew)
        if not crew:
            self._hand_on(row)
            return
        end = now + self.rows.effort[row]
        record.start[row] = now
        record.cadre[row] = min(cadre.identity for cadre in crew)
        record.spans.extend((cadre.identity, row, now, min(end, self.horizon)) for cadre in crew)
        for cadre in crew:
            cadre.attends = True
        self.clock.at(end, FINISH, self._adjourn, (row, crew))

    def _crew(self, team: Team, seats: int) -> list[Cadre]:
        """Take idle cadres, longest idle first, then cadres on the least urgent interruptible work, up to `seats`."""
        crew: list[Cadre] = []
        for entry in self.idle.copy():
            cadre = self.cadres[entry[-1] - self.first_cadre]
            if len(crew) < seats and cadre in team.members:
                self.idle.remove(entry)
                crew.append(cadre)
        on_flexible = [cadre for cadre in team.members if cadre.interruptible]
        on_flexible.sort(key=lambda cadre: cadre.key, reverse=True)
        for cadre in on_flexible[: seats - len(crew)]:
            self._interrupt(cadre)
            crew.append(cadre)
        return crew

    def _interrupt(self, cadre: Cadre) -> None:
        """Send the work in hand back to its place in the queue."""
        if cadre.running:
            self._stop(cadre)
        key = cadre.key
        cadre.key, cadre.interruptible, cadre.finish = (), False, None
        self.record.interruptions[key[-1]] += 1
        self._queue(key)

    # --- releases and give-ups --------------------------------------------------------

    def _schedule_release(self) -> None:
        """Schedule the next release that the plan dates; one at a time keeps SimPy's list of events short."""
        if self.dated:
            self.clock.at(self.rows.release[self.dated[-1]], RELEASE, self._release_dated)

    def _release_dated(self, _: Happening) -> None:
        """Queue all rows whose dated release is now."""
        release, dated, now = self.rows.release, self.dated, self.clock.now
        while dated and release[dated[-1]] == now:
            self._let_in(dated.pop())
        self._schedule_release()

    def _release(self, happening: Happening) -> None:
        """Queue a row released by its predecessor."""
        self._let_in(happening.subject)

    def _let_in(self, row: int) -> None:
        """Queue a row, and schedule its give-up if it has patience."""
        self.record.released[row] = self.clock.now
        self.remaining[row] = self.rows.effort[row]
        self._queue(self._key(row))
        patience = self.rows.patience[row]
        if patience >= 0:
            self.clock.at(self.clock.now + patience, GIVE_UP, self._give_up, row)

    def _key(self, row: int) -> Key:
        """Return the row's place in the discipline's order (rule 7)."""
        rank, released = self.rows.rank[row], self.record.released[row]
        if not self.earliest_due:
            return (rank, released, row)
        due = self.rows.due[row]
        return (rank, int(due < 0), due, released, row)

    def _queue(self, key: Key) -> None:
        """Insert a row at its place in its team's queue."""
        team = self.teams[self.rows.team[key[-1]]]
        insort(team.queue, key)
        self.waiting += 1
        if team.visible is not team.queue and self._is_on(key[-1]):
            insort(team.visible, key)
        self.stirred.add(team)

    def _unqueue(self, key: Key) -> None:
        """Remove a row from its team's queue."""
        team = self.teams[self.rows.team[key[-1]]]
        del team.queue[bisect_left(team.queue, key)]
        self.waiting -= 1
        if team.visible is not team.queue and self._is_on(key[-1]):
            del team.visible[bisect_left(team.visible, key)]

    def _give_up(self, happening: Happening) -> None:
        """Remove a row that has not begun from its queue, and record that it gave up (rule 6)."""
        row: int = happening.subject
        if self.record.start[row] < 0:
            self.record.gave_up[row] = True
            self._unqueue(self._key(row))

    # --- dispatch ---------------------------------------------------------------------

    def _dispatch(self, _: Happening) -> None:
        """Assign queued work to cadres until nothing changes (rule 8)."""
        if self.closing < 0 or not self.waiting:
            return
        self._seat_the_idle()
        while self._take_over():
            self._seat_the_idle()

    def _seat_the_idle(self) -> None:
        """Assign to each idle cadre, longest idle first, the first queued row of the cadre's teams."""
        if not self.idle:
            return
        for entry in self.idle.copy():
            if not self.waiting:
                return
            cadre = self.cadres[entry[-1] - self.first_cadre]
            heads = [team.visible[0] for team in cadre.teams if team.visible]
            if heads:
                self.idle.remove(entry)
                self._take(cadre, min(heads))

    def _take_over(self) -> bool:
        """Let the first queued row that has a victim preempt it; return whether one did.

        Only teams in `stirred` are searched, those whose queue grew or whose window changed since the last search. A
        cadre who becomes idle takes the first row that could have preempted, so needs no search.
        """
        if not self.stirred:
            return False
        if not self.waiting or (not self.preemptive and self.midnight < 0):
            self.stirred.clear()
            return False
        for team in sorted((team for team in self.stirred if team.visible), key=lambda team: team.visible[0]):
            key = team.visible[0]
            victim = self._victim(team, key[0])
            if victim is not None:
                self._interrupt(victim)
                self._take(victim, key)
                return True
            self.stirred.discard(team)
        return False

    def _victim(self, team: Team, rank: int) -> Cadre | None:
        """Return the team member whose work a row of this rank may interrupt, or None.

        Held work that is not due comes first, then running work of the largest rank (rules 8 and 10).
        """
        victims = [
            cadre
            for cadre in team.members
            if cadre.interruptible and (not cadre.running or (self.preemptive and cadre.key[0] > rank))
        ]
        return max(victims, key=lambda cadre: (not cadre.running, cadre.key), default=None)

    def _take(self, cadre: Cadre, key: Key) -> None:
        """Start queued work with this cadre, or resume it with the switching cost."""
        row = key[-1]
        self._unqueue(key)
        if self.record.interruptions[row]:
            self.remaining[row] += self.switching_cost
        elif self.record.start[row] < 0:
            self.record.start[row] = self.clock.now
        self.record.cadre[row] = cadre.identity
        cadre.key, cadre.interruptible = key, self.rows.interruptible[row]
        self._go(cadre)
