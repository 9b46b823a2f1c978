"""Plan a year: from a regime to dated activities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY, Plan
from sim.contract.setting import Setting
from sim.domain.calendar import days_of
from sim.domain.demand import RealProblem, ResidentRequest
from sim.errors import Problem, ScenarioError
from sim.plan import limits
from sim.plan.booking.booking import book
from sim.plan.demand.problems import plan_problems
from sim.plan.identity.chance import Chance
from sim.plan.identity.staff import open_staff
from sim.plan.planners import write_rows
from sim.plan.rows.draft import Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.setting import Problems
    from sim.domain.demand import Demand
    from sim.domain.obligations import Obligation
    from sim.domain.regime import Regime


def plan_year(regime: Regime, root: int, replication: int, jurisdiction: int = 0) -> Plan:
    """Return the dated activities of one regime in one replication, in one of its jurisdictions.

    A pure function: equal arguments give equal plans, and work that two regimes have in common is identical in both
    plans.

    Raises:
        ScenarioError: an obligation, a demand or a unit type is too large to be planned.
    """
    refuse_absurd(regime)
    chance = Chance(root, replication, jurisdiction)
    draft = Draft(regime, open_staff(regime, chance), chance)
    write_rows(draft)
    outcome = book(draft)
    if outcome is not None:
        draft.present = outcome.present
    activities, row_of, fields, reentered = draft.finish()
    checks = draft.checks and replace(draft.checks, row=np.append(row_of, -1)[draft.checks.row])
    streams = {name: e for name, e in regime.demand.items() if isinstance(e, RealProblem)}
    problems = plan_problems(draft, streams, activities, row_of)
    staff = draft.staff
    return Plan(
        activities=activities,
        roster=staff.roster() if outcome is None else outcome.roster,
        shifts=tuple(staff.timelines[name].windows for name in staff.shifts),
        horizon=days_of(regime.calendar.year) * DAY,
        first_weekday=date(regime.calendar.year, 1, 1).weekday(),
        discipline=regime.policy.discipline,
        preemptive=regime.policy.preemptive,
        switching_cost=int(regime.policy.switching_cost.value),
        setting=replace(
            _setting(regime, draft, fields, reentered, problems),
            checks=checks,
            refused=draft.refused,
            booked=None if outcome is None else outcome.booked(draft, row_of),
            appraised=tuple(
                one.in_rows(row_of, one.start, one.held)
                if outcome is None
                else one.in_rows(row_of, outcome.times(appointment, one.start), outcome.held(appointment))
                for one, appointment in zip(draft.examined, draft.examinations, strict=True)
            ),
            cases=tuple(one.in_rows(row_of) for one in draft.cases),
            collected=tuple(one.in_rows(row_of) for one in draft.collected),
        ),
    )


def without_work(regime: Regime) -> Regime:
    """Return the regime without obligations and demand; planning it is quick, and shows all cadres and their hours."""
    return regime.replace(obligations={}, demand={})


def _setting(
    regime: Regime, draft: Draft, fields: NDArray[np.int64], reentered: NDArray[np.int64], problems: Problems
) -> Setting:
    staff, units = draft.staff, regime.organisation.units
    roles = tuple(sorted(regime.organisation.roles))
    posts = [
        units[staff.types[unit]].posts[post] for unit, post in zip(staff.cadre_unit, staff.cadre_post, strict=True)
    ]
    entries: dict[str, Obligation | Demand] = {f"obligations.{name}": e for name, e in regime.obligations.items()}
    entries |= {f"demand.{name}": e for name, e in regime.demand.items()}
    promised = {name: int(e.service_level.value) for name, e in entries.items() if isinstance(e, ResidentRequest)}
    return Setting(
        year=regime.calendar.year,
        unit_names=staff.names,
        unit_types=staff.types,
        roles=roles,
        cadre_role=np.array([roles.index(post.role) for post in posts], dtype=np.int64),
        person=staff.person,
        cadre_names=staff.cadre_names,
        represents=np.array([units[staff.types[unit]].represents.value for unit in staff.cadre_unit], dtype=np.int64),
        week_seconds=np.array([staff.timelines[name].week_seconds for name in staff.shifts], dtype=np.int64),
        obligations=tuple(draft.sources),
        kinds=tuple(entries[name].kind for name in draft.sources),
        issuers=tuple(draft.issuers),
        service_level=np.array([promised.get(name, -1) for name in draft.sources], dtype=np.int64),
        fields=fields,
        reentered=reentered,
        home_visit=int(regime.policy.home_visit.value),
        outreach=float(regime.policy.outreach.value),
        hourly_cost=regime.policy.hourly_cost.value,
        counting=regime.policy.counting,
        topics=draft.topics,
        problems=problems,
        serves=np.array([units[staff.types[unit]].tier != "enterprise" for unit in staff.cadre_unit], dtype=np.bool_),
    )


def refuse_absurd(regime: Regime) -> None:
    """Refuse obligations, demand and unit types that exceed `limits.OCCURRENCES` a year.

    Raises:
        ScenarioError: names each of them and its size.
    """
    often = {
        f"obligations.{name}": regime.programmes(entry) * entry.recurrence.value.per_year * _units(regime, entry.on)
        for name, entry in regime.obligations.items()
    }
    often |= {
        f"demand.{name}": float(entry.rate.value) * _units(regime, entry.on) for name, entry in regime.demand.items()
    }
    for name, unit in regime.organisation.units.items():
        heads = sum(post.headcount.value for post in unit.posts.values())
        often[f"organisation.units.{name}.count"] = _units(regime, name) * max(1, heads)
    problems = [_too_often(key, count) for key, count in often.items() if count > limits.OCCURRENCES]
    if problems:
        raise ScenarioError(problems)


def _units(regime: Regime, unit_type: str) -> int:
    units = regime.organisation.units
    count = 1
    for name in regime.organisation.path(unit_type):
        count *= units[name].count.value
    return count


def _too_often(key: str, count: float) -> Problem:
    return Problem(
        key=key,
        message={
            "zh": f"一年共 {count:,.0f} 次（人），超过可模拟的 {limits.OCCURRENCES:,}；请减少数量或频次",
            "en": f"comes to {count:,.0f} a year, more than the {limits.OCCURRENCES:,} that can be simulated",
        },
    )
