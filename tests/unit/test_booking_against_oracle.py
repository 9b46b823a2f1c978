"""Booking against an oracle that tries every candidate: the same times, the same people, the same cancellations."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from sim.compiling.functions import LARGE
from sim.domain.regime import Regime
from sim.plan.booking.compiled import book_tables
from sim.plan.booking.layout import lay_out, taking_part
from sim.plan.booking.places import book_all
from sim.plan.booking.tables import Tables, as_arrays, as_lists
from sim.plan.identity.chance import Chance
from sim.plan.identity.staff import open_staff
from sim.plan.planners import write_rows
from sim.plan.rows.draft import Draft
from tests.diaries import book_by_the_rules
from tests.regimes import Entry, appraisal, duty, inspection, meeting, regime, shift, unit_type


def random_regime(draw: random.Random) -> Regime:
    """Return a small county in which many appointments want the same few people."""
    office = {"posts": {"staff": {"role": "county_cadre", "headcount": draw.randint(1, 3)}}}
    department = {"posts": {"clerks": {"role": "county_cadre", "headcount": draw.randint(0, 3)}}}
    organisation = {
        "county_office": {**unit_type("county", 1, {}), **office},
        "department": {**unit_type("county", 2, {}, parent="county_office", represents=2), **department},
        "township": unit_type("township", 1, {"leader": 1, "staff": draw.randint(1, 3)}, parent="county_office",
                              travel="40 min"),
        "village": unit_type("village", 2, {"secretary": 1, "members": draw.randint(0, 2)}, parent="township",
                             travel="20 min", shift=draw.choice(["office", "weekend"])),
    }  # fmt: skip
    if draw.random() < 0.5:
        organisation["township"]["lent"] = {"post": "staff", "number": 1, "to": "county_office", "to_post": "staff"}
        organisation["township"]["posts"]["staff"]["headcount"] = 3
        organisation["township"]["returning"] = None
    shifts = {"office": shift(), "weekend": shift(hours=("08:30-12:00", "14:30-18:00"), saturday=True)}
    booking = {"tolerance": f"{draw.randint(0, 3)} workdays"}
    return regime(
        {name: entry for name, entry in entries(draw).items() if draw.random() < 0.7},
        calendar={"shifts": shifts},
        organisation=organisation,
        policy={"booking": booking},
    )


def entries(draw: random.Random) -> dict[str, Entry]:
    def often(most: int) -> str:
        return f"{draw.randint(1, most)} per year"

    def lengthy(hours: float) -> str:
        return f"lognormal(mean={hours} h, cv=0.6)"

    own: dict[str, Any] = {"booking": {"callers": draw.randint(0, 2), "called": draw.randint(0, 2)}}
    relay = {"to": "village", "share": "50%", "length": "1 h", "after": "2 workdays", "attendees": 1, "hosts": 1}
    return {
        "call": meeting(issuer="department", recurrence=often(60), hosts=1, length=lengthy(2), relay=relay,
                        blocks_half_day=draw.random() < 0.5),
        "course": {"kind": "training", "issuer": "county_office", "on": "township", "recurrence": often(6),
                   "attendees": 2, "half_days": draw.randint(1, 5), "hosts": 1},
        "check": inspection(recurrence=often(60), length=lengthy(2), escort={"seats": 1}, inspectors=draw.randint(0, 3),
                            **own),
        "surprise": inspection(recurrence=often(30), notice="same day", length=lengthy(3)),
        "year_end": appraisal(programmes=2, length=lengthy(4)),
        "night": duty(on="township", issuer="township", recurrence=often(80), at="19:00", per_cadre=True),
        "patrol": duty(on="village", recurrence=often(80), at="16:30", seats=2, effort=lengthy(3)),
    }  # fmt: skip


def laid_out(made: Regime, replication: int) -> Tables:
    chance = Chance(7, replication)
    draft = Draft(made, open_staff(made, chance), chance)
    write_rows(draft)
    return lay_out(draft, taking_part(draft), draft.staff.roster())


def agree(number: int) -> int:
    """Book one random county in both ways; return the number of appointments."""
    tables = laid_out(random_regime(random.Random(number)), number)
    expected = book_by_the_rules(as_lists(tables))
    found = as_lists(tables)
    book_all(found)
    booked = as_arrays(found)
    persons = {
        row: booked.persons[booked.first_person[row] :][: booked.filled[row]].tolist() for row in expected.persons
    }

    assert dict(enumerate(booked.start.tolist())) == expected.start, number
    assert persons == {row: [int(one) for one in people] for row, people in expected.persons.items()}, number
    return len(booked.start)


def test_a_few_counties_are_booked_as_by_the_rules() -> None:
    assert sum(agree(number) for number in range(3)) > 300


@pytest.mark.slow
def test_many_counties_are_booked_as_by_the_rules() -> None:
    assert sum(agree(number) for number in range(3, 40)) > 5_000


@pytest.mark.slow
def test_the_compiled_loop_books_as_plain_python_does() -> None:
    for number in range(12):
        plain, compiled = (
            book_tables(laid_out(random_regime(random.Random(number)), number), rows) for rows in (0, LARGE)
        )

        for name, one, other in zip(Tables._fields, plain, compiled, strict=True):
            if name not in ("head", "following", "begin", "finish"):
                assert np.array_equal(one, other), (number, name)


class FromTheFront(list[int]):
    """A list that raises an error for negative indices, which compiled code does not understand."""

    def __getitem__(self, index: Any) -> Any:
        assert index >= 0
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        assert index >= 0
        super().__setitem__(index, value)


def test_no_index_of_the_loop_is_negative() -> None:
    for number in range(6):
        lists = as_lists(laid_out(random_regime(random.Random(number)), number))
        book_all(Tables(*(FromTheFront(part) if isinstance(part, list) else part for part in lists)))
