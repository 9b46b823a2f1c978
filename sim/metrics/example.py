"""Worked examples: plans so small that a person computes a metric of them by hand.

An example is data. The test `tests/unit/test_metric_examples.py` builds its plan, simulates it, measures it, and
compares. Every cadre of an example works eight hours a day, 8-12 and 14-18, Monday to Friday, so that one cadre and one
week make one cadre-week of 40 regular hours. Second 0 is Monday, 1 January 2024, midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sim.domain.category import Category, Part


@dataclass(frozen=True)
class Work:
    """One row of an example's plan. All times are hours; `at` and `due` count from the plan's first midnight."""

    kind: str
    """Kind of the obligation or demand, such as `report`; all rows of a kind belong to one entry of that name."""
    part: Part
    category: Category
    effort: float
    """Hours of one cadre, travel included."""
    at: float = 8
    """Hour of release; the fixed start where `fixed`."""
    fixed: bool = False
    """Whether the row is an appointment."""
    due: float | None = None
    patience: float | None = None
    seats: int = 1
    unit: int = 0
    rank: int = 1
    issuer: str = "county"
    """`county`, or `residents`."""
    fields: int = 0
    """Fields that the row asks for."""
    reentered: int = 0
    """Of these, fields that the unit had entered before."""
    topics: int = 0
    """Topics of the meeting that the row attends."""


form = partial(Work, "report", Part.FILL, Category.REPORTS)
matter = partial(Work, "request", Part.HANDLE, Category.SERVICE, issuer="residents")
"""A matter that a resident brings; the promise is to begin it within an hour."""
meeting = partial(Work, "meeting", Part.ATTEND, Category.MEETINGS, fixed=True)
visit = partial(Work, "inspection", Part.HOST, Category.INSPECTIONS, fixed=True)
"""The reception of inspectors by the visited unit."""


@dataclass(frozen=True)
class SmallPlan:
    """A plan of a few rows."""

    work: tuple[Work, ...] = ()
    """Sorted by unit, then by `at`; the place in this tuple is the row's number."""
    cadres: tuple[int, ...] = (1,)
    """Number of cadres of each unit; all have the role `cadre`."""
    days: int = 7
    evening: bool = False
    """Whether due work may go on from 19 to 22 on working days."""
    preemptive: bool = False
    """Whether urgent work interrupts other work."""
    switching: float = 0
    """Hours lost each time interrupted work is resumed."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `sim.contract.setting.Setting` that differ from the usual ones: a home visit takes half an hour, an
    hour costs 40 yuan, each cadre represents one. Tables are columns of plain lists, in the contract's units."""


@dataclass(frozen=True)
class Example:
    """The values of one metric in one small plan."""

    plan: SmallPlan
    expected: Mapping[str, float]
    """Scope to value, the arithmetic written out; scopes that are left out are 0 or not measured."""
    because: str
    """The same arithmetic in words."""
