"""The rows of a form: filling, sign-off, collation above, rework if returned, receipt; and the upkeep of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.distribution import Distribution
from sim.domain.recurrence import Recurrence
from sim.plan.identity.occurrences import fall_due
from sim.plan.issuing.issuing import department_key, overseer
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source
from sim.units import Duration

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.domain.obligations.report import SharedForm
    from sim.domain.regime import Regime
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Forms:
    """Forms of one obligation that fall due; all arrays have shape (forms,), one entry a form and unit."""

    name: str
    report: Report
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    second: NDArray[np.int64]
    from_store: NDArray[np.bool_]
    """True where the issuer takes covered fields from the shared store."""

    @property
    def source(self) -> Source:
        """Return the obligation and issuer of the rows."""
        return Source(f"obligations.{self.name}", self.report.issuer)

    @property
    def identity(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the identity of each form at its unit."""
        return self.programme, self.slot

    def at(self, place: NDArray[np.int64]) -> Forms:
        """Return the forms at the indices `place`."""
        unit, programme, slot = self.unit[place], self.programme[place], self.slot[place]
        return Forms(self.name, self.report, unit, programme, slot, self.second[place], self.from_store[place])


@dataclass(frozen=True)
class Asked:
    """Fields of each form to gather, to enter, to look over, and to enter again; all arrays have shape (forms,)."""

    gather: NDArray[np.int64]
    enter: NDArray[np.int64]
    glance: NDArray[np.int64]
    reentered: NDArray[np.int64]


def write_forms(draft: Draft, forms: Forms, asked: Asked) -> None:
    """Write the chain of rows of each form; a form whose fields are all in the store has one row, to look it over."""
    due = draft.staff.timeline(forms.report.on).due_after(forms.second, forms.report.due.value)
    filled = draft.add(
        forms.source, Part.FILL, Category.REPORTS, forms.identity,
        unit=forms.unit, team=draft.staff.team(forms.unit, forms.report.posts), effort=_filling(draft, forms, asked),
        release=forms.second, due=due,
    )  # fmt: skip
    draft.note_fields(filled, asked.enter, asked.reentered)
    going = np.flatnonzero(asked.enter > 0)
    forms, due, last = forms.at(going), due[going], filled[going]
    for step in (_sign_off, _collate, _receive):
        last = step(draft, forms, due, last)


def _draw(draft: Draft, forms: Forms, what: str) -> NDArray[np.float64]:
    return draft.chance.uniform(forms.source.name, what, *forms.identity, draft.staff.keys[forms.unit])


def _filling(draft: Draft, forms: Forms, asked: Asked) -> NDArray[np.int64]:
    """Return the seconds to fill each form: gather, enter, check, and look over the fields in the store; 1 at least."""
    report = forms.report
    effort: NDArray[np.int64] = asked.gather * report.gathering.value.quantile(_draw(draft, forms, "gathering"))
    effort += asked.enter * int(report.entering.value)
    effort += np.where(asked.enter > 0, report.checking.value.quantile(_draw(draft, forms, "checking")), 0)
    if report.shared_form is not None:
        effort += asked.glance * int(report.shared_form.glance.value)
    return effort.clip(1)


def _sign_off(draft: Draft, forms: Forms, due: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    report = forms.report
    if report.sign_off is None:
        return last
    return draft.add(
        forms.source, Part.SIGN_OFF, Category.REPORTS, forms.identity,
        unit=forms.unit, team=draft.staff.team(forms.unit, report.sign_off_posts),
        effort=report.sign_off.value.quantile(_draw(draft, forms, "sign_off")),
        release=forms.second, due=due, predecessor=last,
    )  # fmt: skip


def _collate(draft: Draft, forms: Forms, due: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write the work of the unit above, and the rework of forms that it returns; return the last row of each chain."""
    staff, collation, above = draft.staff, forms.report.collation, draft.staff.parent[forms.unit]
    if collation is None or not np.all(above >= 0) or not len(above):
        return last
    keys = staff.keys[forms.unit]
    collated = draft.add(
        forms.source, Part.COLLATE, Category.REPORTS, (*forms.identity, keys),
        unit=above, team=staff.team(above, collation.posts),
        effort=collation.effort.value.quantile(_draw(draft, forms, "collation")), release=forms.second,
        due=staff.timeline(staff.types[above[0]]).due_after(due, draft.lags.forms_collated.value), predecessor=last,
    )  # fmt: skip
    if collation.rework is None:
        return collated
    back = np.flatnonzero(_draw(draft, forms, "returned") < collation.returned.value)
    returned = forms.at(back)
    mended = draft.add(
        forms.source, Part.REWORK, Category.REPORTS, returned.identity,
        unit=returned.unit, team=staff.team(returned.unit, forms.report.posts),
        effort=collation.rework.value.quantile(_draw(draft, returned, "rework")), release=returned.second,
        due=staff.timeline(forms.report.on).due_after(due[back], draft.lags.forms_mended.value),
        predecessor=collated[back],
    )  # fmt: skip
    going_on = collated.copy()
    going_on[back] = mended
    return going_on


def _receive(draft: Draft, forms: Forms, due: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    report, staff = forms.report, draft.staff
    if report.receiving is None:
        return last
    shared = department_key(draft, report, forms.programme, forms.slot, forms.unit)
    department = overseer(draft, forms.source.name, report.issuer, forms.unit, *shared)
    inside = np.flatnonzero(department >= 0)
    if not len(inside):
        return last
    mine, department = forms.at(inside), department[inside]
    timeline = staff.timeline(staff.types[department[0]])
    return draft.add(
        forms.source, Part.RECEIVE, Category.REPORTS, (*mine.identity, staff.keys[mine.unit]),
        unit=department, team=staff.team(department, None),
        effort=report.receiving.value.quantile(_draw(draft, mine, "receiving")), release=mine.second,
        due=timeline.due_after(due[inside], draft.lags.forms_received.value), predecessor=last[inside],
    )  # fmt: skip


def write_upkeep(draft: Draft, name: str, report: Report) -> None:
    """Write the monthly upkeep of the shared store, under the first by name of the reports that share it."""
    shared = report.shared_form
    if shared is None or name != min(shared.of):
        return
    staff, chance = draft.staff, draft.chance
    source = Source(f"obligations.{name}", report.issuer)
    stream = f"{source.name}.upkeep"
    for place, (unit_type, time) in enumerate(_upkeep(draft.regime, shared)):
        units = staff.units(unit_type)
        timeline = staff.timeline(unit_type)
        found = fall_due(Recurrence(every="monthly"), stream, staff.keys[units], timeline, chance, {})
        keys = staff.keys[units][found.series]
        identity = (np.full(len(keys), place), found.slot, keys)
        kept = Keyed(draft, stream, identity, found.second, keys).reached(shared)
        effort = time.quantile(chance.uniform(stream, "effort", *identity))
        unit, slot, second = units[found.series][kept], found.slot[kept], found.second[kept]
        draft.add(
            source, Part.UPKEEP, Category.REPORTS, (place, slot),
            unit=unit, team=staff.team(unit, None), release=second, effort=effort[kept],
            due=timeline.due_after(second, draft.lags.store_renewed.value),
        )  # fmt: skip


def _upkeep(regime: Regime, shared: SharedForm) -> list[tuple[str, Distribution]]:
    """List the unit types that maintain the store, with the time of one of their units a month.

    Units that fill the forms renew their own records; the keepers divide all other records among them.
    """
    store = shared.store
    filling = sorted({regime.obligations[name].on for name in shared.of})
    keepers = regime.organisation.real_count(store.kept_by)
    renewal = round(store.records.value * store.changed.value * store.renewal.value / max(keepers, 1))
    renewing = [(store.kept_by, Distribution.parse(str(Duration(renewal))))] if renewal > 0 else []
    return [(unit_type, store.grassroots.value) for unit_type in filling] + renewing
