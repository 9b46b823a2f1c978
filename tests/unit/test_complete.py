"""Every lever, metric, part and unit of measure has labels, and every lever has a case."""

import pytest

from sim.contract.plan import Plan
from sim.domain.category import CATEGORIES, PARTS, Part
from sim.domain.recurrence import PER_YEAR
from sim.domain.rule import rule_field, rule_fields
from sim.domain.standing import Standing
from sim.engine.simulate import simulate
from sim.i18n import labels
from sim.levers.base import LeverBase
from sim.levers.table import LEVERS
from sim.metrics.measure import measure
from sim.metrics.table import METRICS
from tests.casebook import CASES
from tests.regimes import everything, plan_of


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (labels.PART, PARTS),
        (labels.CATEGORY, (*CATEGORIES, "outreach", "unassigned")),
        (labels.CATEGORY_SHORT, (*CATEGORIES, "outreach", "unassigned")),
        (labels.STANDING, Standing),
        (labels.FREQUENCY, PER_YEAR),
    ],
    ids=["parts", "categories", "short categories", "standings", "frequencies"],
)
def test_everything_has_words_in_both_languages_and_no_words_are_left_over(words: labels.Words, keys: object) -> None:
    assert set(words) == {str(key) for key in keys}  # type: ignore[attr-defined]
    assert all(entry.keys() == {"zh", "en"} and all(entry.values()) for entry in words.values())


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_has_words_and_a_unit_with_words(key: str) -> None:
    metric = METRICS[key]

    assert metric.key == key
    for words in (metric.label, metric.meaning):
        assert words.keys() == {"zh", "en"}
        assert all(words.values())
    assert metric.unit in labels.UNIT


def test_metrics_are_told_apart_by_their_words() -> None:
    for lang in ("zh", "en"):
        assert len({metric.label[lang] for metric in METRICS.values()}) == len(METRICS)
        assert len({metric.meaning[lang] for metric in METRICS.values()}) == len(METRICS)


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_has_a_label_and_a_meaning_in_both_languages(name: str) -> None:
    lever = LEVERS[name]

    for words in (lever.label, lever.meaning):
        assert words.keys() == {"zh", "en"}
        assert all(words.values())


def test_a_lever_writes_a_field_that_holds_its_rule_and_has_a_sentence_of_its_own() -> None:
    for lever in LEVERS.values():
        assert rule_field(lever.acts_on, lever.rule_class()) in rule_fields(lever.acts_on)
        assert lever.sentence is not LeverBase.sentence


def test_every_lever_has_a_case_file() -> None:
    assert {case.file for case in CASES} == set(LEVERS)


def test_a_lever_is_listed_under_the_name_it_has() -> None:
    assert all(lever.model_fields["lever"].annotation.__args__ == (name,) for name, lever in LEVERS.items())


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    regimes = [everything(), *(case.pulled(case.regime) for case in CASES)]
    return [plan_of(made) for made in regimes]


def test_every_metric_of_the_table_is_measured_in_some_plan_and_nothing_else(plans: list[Plan]) -> None:
    assert {key for plan in plans for key, _ in measure(plan, simulate(plan)).values} == set(METRICS)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_occurs_in_some_plan(plans: list[Plan], part: Part) -> None:
    assert any(PARTS.index(part) in plan.activities.part for plan in plans)
