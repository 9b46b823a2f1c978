"""How tests build a metric's worked example: the plan, the words and facts behind it, its measured values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.appraised import Appraised
from sim.contract.booked import Altered, Booked
from sim.contract.cases import Cases
from sim.contract.checks import check_plan
from sim.contract.collected import Collected
from sim.contract.setting import Checks, Problems, Setting
from sim.domain.category import PARTS
from sim.domain.scoring import Scoring
from sim.engine.simulate import simulate
from sim.metrics.sample import Sample
from tests.plans import HOUR, Row, plan_of, windows

if TYPE_CHECKING:
    from sim.contract.plan import Plan
    from sim.metrics.example import SmallPlan, Work

OFFICE = [(8, 12), (14, 18)]
EVENING = [(19, 22)]
NO_PROBLEMS = dict.fromkeys(
    ("unit", "onset", "patrol", "report", "mended", "hit_problem", "hit_row", "stream", "streams"), ()
)


def setting_of(plan: Plan, kinds: Sequence[str], **facts: Any) -> Setting:
    """Return the usual setting: one role, one entry for each kind, a promise of one hour for requests only."""
    cadres, units, rows = len(plan.roster.cadre_unit), len(plan.roster.unit_shift), len(plan.activities)
    demand = ("request", "certificate", "approval")
    usual = {
        "year": 2024,
        "unit_names": tuple(f"unit.{number}" for number in range(units)),
        "unit_types": ("unit",) * units,
        "roles": ("cadre",),
        "cadre_role": np.zeros(cadres, dtype=np.int64),
        "cadre_names": tuple(f"cadre.{number}" for number in range(cadres)),
        "represents": np.ones(cadres, dtype=np.int64),
        "week_seconds": np.array([40 * HOUR] * len(plan.shifts)),
        "obligations": tuple(f"{'demand' if kind in demand else 'obligations'}.{kind}" for kind in kinds),
        "kinds": tuple(kinds),
        "issuers": ("county",),
        "service_level": np.array([HOUR if kind == "request" else -1 for kind in kinds], dtype=np.int64),
        "fields": np.zeros(rows, dtype=np.int64),
        "reentered": np.zeros(rows, dtype=np.int64),
        "home_visit": HOUR // 2,
        "outreach": 0.5,
        "hourly_cost": 40.0,
        "problems": Problems(**_columns(NO_PROBLEMS)),
    }
    return Setting(**{**usual, **facts})


def plan_of_example(small: SmallPlan) -> Plan:
    """The plan of an example, with its setting; rows keep their numbers."""
    kinds = sorted({work.kind for work in small.work})
    worked = [day for day in range(small.days) if day % 7 < 5]
    plan = plan_of(
        [_row(work, kinds) for work in small.work],
        staff=small.cadres,
        shifts=[windows(OFFICE, evening=EVENING if small.evening else (), days=worked)],
        days=small.days,
        shortest_gap=[0.5] * sum(small.cadres),
        preemptive=small.preemptive,
        switching_cost=round(small.switching * HOUR),
    )
    check_plan(plan)
    counts = {
        name: np.array([getattr(work, name) for work in small.work]) for name in ("fields", "reentered", "topics")
    }
    return replace(plan, setting=setting_of(plan, kinds, **counts, **_facts(small.facts)))


def sample_of(small: SmallPlan) -> Sample:
    """The example's plan with the log of its run."""
    plan = plan_of_example(small)
    return Sample(plan, simulate(plan))


def _row(work: Work, kinds: Sequence[str]) -> Row:
    optional = {"due": work.due, "patience": work.patience, "start": work.at if work.fixed else None}
    return {
        **{name: getattr(work, name) for name in ("effort", "seats", "unit", "rank", "category")},
        **{name: hours for name, hours in optional.items() if hours is not None},
        "release": 0 if work.fixed else work.at,
        "obligation": kinds.index(work.kind),
        "part": PARTS.index(work.part),
        "issuer": -1 if work.issuer == "residents" else 0,
    }


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Convert facts of plain lists to the types of a setting."""
    made = {
        "problems": lambda table: Problems(**_columns(table)),
        "checks": lambda table: Checks(**_columns(table)),
        "cases": lambda tables: tuple(Cases(**_columns(table)) for table in tables),
        "collected": lambda tables: tuple(Collected(**_columns(table)) for table in tables),
        "appraised": lambda tables: tuple(Appraised(**{"exam": None, **_columns(table)}) for table in tables),
        "represents": np.array,
        "booked": lambda table: _booked(**_columns(table)),
        "refused": dict,
    }
    return {name: made[name](value) for name, value in facts.items()}


def _booked(**columns: Any) -> Booked:
    """Return the appointments with the given columns, none of whose rows booking altered."""
    none = np.zeros(0, dtype=np.int64)
    usual = {
        "identity": np.arange(len(columns["start"])),
        "unreceived": none,
        "teams": 0,
    }
    return Booked(**usual, altered=Altered(*[none] * 6), left_out={}, **columns)


def _columns(table: Mapping[str, Any]) -> dict[str, Any]:
    """Convert columns to arrays and the scoring to a `Scoring`; keep other values."""
    read = {name: np.array(value) if value else np.zeros(0, dtype=np.int64) for name, value in table.items()
            if isinstance(value, tuple) and name != "streams"}  # fmt: skip
    scoring = {"scoring": Scoring.model_validate(table["scoring"])} if "scoring" in table else {}
    return {**table, **read, **scoring}
