"""One run prepared for measuring: the role of each row, the cadre-weeks of each role, sums by role.

A simulated cadre or unit counts as often as it stands for real ones. Seconds and counts are added as whole numbers, so
their sums are exact in any order; they are divided once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import available_seconds, shortest_gaps, weeks_away
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
        """Whether a cadre serves residents, shape (cadres,)."""
        serves = self.setting.serves
        return np.ones(len(self.setting.cadre_role), dtype=np.bool_) if serves is None else serves

    @cached_property
    def visits_homes(self) -> NDArray[np.bool_]:
        """Whether a cadre visits homes and patrols, shape (cadres,)."""
        visits: NDArray[np.bool_] = np.less_equal(shortest_gaps(self.plan), DAY)
        return visits

    @cached_property
    def ordinary_weeks(self) -> NDArray[np.float64]:
        """Regular time of each cadre in the run, in ordinary weeks, shape (cadres,)."""
        weeks: NDArray[np.float64] = self.available.sum(axis=1) / self.setting.week_seconds[self.shift_of_cadre]
        return weeks

    @cached_property
    def cadres_present(self) -> NDArray[np.float64]:
        """Real cadres of each role who are present in a calendar week, shape (roles, weeks).

        1 for a role without present cadres, to avoid division by zero.
        """
        total = np.repeat(self.by_role(np.ones(len(self.setting.cadre_role)))[:, None], self.plan.weeks, axis=1)
        cadre, week, share = weeks_away(self.plan)
        np.subtract.at(total, (self.setting.cadre_role[cadre], week), share * self.setting.represents[cadre])
        return np.where(total > 0, total, 1.0)

    @cached_property
    def cadre_weeks(self) -> NDArray[np.float64]:
        """Ordinary weeks of the real cadres of each role, shape (roles,)."""
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
        """Add up a number per cadre over the real cadres of each role, shape (roles,)."""
        return _add_up(self.setting.cadre_role, per_cadre * self.setting.represents, len(self.roles))

    def tables_by_role(self, seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add up a table of seconds per cadre over the real cadres of each role, shape (roles, ...)."""
        total = np.zeros((len(self.roles), *seconds.shape[1:]), dtype=np.int64)
        of_cadre = zip(self.setting.cadre_role.tolist(), self.setting.represents.tolist(), seconds, strict=True)
        for role, times, table in of_cadre:
            total[role] += times * table
        return total


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
        """Free seconds that go to home visits and patrol, shape (cadres, weeks)."""
        outreach: NDArray[np.int64] = np.floor(self.log.usable * self.setting.outreach).astype(np.int64)
        return outreach

    @cached_property
    def unassigned(self) -> NDArray[np.int64]:
        """Other regular seconds without work of cadres who serve residents, shape (cadres, weeks)."""
        unassigned: NDArray[np.int64] = np.where(self.serves[:, None], self.log.idle, 0) - self.outreach
        return unassigned

    @cached_property
    def weekly_hours(self) -> NDArray[np.float64]:
        """Hours per cadre by calendar week, shape (roles, weeks, categories + 2).

        The last two columns are outreach and unassigned time.
        """
        seconds = np.concatenate((self.log.seconds, np.stack((self.outreach, self.unassigned), axis=2)), axis=2)
        return in_hours(self.tables_by_role(seconds)) / self.cadres_present[:, :, None]

    @cached_property
    def ordinary_hours(self) -> NDArray[np.float64]:
        """Hours per cadre and ordinary week, shape (roles, categories + 2); see `weekly_hours`."""
        free = np.stack((self.outreach.sum(axis=1), self.unassigned.sum(axis=1)), axis=1)
        total = in_hours(self.tables_by_role(np.concatenate((self.log.seconds.sum(axis=1), free), axis=1)))
        return total / np.where(self.cadre_weeks > 0, self.cadre_weeks, 1)[:, None]

    @cached_property
    def unit_represents(self) -> NDArray[np.int64]:
        """Real units that each unit stands for, shape (units,); 0 for a unit without cadres."""
        times = np.zeros(len(self.setting.unit_names), dtype=np.int64)
        times[self.plan.roster.cadre_unit] = self.setting.represents
        return times

    @cached_property
    def units_by_role(self) -> NDArray[np.float64]:
        """Real units of each role, shape (roles,)."""
        return _add_up(self.unit_role, self.unit_represents, len(self.roles))

    @cached_property
    def row_represents(self) -> NDArray[np.int64]:
        """Real units that the unit of each row stands for, shape (rows,)."""
        return self.of_unit(self.unit_represents)

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
        """Add up a whole number per row over the real units of each role, shape (roles,).

        With `rows`, `per_row` holds the numbers of these rows only. Without, they are summed by unit first, since a
        unit's rows are consecutive; the sum is the same.
        """
        if rows is not None:
            return _add_up(self.row_role[rows], per_row * self.row_represents[rows], len(self.roles))
        units = np.flatnonzero(np.diff(self._rows_from))
        first = self._rows_from[units]
        if per_row.dtype.kind == "b":  # a count for each unit is ten times as fast as one reduceat
            ends = zip(first.tolist(), self._rows_from[units + 1].tolist(), strict=True)
            totals = np.array([np.count_nonzero(per_row[begin:end]) for begin, end in ends], dtype=np.int64)
        else:
            totals = np.add.reduceat(per_row, first, dtype=np.int64) if len(units) else units
        return _add_up(self.unit_role[units], totals * self.unit_represents[units], len(self.roles))

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

    @cached_property
    def took_place(self) -> NDArray[np.bool_]:
        """Whether a row is an appointment that takes place, shape (rows,): a visit without notice needs no host."""
        took_place = self.attended.copy()
        if self.setting.booked is not None:
            took_place[self.setting.booked.unreceived] = True
        return took_place


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
