"""The JSON Schema of scenario files agrees with the reader, and the committed files are current."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from sim.domain.kinds import KIND_TEXTS
from sim.domain.obligations import Report
from sim.domain.rule import rule_fields
from sim.domain.study import Study
from sim.files.extend import EXTENDS, read_extended, scenarios_folder
from sim.files.field_docs import field_docs
from sim.files.parse import parse
from sim.files.reference_page import reference_page
from sim.files.schema import SCHEMA_FILE, scenario_schema, schema_text
from sim.files.shape import alternatives
from sim.files.study import STUDY
from sim.i18n.fields import FIELD_ZH
from sim.levers.base import LeverBase
from sim.levers.cap_trips import CapTrips
from sim.levers.table import LEVERS
from sim.scenario.references import REFERENCES
from sim.scenario.scenario import Scenario

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "scenarios"
FILES = [
    path for folder in (FIXTURES, scenarios_folder()) for path in sorted(folder.rglob("*.yaml")) if path.name != STUDY
]
NOT_NAMES = {
    "topic",
    "bodies",
    "items",
    "kind",
    "lever",
    "name",
    "domain",
    "group",
    "metric",
    "scope",
    "primary",
    "zh",
    "en",
    "note",
    "source",
    "of",
}
"""Text fields that name nothing inside a scenario, or are checked by other means."""


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = scenario_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))


def small(**changes: Any) -> Any:
    data = as_json(parse((FIXTURES / "base" / "small.yaml").read_text(encoding="utf-8"), "small.yaml").data())
    return {**data, **changes}


def lever(**keys: Any) -> dict[str, Any]:
    return {"lever": "cap_frequency", "of": "county_inspection", "to": "quarterly", **keys}


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_scenario_agrees_with_the_schema(path: Path, validator: Draft202012Validator) -> None:
    written = as_json(parse(path.read_text(encoding="utf-8"), str(path)).data())
    merged = as_json(read_extended(path).data())

    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors(merged)) == []


@pytest.mark.parametrize("of", ["county_inspection", ["county_inspection", "safety_inspection"]])
def test_a_lever_may_act_on_one_name_or_several(of: Any, validator: Draft202012Validator) -> None:
    assert validator.is_valid(small(levers=[lever(of=of)]))


@pytest.mark.parametrize(
    "recurrence",
    [
        "monthly",
        "3 per week",
        "每周 3 次",
        {"every": "yearly", "months": [12]},
        {"value": "monthly", "source": "assumed"},
        {"value": {"rate": "3 per week", "season": "year_end"}, "range": ["2 per week", "4 per week"]},
    ],
)
def test_a_recurrence_has_short_forms(recurrence: Any, validator: Draft202012Validator) -> None:
    data = small()
    data["obligations"]["notices"]["recurrence"] = recurrence

    assert list(validator.iter_errors(data)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"levers": [lever(to="quaterly")]},
        {"levers": [lever(too="quarterly")]},
        {"levers": [{"lever": "cap_frequency", "to": "quarterly"}]},
        {"levers": [lever(strength=2)]},
        {"levers": lever()},
        {"obligation": {}},
        {"title": "text"},
        {"calendar": {"shifts": {"office": {"hour": []}}}},
        {"run": {"replications": 0}},
        {"obligations": {"x": {"kind": "channel", "groups": "8"}}},
        {"obligations": {"x": {"kind": "channel", "recurrence": "often"}}},
        {"obligations": {"x": {"kind": "inspection", "frequency_cap": {"to": "yearly"}}}},
        {"obligations": {"~x": 5}},
    ],
    ids=str,
)
def test_mistakes_are_seen_while_typing(wrong: dict[str, Any], validator: Draft202012Validator) -> None:
    assert not validator.is_valid(small(**wrong))


def test_a_file_that_extends_another_gives_only_what_differs(validator: Draft202012Validator) -> None:
    assert validator.is_valid({"extends": "../base/small.yaml", "obligations": {"notices": {"groups": 3}, "~x": None}})
    assert not validator.is_valid({"obligations": {"notices": {"groups": 3}}})


def test_the_committed_schema_is_current() -> None:
    """`jianfu schema -o scenarios/scenario.schema.json` writes it again."""
    assert (ROOT / "scenarios" / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_the_committed_reference_page_is_current() -> None:
    """`make docs` writes it again."""
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference_page()


def test_the_reference_page_tells_of_every_lever_and_kind() -> None:
    page = reference_page()

    for name in (*LEVERS, *KIND_TEXTS):
        assert f"`{name}`" in page


def test_what_only_levers_fill_says_so() -> None:
    for model in models_in(Scenario):
        told = {name for name, text in field_docs(model).items() if text.startswith("Set by the lever")}
        assert rule_fields(model) == told, model


def test_the_text_of_a_field_is_that_under_it_also_where_it_is_inherited() -> None:
    assert field_docs(Report)["domain"] == "Line of work, a pool of fields under `policy.pools`."
    assert field_docs(CapTrips)["strength"] == field_docs(LeverBase)["strength"] != ""


def test_every_key_has_a_chinese_word_and_no_word_is_left_over() -> None:
    """A new field gets its word in `sim/i18n/fields.py`."""
    keys, of_studies = (
        {field for model in models_in(file) for field in model.model_fields if field not in rule_fields(model)}
        for file in (Scenario, Study)
    )

    assert keys - FIELD_ZH.keys() == set()
    assert FIELD_ZH.keys() - keys - of_studies == {EXTENDS}


def test_every_field_of_text_says_what_it_names() -> None:
    """A new field of text is listed in `REFERENCES` (and checked), or here in `NOT_NAMES`."""
    texts = {str, tuple[str, ...]}
    fields = {
        name
        for model in models_in(Scenario)
        for name, field in model.model_fields.items()
        if not texts.isdisjoint(choice for choice in alternatives(field.annotation) if choice in texts)
    }

    assert fields - NOT_NAMES - REFERENCES.keys() == set()


def test_the_schema_is_readable() -> None:
    names = scenario_schema()["$defs"]

    assert all(re.fullmatch(r"\w{3,30}", name) for name in names)


def models_in(shape: Any, seen: set[Any] | None = None) -> Iterator[type[BaseModel]]:
    """List every model that a planner may write in a type, itself included; rules are written by levers."""
    seen = set() if seen is None else seen
    if isinstance(shape, type) and issubclass(shape, BaseModel) and shape not in seen:
        seen.add(shape)
        yield shape
        for name, field in shape.model_fields.items():
            if name not in rule_fields(shape):
                yield from models_in(field.annotation, seen)
    for part in get_args(shape):
        yield from models_in(part, seen)


def test_a_study_is_read_by_its_own_model() -> None:
    assert {model.__name__ for model in models_in(Study)} == {
        "Study", "Target", "Claim", "Condition", "Other", "Untestable", "Label",
    }  # fmt: skip
