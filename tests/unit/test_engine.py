"""The rules of the engine's contract one by one, in hours; every plan also runs through the oracle."""

from __future__ import annotations

import numpy as np
import pytest

from sim.domain.category import CATEGORIES, Category
from tests.logs import diary, hours, run
from tests.plans import HOUR, around_the_clock, meeting, plan_of, windows, work

OFFICE_HOURS = windows([(9, 17)])
LUNCH = windows([(9, 12), (14, 18)])
LATE = windows([(9, 17)], evening=[(19, 22)])


class TestAppointments:
    """Rules 1 and 5."""

    def test_an_appointment_runs_at_its_time_and_past_closing_as_overtime(self) -> None:
        log = run(plan_of([meeting(16, 3)], shifts=[OFFICE_HOURS]))

        assert diary(log) == [(0, 16, 19)]
        assert hours(log.worked) == [3]
        assert hours(log.overtime) == [2]

    def test_an_appointment_is_never_interrupted(self) -> None:
        log = run(plan_of([meeting(1, 2, rank=5), work(1, release=2, rank=0)], preemptive=True))

        assert diary(log) == [(0, 1, 3), (1, 3, 4)]

    def test_an_appointment_ignores_its_release(self) -> None:
        log = run(plan_of([meeting(1, release=5)]))

        assert hours(log.released) == [1]
        assert hours(log.finish) == [2]

    def test_an_appointment_takes_the_longest_idle(self) -> None:
        log = run(plan_of([work(1), work(2), work(3), meeting(4, seats=2)], staff=[3]))

        assert [diary(log, cadre)[-1][0] for cadre in range(3)] == [3, 3, 2]
        assert log.cadre[3] == 0

    def test_equally_long_idle_cadres_are_taken_by_number(self) -> None:
        log = run(plan_of([work(1), work(1), work(1), meeting(4)], staff=[3]))

        assert diary(log, 0)[-1] == (3, 4, 5)

    def test_the_idle_go_before_the_busy(self) -> None:
        log = run(plan_of([work(9), meeting(4)], staff=[2]))

        assert diary(log, 1) == [(1, 4, 5)]
        assert log.interruptions.tolist() == [0, 0]

    def test_without_idle_cadres_the_largest_rank_is_interrupted_whatever_the_rank_of_the_appointment(self) -> None:
        log = run(plan_of([work(9, rank=1), work(9, rank=2), meeting(4, rank=7)], staff=[2]))

        assert log.interruptions.tolist() == [0, 1, 0]
        assert diary(log, 1) == [(1, 0, 4), (2, 4, 5), (1, 5, 10)]

    def test_among_equal_ranks_the_last_in_order_is_interrupted(self) -> None:
        rows = [work(9, due=20), work(9, due=10), meeting(4)]

        assert run(plan_of(rows, staff=[2])).interruptions.tolist() == [0, 1, 0]
        assert run(plan_of(rows, staff=[2], discipline="earliest_due")).interruptions.tolist() == [1, 0, 0]

    def test_uninterruptible_work_and_other_appointments_are_left_alone_and_the_seats_are_missed(self) -> None:
        log = run(plan_of([work(9, interruptible=False), meeting(2, 5), meeting(4, seats=3)], staff=[2]))

        assert log.missed.tolist() == [0, 0, 3]
        assert hours(log.start) == [0, 2, -1]
        assert hours(log.finish) == [9, 7, -1]
        assert log.cadre[2] == -1
        assert hours(log.released) == [0, 2, 4]

    def test_an_appointment_may_be_held_with_fewer(self) -> None:
        log = run(plan_of([meeting(4, 2, seats=3)], staff=[2]))

        assert log.missed.tolist() == [1]
        assert hours(log.worked) == [4]

    def test_held_work_is_interrupted_outside_the_windows(self) -> None:
        log = run(plan_of([work(4), meeting(12, 1)], shifts=[LUNCH]))

        assert log.interruptions.tolist() == [1, 0]
        assert diary(log) == [(0, 9, 12), (1, 12, 13), (0, 14, 15)]

    def test_appointments_of_one_instant_are_served_by_rank_then_row(self) -> None:
        assert run(plan_of([meeting(4, rank=2), meeting(4, rank=1)])).missed.tolist() == [1, 0]
        assert run(plan_of([meeting(4, rank=1), meeting(4, rank=1)])).missed.tolist() == [0, 1]

    def test_only_members_of_the_team_are_called(self) -> None:
        log = run(plan_of([meeting(4, seats=2, team=1)], staff=[2], teams=[(0, [0]), (0, [1])]))

        assert diary(log, 0) == []
        assert log.missed.tolist() == [1]


class TestChains:
    """Rule 3."""

    def test_inside_a_unit_work_is_handed_on_at_once(self) -> None:
        log = run(plan_of([work(2), work(1, release=1, predecessor=0)]))

        assert hours(log.released) == [0, 2]
        assert diary(log) == [(0, 0, 2), (1, 2, 3)]

    def test_a_later_release_is_waited_for(self) -> None:
        log = run(plan_of([work(2), work(1, release=5, predecessor=0)]))

        assert hours(log.released) == [0, 5]

    def test_to_another_unit_work_goes_at_its_next_regular_opening(self) -> None:
        rows = [work(2), work(1, unit=1, predecessor=0), work(1, unit=1, release=15, predecessor=0)]
        log = run(plan_of(rows, staff=[1, 1], shifts=[LUNCH]))

        assert hours(log.finish) == [11, 15, 16]
        assert hours(log.released) == [0, 14, 15]

    def test_a_finish_at_an_opening_waits_for_the_opening_after(self) -> None:
        plan = plan_of(
            [meeting(5, 4), work(1, unit=1, predecessor=0)],
            staff=[1, 1],
            shifts=[around_the_clock(1), LUNCH],
            unit_shift=[0, 1],
        )

        assert hours(run(plan).released) == [5, 14]

    def test_an_opening_that_touches_the_window_before_counts(self) -> None:
        plan = plan_of([meeting(0, 5), work(1, unit=1, predecessor=0)], staff=[1, 1], days=2)

        assert hours(run(plan).released) == [0, 24]

    def test_an_evening_opening_does_not_count(self) -> None:
        plan = plan_of([work(2), work(1, unit=1, due=24, predecessor=0)], staff=[1, 1], shifts=[LATE])

        assert hours(run(plan).released) == [0, -1]

    def test_work_goes_to_and_fro_between_units(self) -> None:
        days = range(4)
        rows = [work(2, predecessor=2), work(1, unit=1), work(1, unit=1, predecessor=3), work(1, unit=2, predecessor=1)]
        plan = plan_of(rows, staff=[1, 1, 1], days=4, shifts=[windows([(9, 17)], days=days)])

        log = run(plan)

        assert hours(log.released) == [24 * 3 + 9, 0, 24 * 2 + 9, 24 + 9]

    def test_a_finish_after_the_last_opening_is_never_received(self) -> None:
        log = run(plan_of([work(5), work(1, unit=1, predecessor=0)], staff=[1, 1], shifts=[OFFICE_HOURS]))

        assert hours(log.released) == [0, -1]

    def test_an_appointment_nobody_attended_hands_on_at_its_start(self) -> None:
        rows = [work(9, interruptible=False), meeting(4, 2), work(1, predecessor=1), work(1, unit=1, predecessor=1)]
        log = run(plan_of(rows, staff=[1, 1], days=2))

        assert hours(log.released) == [0, 4, 4, 24]

    def test_an_attended_appointment_hands_on_at_its_end(self) -> None:
        assert hours(run(plan_of([meeting(4, 2), work(1, predecessor=0)])).released) == [4, 6]

    def test_what_follows_work_given_up_is_cancelled(self) -> None:
        rows = [work(5), work(1, patience=2), work(1, predecessor=1), work(1, predecessor=2)]

        log = run(plan_of(rows))

        assert log.gave_up.tolist() == [False, True, False, False]
        assert hours(log.released) == [0, 0, -1, -1]


class TestOneInstant:
    """Rule 4."""

    def test_who_finishes_when_an_appointment_starts_is_idle_for_it(self) -> None:
        log = run(plan_of([work(4), work(9), meeting(4)], staff=[2]))

        assert log.interruptions.tolist() == [0, 0, 0]
        assert diary(log, 0) == [(0, 0, 4), (2, 4, 5)]

    def test_work_that_ends_at_closing_is_finished_then(self) -> None:
        assert hours(run(plan_of([work(8)], shifts=[OFFICE_HOURS])).finish) == [17]

    def test_an_appointment_at_opening_time_takes_the_cadre_before_the_queue_does(self) -> None:
        log = run(plan_of([work(1), meeting(9)], shifts=[OFFICE_HOURS]))

        assert diary(log) == [(1, 9, 10), (0, 10, 11)]

    def test_work_of_one_instant_is_served_by_rank_not_by_row(self) -> None:
        log = run(plan_of([work(1, rank=2), work(1, rank=1)]))

        assert hours(log.start) == [1, 0]

    def test_who_would_be_served_when_patience_ends_has_left(self) -> None:
        log = run(plan_of([work(3), work(1, patience=3), work(1, patience=3.5)]))

        assert log.gave_up.tolist() == [False, True, False]
        assert hours(log.start) == [0, -1, 3]


class TestPatience:
    """Rule 6."""

    def test_patience_runs_from_the_effective_release(self) -> None:
        log = run(plan_of([work(3), work(3), work(1, predecessor=0, patience=4), work(1, predecessor=0, patience=2)]))

        assert log.gave_up.tolist() == [False, False, False, True]

    def test_who_has_been_served_once_stays_though_interrupted(self) -> None:
        log = run(plan_of([work(4, patience=2), meeting(1, 6)]))

        assert not log.gave_up.any()
        assert hours(log.finish) == [10, 7]

    def test_patience_ends_outside_the_windows_too(self) -> None:
        assert run(plan_of([work(1, patience=8)], shifts=[OFFICE_HOURS])).gave_up.tolist() == [True]

    def test_no_patience_at_all_is_never_served(self) -> None:
        assert run(plan_of([work(1, patience=0)])).gave_up.tolist() == [True]


class TestOrder:
    """Rule 7."""

    def test_first_come_is_rank_then_release_then_row(self) -> None:
        rows = [
            meeting(0, 5),
            work(1, release=1, rank=1),
            work(1, release=1),
            work(1, release=1),
            work(1, release=2, rank=0),
        ]

        assert hours(run(plan_of(rows)).start) == [0, 6, 7, 8, 5]

    def test_earliest_due_is_rank_then_due_then_release_and_no_due_comes_last(self) -> None:
        rows = [
            meeting(0, 5),
            work(1, release=1),
            work(1, release=2, due=20),
            work(1, release=3, due=9),
            work(1, release=3, due=20),
        ]

        log = run(plan_of(rows, discipline="earliest_due"))

        assert hours(log.start) == [0, 8, 6, 5, 7]

    def test_the_order_counts_the_effective_release(self) -> None:
        rows = [work(2), work(2), work(1, predecessor=1), work(1, release=1)]

        assert hours(run(plan_of(rows)).start) == [0, 2, 5, 4]


class TestDispatch:
    """Rule 8."""

    def test_the_longest_idle_takes_the_first_work(self) -> None:
        log = run(plan_of([work(2), work(1), work(1, release=3), work(1, release=3)], staff=[2]))

        assert log.cadre.tolist() == [0, 1, 1, 0]

    def test_equally_long_idle_cadres_take_work_by_number(self) -> None:
        log = run(plan_of([work(2), work(2), work(1, release=3)], staff=[2]))

        assert log.cadre.tolist() == [0, 1, 0]

    def test_a_cadre_takes_the_first_work_of_any_of_his_teams(self) -> None:
        rows = [work(1, team=1), work(1, team=0, rank=0), work(1, team=2, rank=0)]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0]), (0, [0]), (0, [1])]))

        assert diary(log, 0) == [(1, 0, 1), (0, 1, 2)]
        assert diary(log, 1) == [(2, 0, 1)]

    def test_nothing_is_taken_up_outside_the_windows(self) -> None:
        log = run(plan_of([work(1, release=12), work(1, release=18)], shifts=[LUNCH]))

        assert hours(log.start) == [14, -1]

    def test_a_smaller_rank_interrupts_a_larger_one(self) -> None:
        log = run(plan_of([work(3, rank=2), work(1, release=1, rank=1)], preemptive=True))

        assert diary(log) == [(0, 0, 1), (1, 1, 2), (0, 2, 4)]
        assert log.interruptions.tolist() == [1, 0]

    def test_nothing_is_interrupted_where_the_regime_does_not_want_it(self) -> None:
        log = run(plan_of([work(3, rank=2), work(1, release=1, rank=1)], preemptive=False))

        assert hours(log.start) == [0, 3]

    def test_an_equal_rank_waits(self) -> None:
        log = run(plan_of([work(3), work(1, release=1)], preemptive=True))

        assert hours(log.start) == [0, 3]

    def test_uninterruptible_work_is_let_finish(self) -> None:
        log = run(plan_of([work(3, rank=2, interruptible=False), work(1, release=1, rank=1)], preemptive=True))

        assert hours(log.start) == [0, 3]

    def test_the_victim_has_the_largest_rank_and_then_is_last_in_order(self) -> None:
        rows = [work(9, rank=2), work(9, rank=3), work(9, rank=3), work(1, release=1, rank=1)]

        log = run(plan_of(rows, staff=[3], preemptive=True))

        assert log.interruptions.tolist() == [0, 0, 1, 0]

    def test_only_a_member_of_the_team_is_a_victim(self) -> None:
        rows = [work(9, rank=2, team=0), work(9, rank=3, team=1), work(1, release=1, rank=1, team=0)]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0]), (0, [1])], preemptive=True))

        assert log.interruptions.tolist() == [1, 0, 0]

    def test_interrupted_work_keeps_its_place_in_the_queue(self) -> None:
        log = run(plan_of([work(3, rank=2), work(1, rank=2), work(1, release=1, rank=1)], preemptive=True))

        assert diary(log) == [(0, 0, 1), (2, 1, 2), (0, 2, 4), (1, 4, 5)]

    def test_each_taking_up_again_costs_the_switching_time(self) -> None:
        rows = [work(3, rank=2), work(1, release=1, rank=1), work(1, release=3, rank=1)]

        log = run(plan_of(rows, preemptive=True, switching_cost=HOUR // 4))

        assert diary(log) == [(0, 0, 1), (1, 1, 2), (0, 2, 3), (2, 3, 4), (0, 4, 5.5)]
        assert hours(log.worked) == [3.5, 1, 1]

    def test_another_member_may_take_interrupted_work_up_again(self) -> None:
        rows = [work(4, rank=2), work(2, rank=1, team=1), work(3, release=1, rank=1)]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0, 1]), (0, [1])], preemptive=True))

        assert diary(log, 0) == [(0, 0, 1), (2, 1, 4)]
        assert diary(log, 1) == [(1, 0, 2), (0, 2, 5)]
        assert log.cadre.tolist() == [1, 1, 0]

    def test_work_sent_back_is_at_once_taken_by_an_idle_member(self) -> None:
        rows = [work(4, rank=2, team=0), work(1, release=1, rank=1, team=1)]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0, 1]), (0, [0])], preemptive=True))

        assert diary(log, 0) == [(0, 0, 1), (1, 1, 2)]
        assert diary(log, 1) == [(0, 1, 4)]

    def test_work_sent_back_may_interrupt_in_turn(self) -> None:
        rows = [work(9, rank=5, team=0), work(9, rank=7, team=1), work(1, release=1, rank=1, team=2)]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0, 1]), (0, [1]), (0, [0])], preemptive=True))

        assert diary(log, 0) == [(0, 0, 1), (2, 1, 2)]
        assert diary(log, 1) == [(1, 0, 1), (0, 1, 9), (1, 9, 17)]

    def test_work_taken_up_and_interrupted_in_one_instant_has_begun(self) -> None:
        rows = [
            work(9, rank=5, team=0),
            meeting(0, 1, team=1, rank=0),
            work(9, release=1, rank=7, team=1, patience=2),
            work(1, release=1, rank=1, team=2),
        ]

        log = run(plan_of(rows, staff=[2], teams=[(0, [0, 1]), (0, [1]), (0, [0])], preemptive=True))

        assert log.interruptions.tolist() == [1, 0, 1, 0]
        assert hours(log.start) == [0, 0, 1, 1]
        assert not log.gave_up.any()
        assert diary(log, 1) == [(1, 0, 1), (0, 1, 9), (2, 9, 18)]


class TestWindows:
    """Rules 9 to 11."""

    def test_running_work_is_held_over_lunch_and_that_is_no_interruption(self) -> None:
        log = run(plan_of([work(4)], shifts=[LUNCH], switching_cost=HOUR))

        assert diary(log) == [(0, 9, 12), (0, 14, 15)]
        assert log.interruptions.tolist() == [0]

    def test_held_work_stays_with_its_cadre(self) -> None:
        rows = [work(4, release=11, rank=9), work(1, release=12.5, rank=0)]

        log = run(plan_of(rows, staff=[2], shifts=[LUNCH]))

        assert diary(log, 0) == [(0, 11, 12), (0, 14, 17)]
        assert diary(log, 1) == [(1, 14, 15)]

    def test_at_an_opening_waiting_work_of_a_smaller_rank_interrupts(self) -> None:
        log = run(plan_of([work(4, rank=2), work(1, release=13, rank=1)], shifts=[LUNCH], preemptive=True))

        assert diary(log) == [(0, 9, 12), (1, 14, 15), (0, 15, 16)]

    def test_touching_windows_do_not_cut_a_stretch_of_work(self) -> None:
        log = run(plan_of([work(30)], days=2))

        assert diary(log) == [(0, 0, 30)]

    def test_held_work_that_is_due_goes_on_in_the_evening(self) -> None:
        log = run(plan_of([work(9, due=24)], shifts=[LATE]))

        assert diary(log) == [(0, 9, 17), (0, 19, 20)]
        assert hours(log.overtime) == [1]

    @pytest.mark.parametrize("due", [-1, 24.5])
    def test_held_work_that_is_not_due_rests_in_the_evening(self, due: float) -> None:
        assert diary(run(plan_of([work(9, due=due)], shifts=[LATE]))) == [(0, 9, 17)]

    def test_overdue_work_is_due_every_evening(self) -> None:
        log = run(
            plan_of([work(9, release=24 + 9, due=3)], days=2, shifts=[windows([(9, 17)], evening=[(19, 22)], days=[1])])
        )

        assert hours(log.finish) == [24 + 20]

    def test_in_the_evening_only_queued_work_that_is_due_is_taken_up(self) -> None:
        rows = [work(1, release=18, rank=0), work(1, release=18, rank=1, due=24), work(1, release=20, rank=0, due=20)]

        log = run(plan_of(rows, shifts=[LATE]))

        assert hours(log.start) == [-1, 19, 20]

    def test_work_released_in_the_evening_that_is_not_due_waits(self) -> None:
        log = run(plan_of([work(1, release=20)], shifts=[windows([(9, 17)], evening=[(19, 22)], days=[0, 1])], days=2))

        assert hours(log.start) == [24 + 9]

    def test_due_work_takes_the_cadre_from_held_work_whatever_the_rank(self) -> None:
        log = run(plan_of([work(9, rank=0), work(1, release=18, rank=5, due=24)], shifts=[LATE], preemptive=False))

        assert diary(log) == [(0, 9, 17), (1, 19, 20)]
        assert log.interruptions.tolist() == [1, 0]

    def test_an_idle_cadre_goes_before_one_with_held_work(self) -> None:
        log = run(plan_of([work(9), work(1, release=18, due=24)], staff=[2], shifts=[LATE]))

        assert log.interruptions.tolist() == [0, 0]
        assert log.cadre.tolist() == [0, 1]

    def test_held_uninterruptible_work_is_left_in_its_cadres_hands(self) -> None:
        log = run(plan_of([work(9, interruptible=False), work(1, release=18, due=24)], shifts=[LATE]))

        assert hours(log.start) == [9, -1]

    def test_whoever_holds_work_that_is_not_due_is_taken_before_a_larger_rank(self) -> None:
        rows = [work(9, rank=2), work(9, rank=7, due=24), work(1, release=18, rank=1, due=24)]

        log = run(plan_of(rows, staff=[2], shifts=[LATE], preemptive=True))

        assert log.interruptions.tolist() == [1, 0, 0]

    def test_in_the_evening_due_work_interrupts_due_work_only_by_rank_and_only_if_preemptive(self) -> None:
        rows = [work(8.5, rank=2, due=24), work(1, release=18, rank=1, due=24), work(1, release=18, rank=2, due=24)]

        assert hours(run(plan_of(rows, shifts=[LATE], preemptive=True)).start) == [9, 19, 20.5]
        assert hours(run(plan_of(rows, shifts=[LATE], preemptive=False)).start) == [9, 19.5, 20.5]

    def test_work_in_hand_that_is_not_due_is_put_down_when_a_touching_evening_begins(self) -> None:
        shifts = [windows([(9, 17)], evening=[(17, 20)])]

        log = run(plan_of([work(12, due=24), work(12)], staff=[2], shifts=shifts))

        assert diary(log, 0) == [(0, 9, 20)]
        assert diary(log, 1) == [(1, 9, 17)]

    def test_idle_time_counts_from_the_last_finish_whatever_was_finished(self) -> None:
        log = run(plan_of([meeting(0, 3), work(2), work(1, release=4)], staff=[2]))

        assert log.cadre.tolist() == [0, 1, 1]


class TestBooks:
    """Rules 12 to 15."""

    def test_travel_is_booked_to_its_own_category_and_the_odd_second_to_the_way_there(self) -> None:
        log = run(plan_of([meeting(9 - 1 / HOUR, 3, travel=1 + 1 / HOUR)], shifts=[OFFICE_HOURS]))

        assert log.seconds[0, 0, CATEGORIES.index(Category.MEETING_TRAVEL)] == HOUR + 1
        assert log.seconds[0, 0, CATEGORIES.index(Category.MEETINGS)] == 2 * HOUR - 1
        assert log.overtime.tolist() == [1]

    def test_the_way_to_an_inspection_is_not_the_way_to_a_meeting(self) -> None:
        log = run(plan_of([meeting(9, 4, travel=2), meeting(14, 3, travel=1, category=Category.INSPECTIONS)]))

        found = dict(zip(CATEGORIES, (log.seconds[0, 0] / HOUR).tolist(), strict=True))
        assert {category: hours for category, hours in found.items() if hours} == {
            Category.MEETINGS: 2, Category.MEETING_TRAVEL: 2, Category.INSPECTIONS: 2, Category.INSPECTION_TRAVEL: 1,
        }  # fmt: skip

    def test_travel_is_cut_off_at_the_horizon(self) -> None:
        log = run(plan_of([meeting(20, 6, travel=5), meeting(23, 3, travel=3, unit=1)], staff=[1, 1]))

        assert log.seconds[:, 0, CATEGORIES.index(Category.MEETING_TRAVEL)].tolist() == [3 * HOUR, HOUR]

    def test_work_over_sunday_midnight_is_booked_to_both_weeks(self) -> None:
        log = run(plan_of([meeting(22, 5)], days=2, first_weekday=6, shifts=[windows([(9, 17)])]))

        assert log.seconds.sum(axis=2).tolist() == [[2 * HOUR, 3 * HOUR]]
        assert log.overtime_seconds.tolist() == [[2 * HOUR, 3 * HOUR]]

    def test_idle_is_what_regular_hours_leave(self) -> None:
        log = run(plan_of([work(2, due=24), meeting(16, 4)], staff=[2, 1], shifts=[OFFICE_HOURS]))

        assert log.idle.sum(axis=1).tolist() == [6 * HOUR, 7 * HOUR, 8 * HOUR]

    def test_what_ends_at_the_horizon_is_still_open(self) -> None:
        log = run(plan_of([work(24), meeting(20, 6, unit=1)], staff=[1, 1]))

        assert log.finish.tolist() == [-1, -1]
        assert hours(log.worked) == [24, 4]

    def test_nothing_happens_at_the_horizon(self) -> None:
        log = run(plan_of([work(1, release=22, patience=2), work(1, release=24), meeting(24)], shifts=[OFFICE_HOURS]))

        assert not log.gave_up.any()
        assert hours(log.released) == [22, -1, -1]
        assert log.missed.tolist() == [0, 0, 0]

    def test_events_count_changes_starts_releases_finishes_and_give_ups(self) -> None:
        rows = [work(1), work(1, patience=0.5), meeting(3, seats=2), meeting(3)]

        log = run(plan_of(rows, staff=[2], shifts=[windows([(0, 12), (12, 18)])]))

        assert log.events == 3 + 2 + 2 + 3
        assert run(plan_of([*rows[:1], work(1, patience=0.5)], shifts=[OFFICE_HOURS])).events == 2 + 2 + 1 + 1

    def test_a_plan_without_work_is_idle_throughout(self) -> None:
        log = run(plan_of([], staff=[2], shifts=[LUNCH]))

        assert log.idle.tolist() == [[7 * HOUR], [7 * HOUR]]
        assert log.events == 4

    def test_a_week_is_counted_from_its_monday(self) -> None:
        plan = plan_of([work(1)], days=9, first_weekday=5, shifts=[windows([(9, 17)], days=range(9))])

        assert plan.weeks == 2
        assert np.array_equal(run(plan).idle, [[15 * HOUR, 56 * HOUR]])
