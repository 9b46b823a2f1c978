"""Every kind of obligation and demand has words, a planner, and a case that a planner of reforms can check by hand."""

from typing import get_args

import pytest

from sim.domain.demand import Demand, RealProblem
from sim.domain.kinds import KIND_TEXTS
from sim.domain.obligations import OBLIGATION_KINDS
from sim.files.shape import models_of
from sim.plan.planners import ONE_BY_ONE, TOGETHER
from tests.casebook import KIND_CASES, Case, where
from tests.regimes import demanded, plan_of, rows_of

cases = pytest.mark.parametrize("case", KIND_CASES, ids=lambda case: case.file)


@cases
def test_a_kind_makes_the_work_that_its_case_says(case: Case) -> None:
    plan = plan_of(case.regime)
    near = float(case.text.get("within", "0%").rstrip("%")) / 100

    for place, hours in case.text.get("hours", {}).items():
        assert demanded(plan, *where(place)) == pytest.approx(hours, rel=near or 1e-6), place
    for place, count in case.text.get("counted", {}).items():
        assert len(rows_of(plan, *where(place))) == count, place
    if "problems" in case.text:
        problems = plan.setting.problems  # type: ignore[union-attr]
        found = {"arise": len(problems.unit), "reported": int((problems.report >= 0).sum())}
        assert found == pytest.approx(case.text["problems"], rel=near)


@cases
def test_a_case_says_what_it_shows_in_numbers_of_the_kind_it_is_named_after(case: Case) -> None:
    made = case.regime

    assert {"zh", "en"} <= case.text.keys()
    assert case.text.get("hours") or case.text.get("problems")
    assert {entry.kind for entry in (*made.obligations.values(), *made.demand.values())} == {case.file}


def test_every_kind_has_a_case() -> None:
    assert {case.file for case in KIND_CASES} == KIND_TEXTS.keys()


def test_every_kind_has_one_planner() -> None:
    """Real problems make no rows: they are drawn when the rows are known."""
    planned = {*OBLIGATION_KINDS.values(), *models_of(Demand)} - {RealProblem}

    assert {*ONE_BY_ONE, *TOGETHER} == planned
    assert ONE_BY_ONE.keys().isdisjoint(TOGETHER)


def test_every_kind_has_words_of_its_own_in_both_languages() -> None:
    for lang in ("zh", "en"):
        assert all(text.label[lang] and text.meaning[lang] for text in KIND_TEXTS.values())
        assert len({text.label[lang] for text in KIND_TEXTS.values()}) == len(KIND_TEXTS)


def test_the_words_of_a_class_of_demand_are_those_of_the_kinds_it_may_be() -> None:
    for model in models_of(Demand):
        assert tuple(model.kind_texts) == get_args(model.model_fields["kind"].annotation)  # type: ignore[attr-defined]
