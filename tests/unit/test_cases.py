"""Cases that a planner can check by hand: the demand of a small county before and after one measure."""

import pytest

from sim.levers.base import describe_lever
from tests.casebook import CASES, FIRST_CASES, Case, where
from tests.regimes import demanded, rows_of, wanted_of


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_measure_leaves_what_the_case_says(case: Case) -> None:
    made = case.regime
    plans = [wanted_of(made), wanted_of(case.pulled(made))]
    near = float(case.text.get("within", "0%").rstrip("%")) / 100

    for place, hours in case.text.get("hours", {}).items():
        assert [demanded(plan, *where(place)) for plan in plans] == pytest.approx(hours, rel=near or 1e-6), place
    for place, counts in case.text.get("counted", {}).items():
        assert tuple(len(rows_of(plan, *where(place))) for plan in plans) == counts, place


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_says_what_it_shows_and_some_number(case: Case) -> None:
    assert {"zh", "en", "levers"} <= case.text.keys()
    assert case.text.get("hours") or case.text.get("counted")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file_has_cases_of_the_lever_it_is_named_after(case: Case) -> None:
    assert {lever["lever"] for lever in case.text["levers"]} == {case.file}


@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_the_lever_of_a_first_case_reads_as_the_case_says(case: Case) -> None:
    assert case.text["sentence"] == {lang: describe_lever(case.first_lever, lang) for lang in ("zh", "en")}
