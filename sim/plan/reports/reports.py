"""Reports and forms: the fields that each asks for, fields at hand, fields in the shared store.

Forms of one domain draw their fields from one universe and are computed together: whether a field is at hand depends on
all forms of the domain that the unit filled before.
"""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY
from sim.plan.identity.chance import combine
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.turned_away import let_in
from sim.plan.reports.fields import Requests, answer, fields_asked
from sim.plan.reports.report_rows import Asked, Forms, write_forms, write_upkeep
from sim.units import DAYS_PER_WEEK, WEEKDAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.plan.rows.draft import Draft


def plan_reports(draft: Draft, reports: dict[str, Report]) -> None:
    """Write the rows of all reports, domain by domain."""
    by_domain: dict[str, list[Forms]] = {}
    for name in sorted(reports):
        by_domain.setdefault(reports[name].domain, []).append(_fall_due(draft, name, reports[name]))
    for domain in sorted(by_domain):
        forms = by_domain[domain]
        for one, asked in zip(forms, _ask(draft, domain, forms), strict=True):
            write_forms(draft, one, asked)
    for name in sorted(reports):
        write_upkeep(draft, name, reports[name])


def _fall_due(draft: Draft, name: str, report: Report) -> Forms:
    series = single_series(draft, report)
    found = let_in(draft, name, report, series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    from_store = np.zeros(len(found), dtype=np.bool_)
    if report.shared_form is not None:
        body = demanding_body(draft, name, report, unit, programme, found.slot)
        identity = (programme, found.slot, draft.staff.keys[unit])
        asked = Keyed(draft, f"obligations.{name}", identity, found.second, body, report.guards)
        from_store = asked.reached(report.shared_form)
    return Forms(name, report, unit, programme, found.slot, found.second, from_store)


def _ask(draft: Draft, domain: str, forms: list[Forms]) -> list[Asked]:
    """Count for each form the fields to gather, to enter, to look over, and to enter again."""
    fields = [_fields_of(one) for one in forms]
    shapes = [field.shape for field in fields]
    asked = [_requests(draft, domain, one, field) for one, field in zip(forms, fields, strict=True)]
    columns = [[getattr(requests, f.name) for requests in asked] for f in dataclass_fields(Requests)]
    answers = answer(Requests(*(np.concatenate(column) for column in columns)))
    ends = np.cumsum([field.size for field in fields])

    def count(what: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
        return [part.reshape(shape).sum(axis=1) for part, shape in zip(np.split(what, ends[:-1]), shapes, strict=True)]

    told = ~answers.glanced
    counts = (count(answers.gathered), count(told), count(answers.glanced), count(answers.again))
    return [Asked(*one) for one in zip(*counts, strict=True)]


def _requests(draft: Draft, domain: str, forms: Forms, fields: NDArray[np.int64]) -> Requests:
    """Return one request for each form and field."""
    report, shared = forms.report, forms.report.shared_form
    u = draft.chance.uniform(f"store.{domain}", "covered", np.arange(report.universe.value))
    covered = u < (shared.coverage.value if shared is not None else 0.0)

    def each(of_form: NDArray[Any]) -> NDArray[Any]:
        return np.repeat(of_form, fields.shape[1])

    return Requests(
        unit=each(forms.unit),
        field=fields.ravel(),
        second=each(forms.second),
        at_hand=np.full(fields.size, int(report.at_hand) * DAYS_PER_WEEK // WEEKDAYS * DAY),
        from_store=each(forms.from_store),
        covered=covered[fields.ravel()],
        fresh=np.full(fields.size, int(shared.fresh.value) if shared is not None else 0),
    )


def _fields_of(forms: Forms) -> NDArray[np.int64]:
    """Return the fields of each form, shape (forms, fields).

    A programme asks for the same fields every time and of every unit; each form that comes at a rate has its own
    fields.
    """
    report = forms.report
    ad_hoc = forms.slot if report.recurrence.value.rate is not None else np.zeros_like(forms.slot)
    series, place = np.unique(combine(0, forms.programme, ad_hoc), return_inverse=True)
    asked = fields_asked(forms.name, series, report.fields.value, report.universe.value, report.popularity.value)
    return asked[place]
