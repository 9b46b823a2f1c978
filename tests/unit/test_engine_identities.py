"""Exact properties of every run: identities in integers, and relations between runs that are theorems."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.contract.availability import available_seconds
from sim.contract.plan import DAY, Activities, Roster, Windows
from sim.engine.simulate import simulate
from tests.plans import HOUR, RANDOM_PLANS, around_the_clock, for_each_seed, plan_of, random_plan, windows

if TYPE_CHECKING:
    from sim.contract.log import RunLog
    from sim.contract.plan import Plan

SEEDS = range(min(60, RANDOM_PLANS // 5))
DISCIPLINES: dict[str, dict[str, Any]] = {
    "first come": {"preemptive": False},
    "earliest due": {"preemptive": False, "discipline": "earliest_due"},
    "priority": {"preemptive": False},
    "preemptive": {"preemptive": True},
}
MONOTONE = ["first come", "preemptive"]
PER_ROW = ["start", "finish", "released", "interruptions", "missed", "gave_up", "overtime", "worked", "cadre"]


def queue(seed: int, discipline: str, *, cadres: int = 1, jobs: int = 40, shift: Windows | None = None) -> Plan:
    """Return a plan with one team and flexible work only, times in quarters of an hour, long enough to finish it."""
    rng = np.random.default_rng([seed, 7])
    release = np.sort(rng.integers(0, 24, jobs))
    if shift is not None:
        release = rng.choice(np.arange(9, 17), jobs) + np.sort(rng.integers(0, 3, jobs)) * 24
        release.sort()
    ranks = np.zeros(jobs, dtype=int) if discipline in {"first come", "earliest due"} else rng.integers(0, 3, jobs)
    rows = [
        {"release": r, "effort": effort / 4, "rank": rank, "due": r + slack}
        for r, effort, rank, slack in zip(
            release, rng.integers(1, 13, jobs), ranks.tolist(), rng.integers(0, 30, jobs), strict=True
        )
    ]
    days = 40
    return plan_of(rows, staff=[cadres], days=days, shifts=[shift or around_the_clock(days)], **DISCIPLINES[discipline])


def changed(plan: Plan, **columns: Any) -> Plan:
    """Return the plan with changed columns of the activities."""
    return replace(plan, activities=replace(plan.activities, **columns))


def selected(rows: Activities, chosen: Any) -> Activities:
    """Return some rows, in the given order."""
    return Activities(**{f.name: getattr(rows, f.name)[chosen] for f in fields(Activities)})


def rearranged(plan: Plan, units: list[int]) -> tuple[Plan, Any]:
    """Return the plan with only these units, numbered in this order, and the old number of each new row."""
    rows, roster = plan.activities, plan.roster
    chosen = np.concatenate([np.flatnonzero(rows.unit == unit) for unit in units])
    cadres = np.concatenate([np.flatnonzero(roster.cadre_unit == unit) for unit in units])
    teams = np.concatenate([np.flatnonzero(roster.team_unit == unit) for unit in units])

    def renumber(old: Any) -> Any:
        new = np.full(int(old.max(initial=-1)) + 2, -1)
        new[old] = np.arange(len(old))
        return new

    new_unit, new_row, new_team, new_cadre = (renumber(np.asarray(old)) for old in (units, chosen, teams, cadres))
    away = roster.absences[np.isin(roster.absences[:, 0], cadres)]
    away = np.column_stack((new_cadre[away[:, 0]], away[:, 1:]))
    members = [new_cadre[roster.team_members[slice(*roster.team_offset[team : team + 2])]] for team in teams]
    kept = selected(rows, chosen)
    return replace(
        plan,
        activities=replace(
            kept,
            unit=new_unit[kept.unit].astype(np.int32),
            team=new_team[kept.team].astype(np.int32),
            predecessor=np.where(kept.predecessor < 0, -1, new_row[kept.predecessor]),
        ),
        roster=Roster(
            unit_shift=roster.unit_shift[units],
            cadre_unit=new_unit[roster.cadre_unit[cadres]].astype(np.int32),
            team_unit=new_unit[roster.team_unit[teams]].astype(np.int32),
            team_offset=np.cumsum([0] + [len(team) for team in members], dtype=np.int32),
            team_members=np.concatenate(members).astype(np.int32),
            absences=away[np.lexsort((away[:, 1], away[:, 0]))],
            shortest_gap=roster.shortest_gap[cadres],
        ),
    ), chosen


def busy_set(log: RunLog) -> list[tuple[int, int]]:
    """Return the spans in which the only cadre works, whatever the row."""
    assert log.spans is not None
    stretches: list[tuple[int, int]] = []
    for begin, end in zip(log.spans.begin.tolist(), log.spans.end.tolist(), strict=True):
        since = stretches.pop()[0] if stretches and stretches[-1][1] == begin else begin
        stretches.append((since, end))
    return stretches


@for_each_seed(SEEDS)
def test_every_second_of_every_cadre_is_accounted_for(seed: int) -> None:
    plan = random_plan(seed)

    log = simulate(plan, keep_spans=True)

    spans, roster = log.spans, plan.roster
    assert spans is not None
    by_cadre = np.zeros(len(roster.cadre_unit), dtype=np.int64)
    np.add.at(by_cadre, spans.cadre, spans.end - spans.begin)
    available = available_seconds(plan)
    assert np.array_equal(log.seconds.sum(axis=2) - log.overtime_seconds + log.idle, available)
    assert np.array_equal(log.seconds.sum(axis=(1, 2)), by_cadre)
    assert log.seconds.sum() == log.worked.sum()
    assert log.overtime_seconds.sum() == log.overtime.sum()
    assert (log.idle >= 0).all()


@for_each_seed(SEEDS)
def test_usable_time_is_idle_time_without_the_short_gaps(seed: int) -> None:
    plan = random_plan(seed)
    roster = plan.roster
    shortest = np.zeros(len(roster.cadre_unit), dtype=np.int64)

    every, some, none = (
        simulate(replace(plan, roster=replace(roster, shortest_gap=shortest + length))) for length in (0, HOUR, -1)
    )

    assert np.array_equal(every.usable, every.idle)
    assert np.all(some.usable <= every.usable)
    assert not none.usable.any()
    for log in (every, some, none):
        by_unit = np.zeros(len(roster.unit_shift), dtype=np.int64)
        np.add.at(by_unit, roster.cadre_unit, log.usable.sum(axis=1))
        assert np.array_equal(log.unit_usable.sum(axis=1), by_unit)


@for_each_seed(SEEDS)
def test_nobody_is_in_two_places_at_once(seed: int) -> None:
    spans = simulate(random_plan(seed), keep_spans=True).spans

    assert spans is not None
    same = spans.cadre[1:] == spans.cadre[:-1]
    assert (spans.begin < spans.end).all()
    assert (spans.end[:-1][same] <= spans.begin[1:][same]).all()


@for_each_seed(SEEDS)
def test_hours_worked_are_hours_demanded_less_what_is_open_plus_switching(seed: int) -> None:
    plan = random_plan(seed)
    rows = plan.activities

    log = simulate(plan)

    fixed = rows.start >= 0
    seats = np.where(fixed, rows.seats - log.missed, 1)
    demanded = rows.effort * seats + log.interruptions * plan.switching_cost
    finished = log.finish >= 0
    assert np.array_equal(log.worked[finished], demanded[finished])
    assert (log.worked[~finished] <= demanded[~finished]).all()
    assert (log.worked[log.start < 0] == 0).all()


@for_each_seed(SEEDS)
def test_littles_law_holds_for_areas(seed: int) -> None:
    plan = queue(seed, "preemptive", cadres=2)

    log = simulate(plan, keep_spans=True)

    def area(begins: Any, ends: Any) -> int:
        """Return the integral over time of the number present."""
        instants = np.unique(np.concatenate((begins, ends)))
        present = [int(np.sum((begins <= now) & (ends > now))) for now in instants]
        return int(np.dot(present[:-1], np.diff(instants)))

    assert log.spans is not None
    assert (log.finish >= 0).all()
    in_system, in_service = area(log.released, log.finish), area(log.spans.begin, log.spans.end)
    assert in_system == np.sum(log.finish - log.released)
    assert in_service == plan.activities.effort.sum()
    assert in_system - in_service == np.sum(log.finish - log.released - log.worked)


@pytest.mark.parametrize("shift", [around_the_clock(40), windows([(9, 12), (13, 17)], days=range(40))])
@for_each_seed(SEEDS)
def test_one_server_is_busy_at_the_same_times_under_every_discipline(seed: int, shift: Windows) -> None:
    plan = replace(queue(seed, "priority"), shifts=(shift,))

    busy = [
        busy_set(simulate(replace(plan, preemptive=preemptive, discipline=discipline), keep_spans=True))
        for preemptive in (False, True)
        for discipline in ("first_come", "earliest_due")
    ]
    flat = changed(plan, rank=np.zeros_like(plan.activities.rank))
    busy.append(busy_set(simulate(flat, keep_spans=True)))

    assert all(other == busy[0] for other in busy)


@pytest.mark.parametrize("cadres", [1, 3])
@pytest.mark.parametrize("discipline", DISCIPLINES)
@for_each_seed(SEEDS[:20])
def test_a_queue_fed_in_office_hours_is_the_uninterrupted_queue_on_the_office_clock(
    seed: int, discipline: str, cadres: int
) -> None:
    plan = queue(seed, discipline, cadres=cadres, shift=windows([(9, 17)], days=range(40)))

    def office_clock(instants: Any) -> Any:
        return instants // DAY * 8 * HOUR + np.clip(instants % DAY, 9 * HOUR, 17 * HOUR) - 9 * HOUR

    uninterrupted = replace(
        changed(plan, release=office_clock(plan.activities.release)), shifts=(around_the_clock(40),)
    )
    log, plain = simulate(plan), simulate(uninterrupted)

    assert (log.finish >= 0).all()
    assert np.array_equal(office_clock(log.finish), plain.finish)
    assert np.array_equal(office_clock(log.start), plain.start)
    assert np.array_equal(log.cadre, plain.cadre)


class TestTheorems:
    """Relations between two runs, only those that hold for every instance."""

    @pytest.mark.parametrize("discipline", MONOTONE)
    @for_each_seed(SEEDS)
    def test_with_one_more_cadre_nobody_finishes_later(self, seed: int, discipline: str) -> None:
        few, many = (simulate(queue(seed, discipline, cadres=cadres)) for cadres in (2, 3))

        assert (many.finish <= few.finish).all()

    @pytest.mark.parametrize("discipline", MONOTONE)
    @for_each_seed(SEEDS)
    def test_with_one_job_less_nobody_else_finishes_later(self, seed: int, discipline: str) -> None:
        plan = queue(seed, discipline, cadres=2)
        rest = np.delete(np.arange(40), seed % 40)

        all_of_them = simulate(plan)
        without = simulate(replace(plan, activities=selected(plan.activities, rest)))

        assert (without.finish <= all_of_them.finish[rest]).all()

    @pytest.mark.parametrize("discipline", MONOTONE)
    @for_each_seed(SEEDS)
    def test_with_one_job_longer_nobody_finishes_earlier(self, seed: int, discipline: str) -> None:
        plan = queue(seed, discipline, cadres=2)
        effort = plan.activities.effort.copy()
        effort[seed % 40] += HOUR

        assert (simulate(changed(plan, effort=effort)).finish >= simulate(plan).finish).all()

    @for_each_seed(SEEDS)
    def test_the_top_rank_is_blind_to_the_others_where_it_may_interrupt(self, seed: int) -> None:
        plan = queue(seed, "preemptive")
        top = np.flatnonzero(plan.activities.rank == 0)

        alone = simulate(replace(plan, activities=selected(plan.activities, top)))

        assert np.array_equal(simulate(plan).finish[top], alone.finish)

    @for_each_seed(SEEDS)
    def test_a_week_later_everything_happens_a_week_later(self, seed: int) -> None:
        plan = random_plan(seed)
        week = 7 * DAY

        def later(instants: Any) -> Any:
            return np.where(instants >= 0, instants + week, -1)

        rows = plan.activities
        shifted = replace(
            changed(plan, release=rows.release + week, due=later(rows.due), start=later(rows.start)),
            shifts=tuple(replace(w, opens=w.opens + week, closes=w.closes + week) for w in plan.shifts),
            roster=replace(plan.roster, absences=plan.roster.absences + np.array([0, week, week])),
            horizon=plan.horizon + week,
        )
        log, after = simulate(plan), simulate(shifted)

        assert all(np.array_equal(getattr(after, n), later(getattr(log, n))) for n in ("start", "finish", "released"))
        assert all(np.array_equal(getattr(after, n), getattr(log, n)) for n in PER_ROW[3:])
        assert np.array_equal(after.seconds[:, 1:], log.seconds)
        assert np.array_equal(after.unit_usable[:, 7:], log.unit_usable)
        assert after.events == log.events

    @for_each_seed(SEEDS)
    def test_three_times_slower_everything_takes_three_times_as_long(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 3])
        blocks = [[(0, 8)], [(1, 4), (4, 7)], [(2, 3), (5, 8)]][rng.integers(0, 3)]
        plan = random_plan(seed)
        starts = np.arange(0, plan.horizon // HOUR, 8)
        opens, closes = (np.concatenate([starts + block[end] for block in blocks]) * HOUR for end in (0, 1))
        shift = Windows(np.sort(opens), np.sort(closes), np.zeros(len(opens), dtype=np.bool_))
        nobody_away = replace(plan.roster, absences=plan.roster.absences[:0])
        plan = replace(plan, shifts=(shift,) * len(plan.shifts), roster=nobody_away)
        rows = plan.activities

        times = ("release", "due", "start", "effort", "travel", "patience")
        slow = {name: np.where((column := getattr(rows, name)) >= 0, column * 3, -1) for name in times}
        slower = replace(
            changed(plan, **slow),
            shifts=(replace(shift, opens=shift.opens * 3, closes=shift.closes * 3),) * len(plan.shifts),
            horizon=plan.horizon * 3,
            switching_cost=plan.switching_cost * 3,
        )
        log, after = simulate(plan), simulate(slower)

        for name in ("start", "finish", "released", "worked", "overtime"):
            before = getattr(log, name)
            assert np.array_equal(getattr(after, name), np.where(before >= 0, before * 3, -1)), name
        assert all(
            np.array_equal(getattr(after, n), getattr(log, n)) for n in ("interruptions", "missed", "gave_up", "cadre")
        )

    @for_each_seed(SEEDS)
    def test_the_numbers_of_the_units_do_not_matter(self, seed: int) -> None:
        plan = random_plan(seed)
        other, rows = rearranged(plan, list(range(len(plan.roster.unit_shift)))[::-1])

        log, relabelled = simulate(plan), simulate(other)

        for name in PER_ROW[:-1]:
            assert np.array_equal(getattr(relabelled, name), getattr(log, name)[rows]), name
        assert np.array_equal(relabelled.unit_usable, log.unit_usable[::-1])

    @for_each_seed(SEEDS)
    def test_a_unit_that_sends_nothing_changes_nothing_elsewhere(self, seed: int) -> None:
        plan = random_plan(seed)
        rows = plan.activities
        inside = (rows.predecessor < 0) | (rows.unit[rows.predecessor] == rows.unit)
        plan = changed(plan, predecessor=np.where(inside, rows.predecessor, -1))
        alone, kept = rearranged(plan, [len(plan.roster.unit_shift) - 1])

        log, without = simulate(plan), simulate(alone)

        for name in PER_ROW[:-1]:
            assert np.array_equal(getattr(without, name), getattr(log, name)[kept]), name
