"""One run prepared for measuring: the role of each row, the cadre-weeks of each role, sums by role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import available_seconds, weeks_away
from sim.domain.category import PARTS, Part
from sim.errors import EngineFault
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.log import RunLog
    from sim.contract.plan import Activities, Plan
    from sim.contract.setting import Setting

    Numbers = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.int32] | NDArray[np.bool_]

_ROUTINE_KINDS = ("channel", "check_in", "request", "certificate")


@dataclass(frozen=True)
class People:
    """The cadres of a plan, their roles and their regular time."""

    plan: Plan

    @cached_property
    def setting(self) -> Setting:
        """The setting of the plan: names and facts.

        Raises:
            EngineFault: if the plan has no setting.
        """
        if self.plan.setting is None:
            raise EngineFault("a plan without a setting cannot be measured")
        return self.plan.setting

    @property
    def roles(self) -> tuple[str, ...]:
        """Names of the roles, in the order of all arrays by role."""
        return self.setting.roles

    @cached_property
    def shift_of_cadre(self) -> NDArray[np.int32]:
        """Shift of each cadre, shape (cadres,)."""
        return self.plan.roster.unit_shift[self.plan.roster.cadre_unit]

    @cached_property
    def available(self) -> NDArray[np.int64]:
        """Regular seconds of each cadre on days of presence, shape (cadres, weeks)."""
        return available_seconds(self.plan)

    @cached_property
    def serves(self) -> NDArray[np.bool_]:
        """Whether the free time of a cadre goes to residents, shape (cadres,)."""
        serves = self.setting.serves
        return np.ones(len(self.setting.cadre_role), dtype=np.bool_) if serves is None else serves

    @cached_property
    def ordinary_weeks(self) -> NDArray[np.float64]:
        """Regular time of each cadre in the run, in ordinary weeks, shape (cadres,)."""
        weeks: NDArray[np.float64] = self.available.sum(axis=1) / self.setting.week_seconds[self.shift_of_cadre]
        return weeks

    @cached_property
    def cadres_present(self) -> NDArray[np.float64]:
        """Cadres of each role who are present in a calendar week, shape (roles, weeks).

        1 for a role without present cadres, to avoid division by zero.
        """
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
        """Cadre numbers without the second desks of secondees, shape (persons,)."""
        return np.flatnonzero(self._person == np.arange(len(self._person)))

    def by_person(self, per_cadre: Numbers) -> NDArray[np.float64]:
        """Add up a number per cadre by person, both desks of a secondee together, shape (persons,)."""
        return _add_up(self._person, per_cadre, len(self._person))[self.persons]

    @property
    def _person(self) -> NDArray[np.int64]:
        """The cadre number of the person at each desk, shape (cadres,)."""
        person = self.setting.person
        return np.arange(len(self.setting.cadre_role)) if person is None else person

    def by_role(self, per_cadre: Numbers) -> NDArray[np.float64]:
        """Add up a number per cadre by role, shape (roles,)."""
        return _add_up(self.setting.cadre_role, per_cadre, len(self.roles))


@dataclass(frozen=True)
class Sample(People):
    """A plan, its log, and quantities that several metrics need."""

    log: RunLog

    @property
    def rows(self) -> Activities:
        """The activities of the plan."""
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
        return total / np.where(self.cadre_weeks > 0, self.cadre_weeks, 1)[:, None]

    @cached_property
    def unit_role(self) -> NDArray[np.int64]:
        """Role that most of a unit's cadres have, shape (units,)."""
        counts = np.zeros((len(self.setting.unit_names), len(self.roles)), dtype=np.int64)
        np.add.at(counts, (self.plan.roster.cadre_unit, self.setting.cadre_role), 1)
        most: NDArray[np.int64] = counts.argmax(axis=1)
        return most

    @cached_property
    def row_role(self) -> NDArray[np.int64]:
        """Role of the unit of each row, shape (rows,)."""
        return self.of_unit(self.unit_role)

    @cached_property
    def worked_hours(self) -> NDArray[np.float64]:
        """Hours worked on each row, over all seats, shape (rows,)."""
        return in_hours(self.log.worked)

    @cached_property
    def _rows_from(self) -> NDArray[np.int64]:
        """First row of each unit, and the number of rows, shape (units + 1,)."""
        return np.searchsorted(self.rows.unit, np.arange(len(self.setting.unit_names) + 1))

    @cached_property
    def _kind_of_row(self) -> NDArray[np.uint8]:
        """Number of the kind of each row, shape (rows,); one byte, so that a search is fast."""
        names = sorted(set(self.setting.kinds))
        return np.array([names.index(kind) for kind in self.setting.kinds], dtype=np.uint8)[self.rows.obligation]

    @cached_property
    def _part_of_row(self) -> NDArray[np.uint8]:
        """Index into `PARTS` of each row, shape (rows,); one byte, so that a search is fast."""
        return self.rows.part.astype(np.uint8)

    def of_unit(self, per_unit: NDArray[Any]) -> NDArray[Any]:
        """Repeat a value per unit for each of its rows, shape (rows,); rows of one unit are consecutive."""
        return np.repeat(per_unit, np.diff(self._rows_from))

    def rows_by_role(self, per_row: Numbers, rows: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """Add up a number per row by role, shape (roles,).

        With `rows`, `per_row` holds the numbers of these rows only. Integers and booleans are summed by unit first,
        since a unit's rows are consecutive; the sum is the same.
        """
        if rows is not None or per_row.dtype.kind == "f":
            return _add_up(self.row_role if rows is None else self.row_role[rows], per_row, len(self.roles))
        units = np.flatnonzero(np.diff(self._rows_from))
        first = self._rows_from[units]
        if per_row.dtype.kind == "b":  # a count for each unit is ten times as fast as one reduceat
            ends = zip(first.tolist(), self._rows_from[units + 1].tolist(), strict=True)
            totals = np.array([np.count_nonzero(per_row[begin:end]) for begin, end in ends], dtype=np.int64)
        else:
            totals = np.add.reduceat(per_row, first, dtype=np.int64) if len(units) else units
        return _add_up(self.unit_role[units], totals, len(self.roles))

    @cached_property
    def short_notice(self) -> NDArray[np.float64]:
        """Pieces of work due within a day, without messages and residents' matters, shape (roles,)."""
        rows = self.rows
        least = self.setting.counting.short_notice.value
        short = (rows.due >= 0) & (rows.due - rows.release < least) & ~self.is_kind(*_ROUTINE_KINDS)
        return self.rows_by_role(short)

    def is_part(self, *parts: Part) -> NDArray[np.bool_]:
        """Mark the rows whose part is one of `parts`, shape (rows,)."""
        return _is_among(self._part_of_row, [PARTS.index(part) for part in parts])

    def is_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """Mark the rows of obligations or demand of one of `kinds`, shape (rows,); a kind may be absent."""
        names = sorted(set(self.setting.kinds))
        return _is_among(self._kind_of_row, [names.index(kind) for kind in kinds if kind in names])

    @cached_property
    def attended(self) -> NDArray[np.bool_]:
        """Whether a row is an appointment that at least one cadre went to, shape (rows,)."""
        return (self.rows.start >= 0) & (self.log.missed < self.rows.seats) & (self.log.start >= 0)


def add_hours(role: NDArray[np.int64], seconds: NDArray[np.int64], roles: int) -> NDArray[np.float64]:
    """Add up tables of seconds, one a cadre, in hours by role, shape (roles, ...); cadre by cadre, in order."""
    total = np.zeros((roles, *seconds.shape[1:]))
    for place, table in zip(role.tolist(), seconds, strict=True):
        total[place] += table / HOUR
    return total


def per_role(roles: tuple[str, ...], key: str, values: NDArray[np.float64]) -> dict[tuple[str, str], float]:
    """Key the numbers, shape (roles,), by metric and role; NaN and infinity are left out."""
    return {(key, role): float(value) for role, value in zip(roles, values, strict=True) if np.isfinite(value)}


def _add_up(role: NDArray[np.int64], numbers: Numbers, roles: int) -> NDArray[np.float64]:
    """Add up the numbers by role, shape (roles,)."""
    total: NDArray[np.float64] = np.bincount(role, numbers, minlength=roles).astype(np.float64)
    return total


def _is_among(numbers: NDArray[np.uint8], some: list[int]) -> NDArray[np.bool_]:
    """Mark the numbers that equal one of `some`, shape of `numbers`."""
    found = np.zeros(len(numbers), dtype=np.bool_)
    for number in some:
        found |= numbers == number
    return found


def divide(part: Numbers, whole: Numbers) -> NDArray[np.float64]:
    """Divide element by element; NaN for a whole of zero or below."""
    quotient: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return quotient


def in_hours(seconds: Numbers) -> NDArray[np.float64]:
    """Convert seconds to hours."""
    hours: NDArray[np.float64] = seconds / HOUR
    return hours
