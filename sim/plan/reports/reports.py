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
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import addressed, broadcast_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.turned_away import let_in
from sim.plan.reports.fields import Answers, Requests, answer, fields_asked
from sim.plan.reports.form_work import Forms, FormWork
from sim.plan.reports.report_rows import write_forms
from sim.plan.reports.sources import distinct, sources_of
from sim.plan.reports.stores import store_of, tables
from sim.plan.reports.upkeep import write_upkeep
from sim.units import DAYS_PER_WEEK, WEEKDAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.domain.pool import FieldPool
    from sim.plan.reports.sources import Sources
    from sim.plan.reports.stores import Store
    from sim.plan.rows.draft import Draft


def plan_reports(draft: Draft, reports: dict[str, Report]) -> None:
    """Write the rows of all reports, domain by domain."""
    by_domain: dict[str, list[Forms]] = {}
    for name in sorted(reports):
        by_domain.setdefault(reports[name].domain, []).append(_fall_due(draft, name, reports[name]))
    for domain in sorted(by_domain):
        pool, store = draft.regime.policy.pools[domain], store_of(draft, domain, by_domain[domain])
        forms = by_domain[domain] + tables(draft, store, by_domain[domain])
        for one, work in zip(forms, _work(draft, domain, pool, store, forms), strict=True):
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
    universe = draft.regime.policy.pools[report.domain].universe.value
    fields = _fields_of(name, report, programme[at], found.slot[at], universe)
    return Forms(name, report, pairs.unit, programme[at], found.slot[at], found.second[at], from_store[at], at, fields)


def _work(draft: Draft, domain: str, pool: FieldPool, store: Store | None, forms: list[Forms]) -> list[FormWork]:
    """Compute the work of the unit with each form of a domain."""
    asked = [_requests(draft, pool, store, one) for one in forms]
    columns = [[getattr(requests, f.name) for requests in asked] for f in dataclass_fields(Requests)]
    answers = answer(Requests(*(np.concatenate(column) for column in columns)))
    sources, ends = sources_of(draft.chance, domain, pool), np.cumsum([one.fields.size for one in forms])[:-1]
    split = [np.split(getattr(answers, f.name), ends) for f in dataclass_fields(Answers)]
    return [
        _work_of(draft, pool, store, sources, one, Answers(*(part.reshape(one.fields.shape) for part in parts)))
        for one, *parts in zip(forms, *split, strict=True)
    ]


def _work_of(
    draft: Draft, pool: FieldPool, store: Store | None, sources: Sources, forms: Forms, answers: Answers
) -> FormWork:
    field = forms.fields
    holder, ask = sources.holder[field], answers.gathered & sources.asked[field]
    shared = forms.report.shared_form or (store and store.rule)
    glance = int(shared.glance.value) if shared else 0

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


def _requests(draft: Draft, pool: FieldPool, store: Store | None, forms: Forms) -> Requests:
    """Return one request for each form and field."""
    size, shared = forms.fields.shape[1], forms.report.shared_form or (store and store.rule)
    covered = np.zeros(forms.fields.size, dtype=np.bool_)
    if store and shared and np.all(forms.collection >= 0):
        covered = store.holds(draft, shared, forms).ravel()

    def each(of_form: NDArray[Any]) -> NDArray[Any]:
        return np.repeat(of_form, size)

    return Requests(
        unit=each(forms.unit),
        field=forms.fields.ravel(),
        second=each(forms.second),
        at_hand=np.full(forms.fields.size, int(pool.at_hand.value) * DAYS_PER_WEEK // WEEKDAYS * DAY),
        from_store=each(forms.from_store),
        covered=covered,
        fresh=np.full(forms.fields.size, int(shared.fresh.value) if shared else 0),
    )


def _fields_of(
    name: str, report: Report, programme: NDArray[np.int64], slot: NDArray[np.int64], universe: int
) -> NDArray[np.int64]:
    """Return the fields of each form, shape (forms, fields).

    A programme asks for the same fields every time and of every unit; each form that comes at a rate has its own
    fields.
    """
    ad_hoc = slot if report.recurrence.value.rate is not None else np.zeros_like(slot)
    series, place = np.unique(combine(0, programme, ad_hoc), return_inverse=True)
    return fields_asked(name, series, report.fields.value, universe, report.popularity.value)[place]
