"""Lags and countings are inputs: written, explained and drawn like any other; each lag moves the rows it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.domain.category import PARTS
from sim.domain.counting import Counting
from sim.domain.frozen import Frozen
from sim.domain.lags import Lags
from sim.domain.quantity import Quantity
from sim.domain.regime import Regime
from sim.experiment.uncertainty import draw_inputs
from sim.files.explain import explain_values
from sim.files.extend import scenarios_folder
from sim.files.field_docs import field_docs
from sim.files.scenario import read_scenario
from sim.levers.table import LEVERS
from sim.scenario.scenario import Scenario
from sim.units import Share, Workdays
from tests.regimes import DAY, HOUR, appraisal, everything, inspection, plan_of, regime, rows_of, wanted_of
from tests.unit.test_seamless_appraisal import MANY, SCORING, exam

COUNTY = scenarios_folder() / "base" / "county.yaml"
YEAR = 16
"""A replication in which each kind has some meeting or visit in the afternoon, and the township is coached."""

MOVED = {
    "meetings_begin": {"call/attend", "call/host", "call/prepare", "call/relay"},
    "meetings_afternoon": {"call/attend", "call/host", "call/prepare", "call/relay"},
    "meetings_prepared": {"call/prepare"},
    "courses_prepared": {"course/prepare"},
    "documents_drafted": {"paper/prepare"},
    "documents_read": {"paper/read"},
    "documents_forwarded": {"paper/read", "paper/relay"},
    "forms_collated": {"form/collate"},
    "forms_mended": {"form/rework"},
    "forms_received": {"form/receive", "asked/receive"},
    "store_renewed": {"asked/upkeep"},
    "visits_begin": {
        "check/escort", "check/host", "check/prepare", "check/visit", "check_above/host", "check_above/prepare",
        "check_above/visit", "check_weekly/host", "check_weekly/prepare", "check_weekly/visit", "year_end/fill",
        "year_end/host", "year_end/prepare", "year_end/visit", "kept/fill", "kept/host", "kept/prepare", "kept/visit",
        "quiet/visit",
    },
    "rectification_begins": {"check/rectify"},
    "evidence_uploaded": {"kept/prepare"},
    "data_passed_on": {"quiet/upkeep"},
    "records_kept": {"quiet/upkeep"},
    "coaching_month": {"quiet/coach"},
    "coaching_done": {"quiet/coach"},
    "standing_done": {"listed/attend", "listed/fill", "listed/routine"},
}  # fmt: skip
MOVED["visits_afternoon"] = MOVED["visits_begin"]
"""Steps whose dates depend on each lag; all other steps keep their dates."""


def all_kinds() -> Regime:
    """Return a regime with every obligation that a lag dates, and the measures that add lags."""
    duties = {"kind": "listed_duties", "issuer": "department", "on": "township", "recurrence": "50 per year"}
    times = {"effort": "2 h", "standby": "10 min", "training": "1 h", "reporting": "6 min"}
    course = {"kind": "training", "issuer": "county_office", "on": "township", "recurrence": "quarterly"}
    more = regime(
        {
            "listed": {**duties, **times, "kinds": 40, "lines": 4, "concentration": 1.6},
            "course": {**course, "attendees": 1, "half_days": 2, "preparation": "5 h"},
            "quiet": appraisal(programmes=4, scoring=SCORING),
            "kept": appraisal(programmes=4, scoring=SCORING),
        },
        organisation=MANY,
    )
    made = everything(organisation=MANY)
    made = made.replace(obligations={**made.obligations, **more.obligations})
    feed = {"departments": 6, "fed_by": "department", "cycle": "monthly", "effort": "5 h"}
    trend = {"years": 3, "coached_below": 0.0, "coaching": "6 h"}
    store = {"records": 7200, "changed": "2%", "renewal": "1 min", "kept_by": "department", "grassroots": "2 h"}
    levers: list[dict[str, Any]] = [
        {"lever": "seamless_appraisal", "of": ("quiet",), "feed": feed, "readiness": "3 h", "trend": trend,
         "exam": exam()},
        {"lever": "continuous_evidence", "of": ("kept",), "nodes": "monthly", "upload": "10 min",
         "still_dresses": "50%", "strength": 0.5},
        {"lever": "share_one_form", "of": ("form", "asked"), "coverage": "20%", "glance": "9 s", "fresh": "10 days",
         "store": store},
    ]  # fmt: skip
    for lever in levers:
        made = LEVERS[lever["lever"]].model_validate(lever).apply(made)
    return made


def with_lag(made: Regime, name: str, value: Any) -> Regime:
    return made.replace(policy=made.policy.replace(lags=made.policy.lags.replace(**{name: value})))


def dated(made: Regime) -> dict[int, tuple[str, int, int, int]]:
    """Return the step and the times of every row, by its identity."""
    plan = wanted_of(made, YEAR)
    assert plan.setting is not None
    rows, names = plan.activities, [name.partition(".")[2] for name in plan.setting.obligations]
    columns = (rows.identity, rows.obligation, rows.part, rows.release, rows.due, rows.start)
    return {
        identity: (f"{names[entry]}/{PARTS[part]}", release, due, start)
        for identity, entry, part, release, due, start in zip(*(column.tolist() for column in columns), strict=True)
    }


@pytest.fixture(scope="module")
def made() -> Regime:
    return all_kinds()


@pytest.fixture(scope="module")
def usual(made: Regime) -> dict[int, tuple[str, int, int, int]]:
    return dated(made)


@pytest.mark.parametrize("name", Lags.model_fields)
def test_a_lag_dates_the_steps_it_names_and_no_others(
    name: str, made: Regime, usual: dict[int, tuple[str, int, int, int]]
) -> None:
    quantity = getattr(Lags(), name)
    other = quantity.range[0] if quantity.range[0] != quantity.value else quantity.range[1]
    if isinstance(other, Share):
        other = Share(0.0)
    now = dated(with_lag(made, name, other))

    assert {step for _, (step, *_) in usual.items() ^ now.items()} == MOVED[name]


@pytest.mark.parametrize("name", Lags.model_fields)
def test_a_lag_has_a_range_a_source_a_reason_and_a_text(name: str) -> None:
    quantity = getattr(Lags(), name)

    assert quantity.range is not None
    assert quantity.range[0] < quantity.range[1]
    assert quantity.sources
    assert quantity.note
    assert field_docs(Lags)[name]


def test_a_definition_is_not_drawn() -> None:
    quantities = dict(Counting())

    assert all(one.sources and one.note and field_docs(Counting)[name] for name, one in quantities.items())
    assert not any(one.range for one in quantities.values())


def test_explain_lists_what_no_file_names_with_its_range_and_how_it_is_known() -> None:
    told = {value.key: value for value in explain_values(COUNTY)}
    read = told["policy.lags.documents_read"]

    assert (read.value, read.range, read.origin) == ("3 workdays", "1 workday – 5 workdays", "default")
    assert read.standing == "assumed"
    for group, model in (("lags", Lags), ("counting", Counting)):
        for name in model.model_fields:
            value = told[f"policy.{group}.{name}"]
            assert value.is_quantity
            assert value.standing == "assumed"
            assert value.note


def test_a_scenario_may_set_one_lag_in_its_file_or_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "quick.yaml"
    file.write_text(
        "extends: jianfu:base/county.yaml\npolicy: {lags: {forms_received: 2 workdays}}\n", encoding="utf-8"
    )
    lags = read_scenario(file, overrides=("policy.lags.documents_read=1 workday",)).policy.lags

    assert (lags.forms_received.value, lags.documents_read.value) == (2, 1)
    assert lags.meetings_prepared == Lags().meetings_prepared


def quantities_of(value: Any, path: str = "") -> dict[str, Quantity[Any]]:
    if isinstance(value, Quantity):
        return {path: value}
    if isinstance(value, Frozen):
        value = dict(value)
    if isinstance(value, tuple):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        return {key: one for name, item in value.items() for key, one in quantities_of(item, f"{path}.{name}").items()}
    return {}


def test_lags_are_drawn_within_their_ranges_and_move_no_other_draw() -> None:
    scenario = read_scenario(COUNTY)
    known = Lags.model_validate({name: one.replace(range=None) for name, one in Lags()})
    without: Scenario = scenario.replace(policy=scenario.policy.replace(lags=known))
    values: dict[str, set[Any]] = {name: set() for name in Lags.model_fields}

    for draw in range(20):
        drawn = draw_inputs(scenario, 1, draw)
        every, others = quantities_of(drawn), quantities_of(draw_inputs(without, 1, draw))
        assert {path: one for path, one in every.items() if ".lags." not in path}.items() <= others.items()
        for name, one in drawn.policy.lags:
            values[name].add(one.value)
    for name, one in Lags():
        assert len(values[name]) > 1, name
        assert one.range[0] <= min(values[name]) < max(values[name]) <= one.range[1]


def test_rectification_on_the_day_of_the_visit_does_not_begin_before_it() -> None:
    made = regime({"check": inspection(rectification={"share": "100%", "effort": "1 h", "due": "10 workdays"})})
    plan = plan_of(with_lag(made, "rectification_begins", Workdays(0)))
    visits = sorted(row.start for row in rows_of(plan, "check", "host"))

    assert visits
    assert sorted(row.release for row in rows_of(plan, "check", "rectify")) == visits


def test_an_afternoon_share_of_nought_holds_all_meetings_in_the_morning() -> None:
    made = with_lag(everything(), "meetings_afternoon", Share(0.0))

    assert all(row.start % DAY < 12 * HOUR for row in rows_of(wanted_of(made), "call", "host"))
