"""Levers on meetings, documents and groups: nested, keyed, and without effect at strength 0."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from sim.domain.regime import Regime
from sim.errors import ScenarioError
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.regimes import (
    DAY,
    HOUR,
    TO_TOWNSHIP,
    by_identity,
    channel,
    check_in,
    demanded,
    document,
    duty,
    inspection,
    meeting,
    plan_of,
    regime,
    request,
    rows_of,
    same_bytes,
    units,
    wanted_of,
)

RELAY = {"to": "village", "share": "50%", "length": "1 h", "after": "2 workdays", "attendees": 1, "hosts": 2}
PASSED = {"to": "village", "share": "50%", "drafting": "2 h", "readers": 1, "reading": "20 min"}


def county() -> Regime:
    """Everything the levers of this family act on, and a duty that none of them touches."""
    return regime(
        {
            "call": meeting(programmes=10, relay=RELAY, preparation="4 h", hosts=1, blocks_half_day=True),
            "paper": document(programmes=10, acted_on="50%", drafting="8 h", passed_down=PASSED),
            "chat": channel(duplicates="50%"),
            "app": check_in(),
            "patrol": duty(per_cadre=True, recurrence="daily", effort="lognormal(mean=1 h, cv=0.4)"),
            "routine": duty(),
        }
    )


def after(lever: dict[str, Any], made: Regime | None = None) -> Regime:
    made = made or county()
    return apply_levers(
        Scenario.model_validate({**dict(made), "title": {"zh": "后", "en": "after"}, "levers": (lever,)})
    )


LEVERS: dict[str, dict[str, Any]] = {
    "cap_volume by share": {"lever": "cap_volume", "of": ("call", "paper"), "kept": "40%"},
    "cap_volume by number": {"lever": "cap_volume", "of": ("call", "paper"), "most": 30},
    "cull": {"lever": "cull", "of": "chat", "kept": 1},
    "merge_meetings": {
        "lever": "merge_meetings", "of": "call", "window": "5 workdays", "topics": 3, "further_topic": "20 min",
    },
    "meet_online": {"lever": "meet_online", "of": "call"},
    "drop_check_ins": {"lever": "drop_check_ins", "of": "app", "entries": 1},
    "ai_assistant": {
        "lever": "ai_assistant", "of": "paper", "parts": ("prepare", "act"), "quickest": 0.3, "slowest": 0.8,
        "verification": "3 min",
    },
}  # fmt: skip
every_lever = pytest.mark.parametrize("lever", LEVERS.values(), ids=LEVERS)


@every_lever
def test_strength_zero_gives_the_same_regime_and_a_share_of_zero_the_same_bytes(lever: dict[str, Any]) -> None:
    made = county()

    assert after({**lever, "strength": 0}) == made
    assert same_bytes(plan_of(after({**lever, "compliance": "0%"})), plan_of(made))


@every_lever
def test_what_it_does_not_touch_is_the_same_row_by_row(lever: dict[str, Any]) -> None:
    names = {"call", "paper", "chat", "app", "patrol", "routine"} - set(after_names(lever))
    before, later = plan_of(county()), plan_of(after(lever))

    for name in names:
        one, other = (by_identity(rows_of(plan, name)) for plan in (before, later))
        assert one.keys() == other.keys()
        assert all(row[4:13] == other[key][4:13] for key, row in one.items())


def after_names(lever: dict[str, Any]) -> tuple[str, ...]:
    return (lever["of"],) if isinstance(lever["of"], str) else lever["of"]


@every_lever
def test_the_further_it_carries_the_less_is_demanded(lever: dict[str, Any]) -> None:
    name = after_names(lever)[0]
    hours = [demanded(plan_of(after({**lever, "compliance": share})), name) for share in ("0%", "30%", "70%", "100%")]

    assert hours == sorted(hours, reverse=True)
    assert hours[-1] < hours[0]


@every_lever
def test_a_measure_that_starts_in_july_changes_nothing_of_the_first_half_year(lever: dict[str, Any]) -> None:
    name, mid_june = after_names(lever)[0], 165 * DAY
    plans = [wanted_of(made) for made in (county(), after({**lever, "starts": date(2024, 7, 1)}))]
    early, early_later = (
        {key: row[3:13] for key, row in by_identity(rows_of(plan, name)).items() if row.release < mid_june}
        for plan in plans
    )

    assert early == early_later
    assert demanded(plans[1], name) < demanded(plans[0], name)


@pytest.mark.parametrize("limit", [{"kept": ("20%", "60%")}, {"most": (25, 70)}], ids=["share", "number"])
def test_a_tighter_cap_keeps_some_of_what_a_looser_one_keeps(limit: dict[str, tuple[Any, Any]]) -> None:
    (key, values), lever = next(iter(limit.items())), {"lever": "cap_volume", "of": ("call", "paper")}
    tight, loose, none = (
        {row.identity for row in rows_of(plan_of(made))}
        for made in (*(after({**lever, key: value}) for value in values), county())
    )

    assert tight < loose < none


def test_a_number_holds_in_every_year_and_for_each_issuer() -> None:
    made = regime({"call": meeting(issuer="township", on="village", recurrence="60 per year", attendees=1)})
    capped = after({"lever": "cap_volume", "of": "call", "most": 50}, made)

    for year in range(5):
        assert len(rows_of(plan_of(capped, replication=year), "call", "attend")) <= 2 * 50


def test_a_cap_names_a_share_or_a_number() -> None:
    with pytest.raises(ValueError, match="either kept or most"):
        after({"lever": "cap_volume", "of": "call"})
    with pytest.raises(ScenarioError, match="no Broadcast named 'chat'"):
        after({"lever": "cap_volume", "of": "chat", "kept": "50%"})


def test_who_follows_fewer_groups_than_are_left_keeps_those() -> None:
    few = regime({"chat": channel(groups=2, duplicates="10%")})
    more = after({"lever": "cull", "of": "chat", "kept": 5}, few)

    assert same_bytes(plan_of(few), plan_of(more))


def test_a_group_that_is_left_open_stays_open_for_everybody_all_year() -> None:
    made = regime({"chat": channel(groups=8)})
    later = plan_of(after({"lever": "cull", "of": "chat", "kept": 0, "strength": 0.5}, made))
    before = by_identity(rows_of(plan_of(made), "chat"))

    saved = {before[row.identity].effort - row.effort for row in rows_of(later, "chat")}

    assert len(saved) == 1
    assert saved <= {3 * closed for closed in range(1, 8)}


MERGE = LEVERS["merge_meetings"]
BUSY = {"attendees": 1, "recurrence": "2 per week", "blocks_half_day": True, "hosts": 1, "relay": RELAY}


def busy() -> Regime:
    """Three streams of meetings for one audience, called by the county and by departments."""
    return regime(
        {
            "safety": meeting(**BUSY),
            "ecology": meeting(**BUSY, issuer="department", length="90 min"),
            "projects": meeting(**BUSY, issuer="department", length="3 h"),
        }
    )


def merged(**changes: Any) -> Regime:
    return after({**MERGE, "of": ("safety", "ecology", "projects"), **changes}, busy())


def topics(made: Regime) -> Counter[int]:
    """Return the number of sittings that the township attends, by their number of topics."""
    plan = plan_of(made)
    assert plan.setting is not None
    assert plan.setting.topics is not None
    return Counter(plan.setting.topics[plan.setting.topics > 0].tolist())


def test_no_topic_is_lost_and_no_sitting_has_more_than_its_share() -> None:
    alone, together = topics(busy()), topics(merged())

    assert set(alone) == {1}
    assert max(together) == 3
    assert sum(number * sittings for number, sittings in together.items()) == alone[1]
    assert sum(together.values()) < 0.5 * alone[1]


def test_a_sitting_is_held_on_the_day_of_the_topic_that_leads() -> None:
    before = {row.identity: row for row in rows_of(plan_of(busy()), part="attend", unit="township")}

    for row in rows_of(plan_of(merged()), part="attend", unit="township"):
        assert row.day == before[row.identity].day
        assert row.effort >= before[row.identity].effort


def test_a_wider_window_and_a_longer_agenda_save_more_trips() -> None:
    trips = [sum(topics(merged(window=f"{days} workdays", topics=6)).values()) for days in (1, 3, 5, 10)]
    longer = [sum(topics(merged(topics=most)).values()) for most in (1, 2, 3, 5)]

    assert trips == sorted(trips, reverse=True)
    assert longer == sorted(longer, reverse=True)
    assert longer[0] == sum(topics(busy()).values())


def test_each_department_hosts_its_own_topic_in_turn() -> None:
    plan = plan_of(merged(topics=3, further_topic="20 min"))
    hosts = sorted((row.start, row.start + row.effort) for row in rows_of(plan, part="host", unit="department"))
    sittings = {row.start + row.travel // 2: row.effort for row in rows_of(plan, part="attend", unit="township")}

    for begin, end in hosts:
        start = max(at for at in sittings if at <= begin)
        assert end <= start + sittings[start]


def test_meetings_of_different_units_are_not_merged() -> None:
    made = regime(
        {"call": meeting(issuer="township", on="village", recurrence="3 per week")},
        organisation=units(township={"count": 2}),
    )
    later = after({**MERGE, "topics": 9}, made)

    for town in ("township.01", "township.02"):
        mine = [
            {row.start for row in rows_of(plan_of(one), "call", "attend") if town in row.unit} for one in (made, later)
        ]
        alone = regime({"call": meeting(issuer="township", on="village", recurrence="3 per week")})
        assert len(mine[1]) < len(mine[0])
    assert {row.start for row in rows_of(plan_of(after({**MERGE, "topics": 9}, alone)), "call", "attend")} == {
        row.start for row in rows_of(plan_of(later), "call", "attend") if "township.01" in row.unit
    }


def test_meetings_held_in_different_ways_cannot_be_one_sitting() -> None:
    made = regime({"call": meeting(), "talk": meeting(held="here")})

    with pytest.raises(ScenarioError, match="cannot be one sitting: call, talk"):
        after({**MERGE, "of": ("call", "talk")}, made)


def test_a_merged_meeting_may_be_on_screen_as_well() -> None:
    made = busy()
    both = apply_levers(
        Scenario.model_validate(
            {
                **dict(made),
                "title": {"zh": "后", "en": "after"},
                "levers": (
                    {**MERGE, "of": ("safety", "projects")},
                    {"lever": "meet_online", "of": ("safety", "projects"), "relays": True},
                ),
            }
        )
    )

    rows = [row for name in ("safety", "projects") for row in rows_of(plan_of(both), name, "attend")]
    assert {row.travel for row in rows} == {0}


REMOTE = {"patrols": ("patrol",), "share": "40%", "watching": "10 min"}


def test_the_screen_never_takes_longer_than_the_turn_on_foot_and_the_others_stay_as_they_were() -> None:
    before = by_identity(rows_of(plan_of(county()), "patrol"))
    later = by_identity(rows_of(plan_of(after({**LEVERS["drop_check_ins"], "remote": REMOTE})), "patrol"))
    moved = [key for key in before if later[key].effort != before[key].effort]

    assert before.keys() == later.keys()
    assert all(later[key].effort < before[key].effort for key in moved)
    assert len(moved) / len(before) == pytest.approx(0.4, abs=0.04)


def test_a_patrol_that_moves_to_the_screen_must_be_a_duty() -> None:
    with pytest.raises(ScenarioError, match="'call'"):
        after({**LEVERS["drop_check_ins"], "remote": {**REMOTE, "patrols": ("call",)}})


def test_help_differs_from_piece_to_piece_and_stays_within_its_bounds() -> None:
    lever = {**LEVERS["ai_assistant"], "verification": "1 s"}
    before = by_identity(rows_of(plan_of(county()), "paper", "act"))
    later = by_identity(rows_of(plan_of(after(lever)), "paper", "act"))
    factors = sorted((row.effort - 1) / before[key].effort for key, row in later.items())

    assert 0.3 <= factors[0] < 0.4
    assert 0.7 < factors[-1] <= 0.8


def test_an_appointment_keeps_its_length() -> None:
    lever = {**LEVERS["ai_assistant"], "of": "call", "parts": ("attend", "host", "relay")}

    assert same_bytes(plan_of(after(lever)), plan_of(county()))


def test_residents_matters_may_be_helped_with_too() -> None:
    made = regime({"paper": document()}, {"matters": request()})
    later = after({**LEVERS["ai_assistant"], "matters": ("matters",), "parts": ("handle",)}, made)

    assert demanded(plan_of(later), "matters") < 0.75 * demanded(plan_of(made), "matters")
    assert demanded(plan_of(later), "paper") == demanded(plan_of(made), "paper")


def test_the_least_help_is_not_more_than_the_most() -> None:
    with pytest.raises(ValueError, match="quickest <= slowest"):
        after({**LEVERS["ai_assistant"], "quickest": 0.9})


def test_a_control_total_holds_over_all_streams_of_a_unit() -> None:
    made = regime({"one": inspection(recurrence="20 per year"), "two": inspection(recurrence="30 per year")})
    capped = after({"lever": "cap_trips", "of": ("one", "two"), "most": 15}, made)
    alone = after({"lever": "cap_trips", "of": ("one",), "most": 15}, made)

    for year in range(3):
        plan = plan_of(capped, replication=year)
        visits = Counter(row.unit for row in rows_of(plan, part="host"))
        assert set(visits.values()) == {15}
        assert len(rows_of(plan_of(alone, replication=year), "one", "host")) <= 30


def test_a_course_takes_the_way_once_however_long_it_is() -> None:
    course = {
        "kind": "training",
        "issuer": "county_office",
        "on": "township",
        "recurrence": "quarterly",
        "attendees": 1,
    }
    plan = plan_of(regime({"course": {**course, "half_days": 5}}))
    rows = rows_of(plan, "course", "attend")

    assert len(rows) == 4 * 5
    assert sum(row.travel for row in rows) == 4 * 2 * TO_TOWNSHIP
    assert sum(row.effort for row in rows) == 4 * (5 * 4 * HOUR + 2 * TO_TOWNSHIP)
    assert len({row.day for row in rows}) == 4 * 3


def test_courses_held_in_different_ways_cannot_be_one() -> None:
    course = {
        "kind": "training",
        "issuer": "county_office",
        "on": "township",
        "recurrence": "quarterly",
        "attendees": 1,
    }
    made = regime({"far": {**course, "half_days": 2}, "near": {**course, "half_days": 2, "held": "here"}})
    merge = {"lever": "merge_training", "of": ("far", "near"), "window": "20 workdays", "courses": 2, "shared": "50%"}

    with pytest.raises(ScenarioError, match="cannot be one: far, near"):
        after(merge, made)
