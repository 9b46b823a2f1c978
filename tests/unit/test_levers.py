"""Levers: pure functions from regime to regime that declare what they touch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.regime import Regime
from sim.errors import ScenarioError
from sim.levers.base import LeverBase
from sim.levers.table import LEVERS
from sim.scenario.apply import apply_levers, collisions, named_levers, touched_entries
from sim.scenario.scenario import Scenario
from tests.casebook import CASES, FIRST_CASES, Case, where
from tests.regimes import demanded, inspection, plan_of, regime, rows_of

SHARES = st.integers(0, 100).map(lambda percent: f"{percent}%")
REACHES = st.fixed_dictionaries(
    {
        "strength": st.floats(0, 1),
        "compliance": SHARES,
        "erosion": SHARES,
        "starts": st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2025, 1, 1))),
    }
)


BY_LEVER = {case.file: case for case in FIRST_CASES}


def lever(kind: str, **changes: Any) -> LeverBase:
    """Return the lever of its first case."""
    return LEVERS[kind].model_validate({**BY_LEVER[kind].lever, **changes})


def scenario(*kinds: str, **changes: Any) -> Scenario:
    """Return a scenario with the levers of several cases, each on obligations of its own."""
    parts = [_own_names(BY_LEVER[kind]) for kind in kinds]
    made = BY_LEVER["directory"].amid_everything
    there = [made.organisation, *(BY_LEVER[kind].regime.organisation for kind in sorted(kinds))]
    made = made.replace(
        organisation=made.organisation.replace(
            roles={name: words for one in there for name, words in one.roles.items()},
            units={name: unit for one in there for name, unit in one.units.items()},
        ),
        obligations={name: entry for part, _ in parts for name, entry in part.obligations.items()},
        demand={name: entry for part, _ in parts for name, entry in part.demand.items()},
        assignments={name: entry for part, _ in parts for name, entry in part.assignments.items()},
    )
    return Scenario.model_validate(
        {**dict(made), "title": {"zh": "", "en": ""}, "levers": tuple({**text, **changes} for _, text in parts)}
    )


def _own_names(case: Case) -> tuple[Regime, dict[str, Any]]:
    """Return the case's regime and lever, its obligations named after the lever."""
    made = case.regime
    of = {name: f"{case.file}_{name}" for name in made.assignments}
    renamed = made.replace(
        assignments={of[name]: entry for name, entry in made.assignments.items()},
        obligations={
            f"{case.file}_{name}": entry.replace(part_of=of.get(entry.part_of or ""))
            for name, entry in made.obligations.items()
        },
        demand={f"{case.file}_{name}": entry for name, entry in made.demand.items()},
    )
    renaming = {name: f"{case.file}_{name}" for name in (*made.obligations, *made.demand, *made.assignments)}
    return renamed, {**case.lever, "of": tuple(renaming.get(name, name) for name in case.of)}


def test_the_first_lever_of_a_case_is_of_the_kind_of_its_file() -> None:
    assert all(case.lever["lever"] == kind for kind, case in BY_LEVER.items())


@pytest.mark.parametrize("kind", BY_LEVER)
@given(reach=REACHES)
@settings(max_examples=10, deadline=None)
def test_a_lever_gives_a_new_regime_and_leaves_the_old_one_as_it_was(kind: str, reach: dict[str, Any]) -> None:
    made = BY_LEVER[kind].regime
    text = made.model_dump_json()

    after = lever(kind, **reach).apply(made)

    assert made.model_dump_json() == text
    assert after is not made


@pytest.mark.parametrize("kind", BY_LEVER)
@given(reach=REACHES)
@settings(max_examples=10, deadline=None)
def test_a_lever_writes_what_it_touches_and_nothing_else(kind: str, reach: dict[str, Any]) -> None:
    made, pulled = BY_LEVER[kind].amid_everything, lever(kind, **reach)
    after = pulled.apply(made)
    written = {
        f"{section}.{name}.{field}"
        for section in ("obligations", "demand")
        for name, entry in getattr(made, section).items()
        for field in type(entry).model_fields
        if getattr(entry, field) != getattr(getattr(after, section)[name], field)
    }
    elsewhere = {
        section
        for section in ("organisation", "calendar", "policy")
        if getattr(after, section) != getattr(made, section)
    }

    assert written <= pulled.touches(made)
    assert written or elsewhere
    assert elsewhere <= {touched.partition(".")[0] for touched in pulled.touches(made)}


@given(kinds=st.lists(st.sampled_from(list(BY_LEVER)), unique=True))
@settings(max_examples=20, deadline=None)
def test_strength_zero_is_the_regime_itself(kinds: list[str]) -> None:
    made = scenario(*kinds, strength=0.0)

    assert apply_levers(made) == made.regime


@given(kinds=st.permutations(list(BY_LEVER)))
@settings(max_examples=10, deadline=None)
def test_levers_on_different_things_may_stand_in_any_order(kinds: list[str]) -> None:
    there, back = scenario(*kinds), scenario(*reversed(kinds))

    assert apply_levers(there) == apply_levers(back)


@pytest.mark.parametrize("kind", BY_LEVER)
def test_a_lever_twice_on_the_same_thing_is_refused_by_both_names_and_the_field(kind: str) -> None:
    case = BY_LEVER[kind]
    made = case.scenario(case.regime, {**case.lever, "name": "first"}, {**case.lever, "name": "second"})

    with pytest.raises(ScenarioError) as refused:
        apply_levers(made)

    for lang in ("zh", "en"):
        text = refused.value.render(lang)
        assert "first" in text
        assert "second" in text
        assert all(touched in text for touched in lever(kind).touches(case.regime))


def test_two_levers_without_names_of_their_own_are_refused() -> None:
    case = BY_LEVER["cap_frequency"]

    with pytest.raises(ScenarioError, match="cap_frequency"):
        named_levers(case.scenario(case.regime, case.lever, case.lever))


def test_levers_on_different_fields_of_one_obligation_do_not_collide() -> None:
    case = BY_LEVER["cap_frequency"]
    made = case.scenario(case.regime, case.lever, BY_LEVER["one_team"].lever, BY_LEVER["unannounced_visit"].lever)

    assert collisions(made, named_levers(made), {}) == []
    assert apply_levers(made).obligations["check"].joint is not None


@pytest.mark.parametrize("kind", BY_LEVER)
def test_a_target_that_does_not_exist_or_is_of_another_kind_is_named_with_those_that_fit(kind: str) -> None:
    made = BY_LEVER[kind].amid_everything
    fitting = BY_LEVER[kind].of[0]
    fields = {touched.rpartition(".")[2] for touched in lever(kind).touches(BY_LEVER[kind].regime)}
    entries = {**made.obligations, **made.demand}
    unfit = next(name for name, entry in entries.items() if fields.isdisjoint(type(entry).model_fields))

    for of in ("chekc", unfit):
        with pytest.raises(ScenarioError) as refused:
            lever(kind, of=(of,)).apply(made)
        assert f"'{of}'" in refused.value.render("en")
        assert f"“{of}”" in refused.value.render("zh")
        assert fitting in refused.value.render("en")


def test_a_cap_on_what_comes_at_a_rate_is_refused() -> None:
    made = BY_LEVER["cap_frequency"].regime
    entry = made.obligations["check"].replace(recurrence="3 per week")

    with pytest.raises(ScenarioError, match="'check' has a rate"):
        lever("cap_frequency").apply(made.replace(obligations={"check": entry}))


def test_only_the_levers_named_are_pulled() -> None:
    case = BY_LEVER["cap_frequency"]
    made = case.scenario(case.regime, case.lever, BY_LEVER["unannounced_visit"].lever)

    one = apply_levers(made, only=["unannounced_visit"]).obligations["check"]

    assert one.frequency_caps == ()
    assert one.unannounced is not None
    assert apply_levers(made, only=[]) == made.regime
    with pytest.raises(ScenarioError, match="no lever 'cap'; there are cap_frequency, unannounced_visit"):
        apply_levers(made, only=["cap"])


def test_what_a_lever_of_strength_zero_names_is_not_touched() -> None:
    case = BY_LEVER["cap_frequency"]
    made = case.amid_everything
    directory = {**BY_LEVER["directory"].lever, "of": "papers"}
    levers = case.scenario(made, {**case.lever, "strength": 0.0}, directory)

    assert touched_entries(levers, made, apply_levers(levers)) == {"demand.papers"}


def test_what_differs_between_two_regimes_counts_as_touched() -> None:
    case = BY_LEVER["cap_frequency"]
    made = case.amid_everything
    fewer = made.replace(obligations={name: e for name, e in made.obligations.items() if name != "call"})

    assert touched_entries(case.scenario(made), made, fewer) == {"obligations.call"}
    assert touched_entries(case.scenario(made), fewer, made) == {"obligations.call"}


def test_one_name_may_stand_for_a_list_of_one() -> None:
    assert lever("directory", of="matters") == lever("directory", of=("matters",))


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_strength_lies_between_zero_and_one(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        lever("directory", strength=strength)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_more_strength_never_adds_to_the_hours_the_measure_takes_away(case: Case) -> None:
    made = case.regime
    relieved = [place for place, (before, after) in case.text.get("hours", {}).items() if after < before]
    plans = [plan_of(case.pulled(made, strength=s)) for s in (0.0, 0.25, 0.5, 0.75, 1.0)]

    for place in relieved:
        hours = [demanded(plan, *where(place)) for plan in plans]
        assert hours == sorted(hours, reverse=True)
        assert hours[-1] < hours[0] == demanded(plan_of(made), *where(place))


def test_the_pool_of_a_cull_does_not_depend_on_the_order_of_names() -> None:
    made = regime({"a": inspection(programmes=4), "b": inspection(programmes=7)})

    one, other = (
        {row.identity for name in of for row in rows_of(plan_of(culled(made, of)), name, "host")}
        for of in (("a", "b"), ("b", "a"))
    )

    assert one == other


def culled(made: Regime, of: tuple[str, ...]) -> Regime:
    return LEVERS["cull"].model_validate({"lever": "cull", "of": of, "number": 5}).apply(made)


def test_the_store_is_kept_by_all_real_units_and_each_type_that_fills_forms() -> None:
    made = BY_LEVER["share_one_form"].regime
    above = made.obligations["form"].replace(on="township")
    made = made.replace(obligations={**made.obligations, "above": above})
    plan = plan_of(lever("share_one_form", of=("form", "above")).apply(made))
    upkeep = {row.unit.rpartition("/")[2].partition(".")[0]: row.effort for row in rows_of(plan, "above", "upkeep")}

    assert upkeep == {"township": 7_200, "village": 7_200, "department": 7_200 * 0.02 * 60 / 6}
    assert rows_of(plan, "form", "upkeep") == []
