"""Reports and forms: what each asks for, what is at hand, what the shared store already holds.

Forms of one domain draw their fields from the same universe, so they are counted together: whether a field is at hand
depends on what any of them asked the unit before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.contract import DAY
from sim.plan.chance import combine, text_key
from sim.plan.issuing import occurrences, single_series
from sim.plan.occurrences import reached
from sim.plan.report_rows import Asked, write_forms, write_upkeep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.plan.draft import Draft


@dataclass(frozen=True)
class Forms:
    """Forms that fall due, one entry a form and unit, of one obligation."""

    name: str
    report: Report
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    second: NDArray[np.int64]
    from_store: NDArray[np.bool_]
    """The issuer takes covered fields from the shared store."""


def plan_reports(draft: Draft, reports: dict[str, Report]) -> None:
    """Write the rows of all reports, domain by domain."""
    by_domain: dict[str, list[Forms]] = {}
    for name in sorted(reports):
        by_domain.setdefault(reports[name].domain, []).append(_fall_due(draft, name, reports[name]))
    for domain in sorted(by_domain):
        forms = by_domain[domain]
        for one, asked in zip(forms, _ask(draft, domain, forms), strict=True):
            write_forms(draft, one.name, one.report, (one.unit, one.programme, one.slot, one.second), asked)
    for name in sorted(reports):
        write_upkeep(draft, name, reports[name])


def _fall_due(draft: Draft, name: str, report: Report) -> Forms:
    stream = f"obligations.{name}"
    series = single_series(draft, report)
    found = occurrences(draft, stream, report, series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    from_store = np.zeros(len(found), dtype=np.bool_)
    if report.shared_form is not None:
        month = draft.offices.timeline(report.on).month_of(found.second)
        u = draft.chance.uniform(stream, "from_store", programme, found.slot, draft.offices.keys[unit])
        from_store = reached(report.shared_form.reach, month, draft.regime.calendar.year, u)
    return Forms(name, report, unit, programme, found.slot, found.second, from_store)


def _ask(draft: Draft, domain: str, forms: list[Forms]) -> list[Asked]:
    """Count for each form the fields to gather, to enter, and to look over."""
    sizes = [one.report.fields.value for one in forms]
    fields = [_fields_of(one) for one in forms]
    form = np.concatenate([np.repeat(np.arange(len(o.unit)), size) for o, size in zip(forms, sizes, strict=True)])
    which = np.concatenate([np.full(f.size, place) for place, f in enumerate(fields)])
    field = np.concatenate([f.ravel() for f in fields])
    unit = np.concatenate([np.repeat(o.unit, size) for o, size in zip(forms, sizes, strict=True)])
    second = np.concatenate([np.repeat(o.second, size) for o, size in zip(forms, sizes, strict=True)])
    stored = np.concatenate([np.repeat(o.from_store, size) for o, size in zip(forms, sizes, strict=True)])
    near_for = np.concatenate(
        [np.full(f.size, int(o.report.at_hand) * 7 // 5 * DAY) for o, f in zip(forms, fields, strict=True)]
    )
    order = np.lexsort((form, which, second, field, unit))
    asked_before, gap = _since_last(unit[order], field[order], second[order])
    held = np.concatenate([_in_store(draft, domain, one, f) for one, f in zip(forms, fields, strict=True)])
    before, at_hand = np.empty(len(order), dtype=np.bool_), np.empty(len(order), dtype=np.bool_)
    before[order] = asked_before
    at_hand[order] = asked_before & (gap <= near_for[order])
    answered = np.concatenate([np.full(f.size, _fresh_for(one)) for one, f in zip(forms, fields, strict=True)])
    known = np.empty(len(order), dtype=np.bool_)
    known[order] = asked_before & (gap <= answered[order])
    glance = stored & (held | known)
    counts = []
    for place, one in enumerate(forms):
        mine = which == place
        shape = (len(one.unit), sizes[place])
        looked, again, near = (column[mine].reshape(shape) for column in (glance, before, at_hand))
        entered = ~looked
        counts.append(
            Asked(
                gather=(entered & ~near).sum(axis=1),
                enter=entered.sum(axis=1),
                glance=looked.sum(axis=1),
                reentered=(entered & again).sum(axis=1),
            )
        )
    return counts


def _fresh_for(forms: Forms) -> int:
    """Give the seconds for which the store trusts an answer it was given."""
    return 0 if forms.report.shared_form is None else int(forms.report.shared_form.fresh.value)


def _fields_of(forms: Forms) -> NDArray[np.int64]:
    """Give the fields of each form, shape (forms, fields): a programme always asks for the same ones.

    Popular fields have low numbers; `popularity` 1 asks for all alike, more makes departments overlap more. Which fields
    a form asks for is a fact about the form, not a matter of the year, so it does not depend on root or replication.
    """
    report = forms.report
    ad_hoc = forms.slot if report.recurrence.value.rate is not None else np.zeros_like(forms.slot)
    start = text_key("fields", forms.name)
    bits = combine(start, forms.programme[:, None], ad_hoc[:, None], np.arange(report.fields.value))
    u = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
    picked: NDArray[np.int64] = np.floor(report.universe.value * u**report.popularity.value).astype(np.int64)
    return picked


def _in_store(draft: Draft, domain: str, forms: Forms, fields: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which fields the store covers; a wider store holds all of a narrower one."""
    if forms.report.shared_form is None:
        return np.zeros(fields.size, dtype=np.bool_)
    u = draft.chance.uniform(f"store.{domain}", "covered", fields.ravel())
    return u < forms.report.shared_form.coverage.value


def _since_last(
    unit: NDArray[np.int64], field: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Tell, for requests sorted by unit, field and time, whether the unit was asked before, and how long ago."""
    same = np.zeros(len(unit), dtype=np.bool_)
    same[1:] = (unit[1:] == unit[:-1]) & (field[1:] == field[:-1])
    gap = np.zeros(len(unit), dtype=np.int64)
    gap[1:] = second[1:] - second[:-1]
    return same, gap
