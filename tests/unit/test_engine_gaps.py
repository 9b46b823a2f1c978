"""Usable gaps (rule 13): free stretches of a regular window, between pieces of work, that are long enough."""

from __future__ import annotations

from typing import Any

from tests.logs import hours, run
from tests.plans import meeting, plan_of, windows, work

HALVES = windows([(8, 12), (14, 18)])


def usable(rows: list[dict[str, Any]], shortest: float = 1, **changes: Any) -> list[float]:
    """Return the usable hours of each cadre of a day."""
    plan = {"staff": [1], "shifts": [HALVES], **changes}
    cadres = sum(plan["staff"])
    return hours(run(plan_of(rows, shortest_gap=[shortest] * cadres, **plan)).usable.sum(axis=1))


def test_a_gap_shorter_than_the_shortest_is_never_usable() -> None:
    rows = [work(0.5, release=8), work(0.5, release=8 + 1), work(2.25, release=9.75)]

    assert usable(rows, shortest=0.5) == [0.5 + 4]
    assert usable(rows, shortest=0.75) == [4]
    assert usable(rows, shortest=4.5) == [0]


def test_a_gap_as_long_as_the_shortest_is_usable() -> None:
    assert usable([meeting(9, 3), meeting(14, 4)], shortest=1) == [1]


def test_a_gap_ends_with_its_window() -> None:
    assert usable([meeting(8, 3.5), meeting(14.5, 3.5)], shortest=0.75) == [0], "half an hour before and after lunch"


def test_touching_windows_make_two_gaps() -> None:
    assert usable([], shortest=5, shifts=[windows([(8, 12), (12, 16)])]) == [0]
    assert usable([], shortest=4, shifts=[windows([(8, 12), (12, 16)])]) == [8]


def test_evenings_are_no_gaps() -> None:
    late = windows([(8, 12)], evening=[(19, 22)])

    assert usable([work(1, release=19, due=24)], shifts=[late]) == [4]


def test_an_appointment_outside_hours_ends_no_gap() -> None:
    assert usable([meeting(12.5, 1)], shortest=4) == [8]


def test_an_appointment_that_reaches_into_a_window_shortens_its_gap() -> None:
    assert usable([meeting(13, 2), meeting(17, 3)], shortest=2) == [4 + 2]


def test_no_gap_of_a_cadre_without_outreach_is_usable() -> None:
    log = run(plan_of([], staff=[2, 1], shifts=[HALVES], shortest_gap=[1, -1 / 3_600, 0]))

    assert hours(log.usable[:, 0]) == [8, 0, 8]
    assert hours(log.unit_usable[:, 0]) == [8, 8]


def test_interrupted_work_is_no_gap() -> None:
    rows = [work(3, release=9, rank=2), work(1, release=10, rank=0), meeting(14.5, 1)]

    assert usable(rows, preemptive=True) == [1 + 2], "before nine and after four"


def test_a_gap_at_the_end_of_the_run_counts() -> None:
    assert usable([work(20)], shifts=(), shortest=4) == [4]
