"""Shipped scenarios produce the same year, to the byte, as when their fingerprints were committed."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import FrameType
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from sim.contract.plan import Activities, Plan
from sim.domain.category import CATEGORIES, PARTS
from sim.engine.simulate import simulate
from sim.files.scenario import read_scenario
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers

ROOT = Path(__file__).parents[2]
FINGERPRINTS = Path(__file__).parent / "fingerprints.json"
SCENARIOS = ("scenarios/base/county.yaml", "scenarios/jiayu/after.yaml")
LOGGED = ("start", "finish", "cadre")
MORE_CALLS = 1.15
"""Limit of calls in planning, as a multiple of the committed number."""


def fingerprint(columns: dict[str, Any]) -> str:
    """Hash columns by name, as little-endian integers of eight bytes: the same on every machine."""
    digest = hashlib.sha256()
    for name in sorted(columns):
        digest.update(name.encode() + b"\0")
        digest.update(np.ascontiguousarray(columns[name]).astype("<i8", casting="unsafe").tobytes())
    return digest.hexdigest()[:16]


def in_words(plan: Plan) -> dict[str, Any]:
    """Return the plan's columns with names in place of the plan's own numbers."""
    rows, roster, setting = plan.activities, plan.roster, plan.setting
    assert setting is not None
    edges = zip(roster.team_offset[:-1], roster.team_offset[1:], strict=True)
    teams = ["+".join(setting.cadre_names[c] for c in roster.team_members[first:last]) for first, last in edges]
    named = {
        "unit": setting.unit_names,
        "team": teams,
        "category": CATEGORIES,
        "obligation": setting.obligations,
        "issuer": (*setting.issuers, "residents"),
        "part": PARTS,
    }
    columns = {f.name: getattr(rows, f.name) for f in fields(Activities)}
    columns |= {name: np.array([crc32(w.encode()) for w in words])[columns[name]] for name, words in named.items()}
    columns["predecessor"] = np.where(rows.predecessor < 0, 0, rows.identity[rows.predecessor])
    return columns


def fingerprints(path: str) -> dict[str, Any]:
    scenario = read_scenario(ROOT / path)
    regime = apply_levers(scenario)
    plan = plan_year(regime, scenario.run.root, 0)
    log = simulate(plan)
    return {
        "activities": len(plan.activities),
        "calls": calls(lambda: plan_year(regime, scenario.run.root, 0)),
        "events": log.events,
        "plan": fingerprint(in_words(plan)),
        "log": fingerprint({name: getattr(log, name) for name in LOGGED}),
    }


def calls(work: Callable[[], object]) -> int:
    """Count the Python functions called, the same on every machine; a loop over activities shows in the number."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.golden
@pytest.mark.parametrize("path", SCENARIOS)
def test_a_shipped_scenario_gives_the_year_that_was_committed(path: str) -> None:
    found = fingerprints(path)
    known: dict[str, Any] = json.loads(FINGERPRINTS.read_text()) if FINGERPRINTS.exists() else {}

    if os.environ.get("JIANFU_GOLDEN") == "write":
        FINGERPRINTS.write_text(json.dumps({**known, path: found}, indent=2, sort_keys=True) + "\n")
    else:
        more = found["calls"] / known.get(path, {}).get("calls", found["calls"])
        assert more < MORE_CALLS, f"planning {path} makes {more:.2f} times as many calls as committed"
        assert found | {"calls": None} == known.get(path, {}) | {"calls": None}, (
            f"{path} gives another year than the committed one. If that is meant, rewrite it (make golden) "
            "and note old, new and why under 'Results changed' in CHANGELOG.md"
        )


def test_a_fingerprint_sees_one_second_in_one_column() -> None:
    columns = {"start": np.arange(5, dtype=np.int64), "cadre": np.arange(5, dtype=np.int32)}
    later = {**columns, "start": columns["start"] + np.array([0, 0, 0, 0, 1])}

    assert fingerprint(columns) == fingerprint(dict(reversed(columns.items())))
    assert fingerprint(columns) != fingerprint(later)
    assert fingerprint(columns) != fingerprint({"start": columns["cadre"], "cadre": columns["start"][::-1]})


@pytest.mark.slow
def test_eight_times_the_work_takes_hardly_more_calls_to_plan() -> None:
    county = ROOT / "scenarios" / "base" / "county.yaml"
    more = ("organisation.units.township.count=8", "organisation.units.department.count=24")
    few, many = (apply_levers(read_scenario(county, overrides=overrides)) for overrides in ((), more))
    size = [len(plan_year(regime, 1, 0).activities) for regime in (few, many)]

    made = [calls(lambda regime=regime: plan_year(regime, 1, 0)) for regime in (few, many)]

    assert size[1] > 7 * size[0]
    assert made[1] < 1.5 * made[0]
