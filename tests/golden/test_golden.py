"""Shipped scenarios give the same year, to the byte, as when their fingerprints were committed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from sim.domain.category import CATEGORIES, PARTS
from sim.engine.contract import Activities, Plan
from sim.engine.simulate import simulate
from sim.files.scenario import read_scenario
from sim.levers.apply import apply_levers
from sim.plan.year import plan_year

ROOT = Path(__file__).parents[2]
FINGERPRINTS = Path(__file__).parent / "fingerprints.json"
SCENARIOS = ("scenarios/base/county.yaml", "scenarios/jiayu/after.yaml")
LOGGED = ("start", "finish", "cadre")


def fingerprint(columns: dict[str, Any]) -> str:
    """Hash columns by name, as little-endian integers of eight bytes: the same on every machine."""
    digest = hashlib.sha256()
    for name in sorted(columns):
        digest.update(name.encode() + b"\0")
        digest.update(np.ascontiguousarray(columns[name]).astype("<i8", casting="unsafe").tobytes())
    return digest.hexdigest()[:16]


def in_words(plan: Plan) -> dict[str, Any]:
    """The plan's columns, numbers that a plan gives to names replaced by what stands for the names everywhere."""
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
    plan = plan_year(apply_levers(scenario), scenario.run.root, 0)
    log = simulate(plan)
    return {
        "activities": len(plan.activities),
        "plan": fingerprint(in_words(plan)),
        "log": fingerprint({name: getattr(log, name) for name in LOGGED}),
    }


@pytest.mark.golden
@pytest.mark.parametrize("path", SCENARIOS)
def test_a_shipped_scenario_gives_the_year_that_was_committed(path: str) -> None:
    found = fingerprints(path)
    known: dict[str, Any] = json.loads(FINGERPRINTS.read_text()) if FINGERPRINTS.exists() else {}

    if os.environ.get("JIANFU_GOLDEN") == "write":
        FINGERPRINTS.write_text(json.dumps({**known, path: found}, indent=2, sort_keys=True) + "\n")
    else:
        assert found == known.get(path), (
            f"{path} gives another year than the committed one. If that is meant, rewrite it (make golden) "
            "and note old, new and why under 'Results changed' in CHANGELOG.md"
        )


def test_a_fingerprint_sees_one_second_in_one_column() -> None:
    columns = {"start": np.arange(5, dtype=np.int64), "cadre": np.arange(5, dtype=np.int32)}
    later = {**columns, "start": columns["start"] + np.array([0, 0, 0, 0, 1])}

    assert fingerprint(columns) == fingerprint(dict(reversed(columns.items())))
    assert fingerprint(columns) != fingerprint(later)
    assert fingerprint(columns) != fingerprint({"start": columns["cadre"], "cadre": columns["start"][::-1]})
