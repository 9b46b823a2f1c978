"""Reports and forms: the fields that each asks for, fields at hand, fields in the shared store.

Forms of one domain draw their fields from one pool and are computed together: whether a field is at hand depends on all
forms of the domain that the unit filled before.
"""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY
from sim.plan.identity.chance import combine
from sim.plan.identity.compliance import share_on
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import addressed, broadcast_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.turned_away import let_in
from sim.plan.reports.fields import Answers, Requests, answer, fields_asked
from sim.plan.reports.form_work import Forms, FormWork
from sim.plan.reports.report_rows import write_forms
from sim.plan.reports.sources import distinct, sources_of
from sim.plan.reports.upkeep import write_upkeep
from sim.units import DAYS_PER_WEEK, WEEKDAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.domain.obligations.report import SharedForm
    from sim.domain.pool import FieldPool
    from sim.plan.reports.sources import Sources
    from sim.plan.rows.draft import Draft


def plan_reports(draft: Draft, reports: dict[str, Report]) -> None:
    """Write the rows of all reports, domain by domain."""
    by_domain: dict[str, list[Forms]] = {}
    for name in sorted(reports):
        by_domain.setdefault(reports[name].domain, []).append(_fall_due(draft, name, reports[name]))
    for domain in sorted(by_domain):
        forms, pool = by_domain[domain], draft.regime.policy.pools[domain]
        for one, work in zip(forms, _work(draft, domain, pool, forms), strict=True):
            write_forms(draft, pool, one, work)
    for name in sorted(reports):
        write_upkeep(draft, name, reports[name])


def _fall_due(draft: Draft, name: str, report: Report) -> Forms:
    """Return the forms of a report; all units that owe it are asked at the same moment."""
    series = broadcast_series(draft, report)
    found = let_in(draft, name, report, series)
    programme, from_store = series.programme[found.series], np.zeros(len(found), dtype=np.bool_)
    if report.shared_form is not None:
        body = demanding_body(draft, name, report, series.unit[found.series], programme, found.slot)
        identity = (series.key[found.series], found.slot)
        asked = Keyed(draft, f"obligations.{name}", identity, found.second, body, report.guards)
        from_store = asked.reached(report.shared_form)
    pairs = addressed(draft, report, series, found, 1.0, f"obligations.{name}")
    at = pairs.occurrence
    return Forms(name, report, pairs.unit, programme[at], found.slot[at], found.second[at], from_store[at], at)


def _work(draft: Draft, domain: str, pool: FieldPool, forms: list[Forms]) -> list[FormWork]:
    """Compute the work of the unit with each form of a domain."""
    fields = [_fields_of(one, pool.universe.value) for one in forms]
    store = next((one.report.shared_form for one in forms if one.report.shared_form is not None), None)
    asked = [_requests(draft, domain, pool, store, *one) for one in zip(forms, fields, strict=True)]
    columns = [[getattr(requests, f.name) for requests in asked] for f in dataclass_fields(Requests)]
    answers = answer(Requests(*(np.concatenate(column) for column in columns)))
    sources, ends = sources_of(draft.chance, domain, pool), np.cumsum([field.size for field in fields])[:-1]
    split = [np.split(getattr(answers, f.name), ends) for f in dataclass_fields(Answers)]
    return [
        _work_of(draft, pool, store, sources, one, field, Answers(*(part.reshape(field.shape) for part in parts)))
        for one, field, *parts in zip(forms, fields, *split, strict=True)
    ]


def _work_of(
    draft: Draft,
    pool: FieldPool,
    store: SharedForm | None,
    sources: Sources,
    forms: Forms,
    field: NDArray[np.int64],
    answers: Answers,
) -> FormWork:
    holder, ask = sources.holder[field], answers.gathered & sources.asked[field]
    shared = forms.report.shared_form or store
    glance = int(shared.glance.value) if shared is not None else 0

    def count(what: NDArray[np.bool_]) -> NDArray[np.int64]:
        total: NDArray[np.int64] = what.sum(axis=1)
        return total

    return FormWork(
        look_up=count(answers.gathered & sources.recorded[field]),
        questions=distinct(holder, ask),
        rounds=distinct(holder, answers.gathered & sources.on_the_spot[field]),
        waiting=_waiting(draft, pool, forms, holder, ask),
        enter=count(~answers.read),
        glancing=glance * count(answers.read | (answers.looked & ~sources.known[field])),
        reentered=count(answers.again),
    )


def _waiting(
    draft: Draft, pool: FieldPool, forms: Forms, holder: NDArray[np.int64], ask: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the working seconds until the last of the holders who are asked has answered, shape (forms,)."""
    form, place = np.nonzero(ask)
    programme, slot, unit = forms.programme[form], forms.slot[form], draft.staff.keys[forms.unit[form]]
    stream = f"obligations.{forms.name}"
    u = draft.chance.uniform(stream, "turnaround", programme, slot, unit, holder[form, place])
    waiting = np.zeros(len(holder), dtype=np.int64)
    np.maximum.at(waiting, form, pool.turnaround.value.quantile(u))
    return waiting


def _requests(
    draft: Draft, domain: str, pool: FieldPool, store: SharedForm | None, forms: Forms, fields: NDArray[np.int64]
) -> Requests:
    """Return one request for each form and field; `store` is the rule on one of the reports of the domain.

    An issuer who reads the store finds all covered fields. A unit finds the share of them that complying departments
    are of all, since only these put their data into the store.
    """
    size, shared = fields.shape[1], forms.report.shared_form or store
    covered = np.zeros(fields.size, dtype=np.bool_)
    if shared is not None:
        held = draft.chance.uniform(f"store.{domain}", "covered", np.arange(pool.universe.value))[fields.ravel()]
        in_force = share_on(shared, draft.regime.calendar.year, forms.second, forms.report.guards)
        kept = np.where(forms.from_store, 1.0, in_force)
        covered = held < shared.coverage.value * np.repeat(kept, size)

    def each(of_form: NDArray[Any]) -> NDArray[Any]:
        return np.repeat(of_form, size)

    return Requests(
        unit=each(forms.unit),
        field=fields.ravel(),
        second=each(forms.second),
        at_hand=np.full(fields.size, int(pool.at_hand.value) * DAYS_PER_WEEK // WEEKDAYS * DAY),
        from_store=each(forms.from_store),
        covered=covered,
        fresh=np.full(fields.size, int(shared.fresh.value) if shared is not None else 0),
    )


def _fields_of(forms: Forms, universe: int) -> NDArray[np.int64]:
    """Return the fields of each form, shape (forms, fields).

    A programme asks for the same fields every time and of every unit; each form that comes at a rate has its own
    fields.
    """
    report = forms.report
    ad_hoc = forms.slot if report.recurrence.value.rate is not None else np.zeros_like(forms.slot)
    series, place = np.unique(combine(0, forms.programme, ad_hoc), return_inverse=True)
    return fields_asked(forms.name, series, report.fields.value, universe, report.popularity.value)[place]
