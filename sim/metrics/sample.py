"""One run prepared for measuring: who is behind each row, and how many cadre-weeks each role has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import available_seconds, weeks_away
from sim.contract.plan import DAY
from sim.domain.category import PARTS, Part
from sim.errors import EngineFault
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.log import RunLog
    from sim.contract.plan import Activities, Plan
    from sim.contract.setting import Setting

    Numbers = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.int32] | NDArray[np.bool_]

SHORT_NOTICE = DAY
"""Work due within a day of its release comes at short notice."""
_ROUTINE_KINDS = ("channel", "check_in", "request", "certificate")


@dataclass(frozen=True)
class People:
    """The cadres of a plan: their roles and their regular time."""

    plan: Plan

    @cached_property
    def setting(self) -> Setting:
        """Names and facts of the plan.

        Raises:
            EngineFault: if the plan has none.
        """
        if self.plan.setting is None:
            raise EngineFault("a plan without a setting cannot be measured")
        return self.plan.setting

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles in the order of all arrays by role."""
        return self.setting.roles

    @cached_property
    def shift_of_cadre(self) -> NDArray[np.int32]:
        """Shift of each cadre."""
        return self.plan.roster.unit_shift[self.plan.roster.cadre_unit]

    @cached_property
    def available(self) -> NDArray[np.int64]:
        """Regular seconds of days not away, shape (cadres, weeks)."""
        return available_seconds(self.plan)

    @cached_property
    def serves(self) -> NDArray[np.bool_]:
        """Cadres whose free time goes to residents."""
        serves = self.setting.serves
        return np.ones(len(self.setting.cadre_role), dtype=np.bool_) if serves is None else serves

    @cached_property
    def ordinary_weeks(self) -> NDArray[np.float64]:
        """Ordinary weeks that each cadre's regular time of the year amounts to, shape (cadres,)."""
        weeks: NDArray[np.float64] = self.available.sum(axis=1) / self.setting.week_seconds[self.shift_of_cadre]
        return weeks

    @cached_property
    def cadres_present(self) -> NDArray[np.float64]:
        """Cadres of each role who are not away, in each calendar week; 1 for nobody. Shape (roles, weeks)."""
        total = np.zeros((len(self.roles), self.plan.weeks))
        np.add.at(total, self.setting.cadre_role, 1.0)
        cadre, week, share = weeks_away(self.plan)
        np.subtract.at(total, (self.setting.cadre_role[cadre], week), share)
        return np.where(total > 0, total, 1.0)

    @cached_property
    def cadre_weeks(self) -> NDArray[np.float64]:
        """Ordinary cadre-weeks of each role, shape (roles,)."""
        return self.by_role(self.ordinary_weeks)

    @cached_property
    def persons(self) -> NDArray[np.int64]:
        """Cadres who are no secondee's second desk, shape (persons,)."""
        return np.flatnonzero(self._person == np.arange(len(self._person)))

    def by_person(self, per_cadre: Numbers) -> NDArray[np.float64]:
        """Add up a number per cadre over both desks of a secondee, shape (persons,)."""
        return _add_up(self._person, per_cadre, len(self._person))[self.persons]

    @property
    def _person(self) -> NDArray[np.int64]:
        person = self.setting.person
        return np.arange(len(self.setting.cadre_role)) if person is None else person

    def by_role(self, per_cadre: Numbers) -> NDArray[np.float64]:
        """Add up a number per cadre by role."""
        return _add_up(self.setting.cadre_role, per_cadre, len(self.roles))


@dataclass(frozen=True)
class Sample(People):
    """A plan, its log, and what several metrics need of both."""

    log: RunLog

    @property
    def rows(self) -> Activities:
        """The demanded work."""
        return self.plan.activities

    @cached_property
    def outreach(self) -> NDArray[np.int64]:
        """Free regular seconds that become home visits and patrol, shape (cadres, weeks)."""
        return np.where(self.serves[:, None], self.log.idle, 0)

    @cached_property
    def weekly_hours(self) -> NDArray[np.float64]:
        """Hours per cadre by calendar week, shape (roles, weeks, categories + 1); outreach is the last column."""
        worked = add_hours(self.setting.cadre_role, self.log.seconds, len(self.roles))
        outreach = add_hours(self.setting.cadre_role, self.outreach, len(self.roles))
        return np.concatenate((worked, outreach[:, :, None]), axis=2) / self.cadres_present[:, :, None]

    @cached_property
    def ordinary_hours(self) -> NDArray[np.float64]:
        """Hours per cadre and ordinary week, shape (roles, categories + 1); outreach is the last column."""
        by_cadre = np.concatenate((self.log.seconds.sum(axis=1), self.outreach.sum(axis=1)[:, None]), axis=1)
        total = add_hours(self.setting.cadre_role, by_cadre, len(self.roles))
        return total / np.maximum(self.cadre_weeks, 1e-9)[:, None]

    @cached_property
    def unit_role(self) -> NDArray[np.int64]:
        """Role that most of a unit's cadres have, shape (units,)."""
        counts = np.zeros((len(self.setting.unit_names), len(self.roles)), dtype=np.int64)
        np.add.at(counts, (self.plan.roster.cadre_unit, self.setting.cadre_role), 1)
        most: NDArray[np.int64] = counts.argmax(axis=1)
        return most

    @cached_property
    def row_role(self) -> NDArray[np.int64]:
        """Role that answers each row, shape (rows,)."""
        return self.of_unit(self.unit_role)

    @cached_property
    def worked_hours(self) -> NDArray[np.float64]:
        """Hours worked on each row, over all seats, shape (rows,)."""
        return in_hours(self.log.worked)

    @cached_property
    def _rows_from(self) -> NDArray[np.int64]:
        """Row from which on each unit has its own, and the end of all, shape (units + 1,)."""
        return np.searchsorted(self.rows.unit, np.arange(len(self.setting.unit_names) + 1))

    @cached_property
    def _kind_of_row(self) -> NDArray[np.uint8]:
        """Kind of each row, a small number, so that looking for some takes little."""
        names = sorted(set(self.setting.kinds))
        return np.array([names.index(kind) for kind in self.setting.kinds], dtype=np.uint8)[self.rows.obligation]

    @cached_property
    def _part_of_row(self) -> NDArray[np.uint8]:
        return self.rows.part.astype(np.uint8)

    def of_unit(self, per_unit: NDArray[Any]) -> NDArray[Any]:
        """Give each row what its unit has; rows of one unit stand together."""
        return np.repeat(per_unit, np.diff(self._rows_from))

    def rows_by_role(self, per_row: Numbers, rows: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """Add up a number per row by role; of some rows only where they are named.

        Whole numbers are added up unit by unit first, whose rows stand together; the sum is the same.
        """
        if rows is not None or per_row.dtype.kind == "f":
            return _add_up(self.row_role if rows is None else self.row_role[rows], per_row, len(self.roles))
        units = np.flatnonzero(np.diff(self._rows_from))
        first = self._rows_from[units]
        if per_row.dtype.kind == "b":  # told one by one, units are counted ten times as fast as together
            ends = zip(first.tolist(), self._rows_from[units + 1].tolist(), strict=True)
            totals = np.array([np.count_nonzero(per_row[begin:end]) for begin, end in ends], dtype=np.int64)
        else:
            totals = np.add.reduceat(per_row, first, dtype=np.int64) if len(units) else units
        return _add_up(self.unit_role[units], totals, len(self.roles))

    @cached_property
    def short_notice(self) -> NDArray[np.float64]:
        """Pieces of work due within a day, apart from messages and residents' matters, by role."""
        rows = self.rows
        short = (rows.due >= 0) & (rows.due - rows.release < SHORT_NOTICE) & ~self.is_kind(*_ROUTINE_KINDS)
        return self.rows_by_role(short)

    def is_part(self, *parts: Part) -> NDArray[np.bool_]:
        """Tell which rows are one of the steps."""
        return _is_among(self._part_of_row, [PARTS.index(part) for part in parts])

    def is_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """Tell which rows belong to obligations or demand of the kinds."""
        names = sorted(set(self.setting.kinds))
        return _is_among(self._kind_of_row, [names.index(kind) for kind in kinds if kind in names])

    @cached_property
    def attended(self) -> NDArray[np.bool_]:
        """Appointments that somebody went to."""
        return (self.rows.start >= 0) & (self.log.missed < self.rows.seats) & (self.log.start >= 0)


def add_hours(role: NDArray[np.int64], seconds: NDArray[np.int64], roles: int) -> NDArray[np.float64]:
    """Add up the hours of cadres, which are tables of one shape, by role; cadre after cadre."""
    total = np.zeros((roles, *seconds.shape[1:]))
    for place, table in zip(role.tolist(), seconds, strict=True):
        total[place] += table / HOUR
    return total


def per_role(roles: tuple[str, ...], key: str, values: NDArray[np.float64]) -> dict[tuple[str, str], float]:
    """Name numbers by role; what is not a number is left out."""
    return {(key, role): float(value) for role, value in zip(roles, values, strict=True) if np.isfinite(value)}


def _add_up(role: NDArray[np.int64], numbers: Numbers, roles: int) -> NDArray[np.float64]:
    total: NDArray[np.float64] = np.bincount(role, numbers, minlength=roles).astype(np.float64)
    return total


def _is_among(numbers: NDArray[np.uint8], some: list[int]) -> NDArray[np.bool_]:
    found = np.zeros(len(numbers), dtype=np.bool_)
    for number in some:
        found |= numbers == number
    return found


def divide(part: Numbers, whole: Numbers) -> NDArray[np.float64]:
    """Divide, giving NaN where the whole is zero."""
    quotient: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return quotient


def in_hours(seconds: Numbers) -> NDArray[np.float64]:
    """Turn seconds into hours."""
    hours: NDArray[np.float64] = seconds / HOUR
    return hours
