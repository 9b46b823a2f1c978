"""The rows of a form: asking and gathering, filling, sign-off, collation above, rework if returned, receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.collected import Collected
from sim.domain.category import Category, Part
from sim.plan.issuing.issuing import department_key, overseer
from sim.plan.rows.rows import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.pool import FieldPool
    from sim.domain.quantity import EffortQ
    from sim.plan.reports.form_work import Forms, FormWork
    from sim.plan.rows.draft import Draft


def write_forms(draft: Draft, pool: FieldPool, forms: Forms, work: FormWork) -> None:
    """Write the chain of rows of each form; a form that the issuer has from the store as a whole has no row."""
    due = draft.staff.timeline(forms.report.on).due_after(forms.second, forms.report.due.value)
    going = np.flatnonzero((work.enter > 0) | ~forms.from_store)
    chain = _Chain(draft, pool, forms.at(going), work.at(going), due[going])
    filled = _fill(chain, _gather(chain, _ask(chain)))
    draft.note_fields(filled, chain.work.enter, chain.work.reentered)
    entered = chain.at(np.flatnonzero(chain.work.enter > 0))
    answered = _collate(entered, _sign_off(entered, filled[chain.work.enter > 0]))
    last = filled.copy()
    last[chain.work.enter > 0] = answered
    if np.all(forms.collection >= 0):
        draft.collected.append(_collected(forms, due, chain.forms.collection, filled, last))
    _receive(entered, answered)


def _collected(
    forms: Forms,
    due: NDArray[np.int64],
    collection: NDArray[np.int64],
    filled: NDArray[np.int64],
    last: NDArray[np.int64],
) -> Collected:
    """Return the collections of all forms, with the rows of those that are filled in."""
    asked, until = (np.zeros(forms.collection.max(initial=-1) + 1, dtype=np.int64) for _ in range(2))
    asked[forms.collection], until[forms.collection] = forms.second, due
    return Collected(forms.name, asked, until, collection, filled, last)


@dataclass(frozen=True)
class _Chain:
    """Forms on their way; `due` has shape (forms,)."""

    draft: Draft
    pool: FieldPool
    forms: Forms
    work: FormWork
    due: NDArray[np.int64]

    def at(self, place: NDArray[np.int64]) -> _Chain:
        return _Chain(self.draft, self.pool, self.forms.at(place), self.work.at(place), self.due[place])

    def u(self, attribute: str) -> NDArray[np.float64]:
        forms = self.forms
        keys = self.draft.staff.keys[forms.unit]
        return self.draft.chance.uniform(forms.source.name, attribute, *forms.identity, keys)

    def drawn(self, effort: EffortQ, attribute: str) -> NDArray[np.int64]:
        return effort.value.quantile(self.u(attribute))

    def add(self, part: Part, posts: tuple[str, ...] | None, **columns: Any) -> NDArray[np.int64]:
        """Add rows of the units that owe the forms."""
        forms, usual = self.forms, {"release": self.forms.second, "due": self.due}
        return self.draft.add(
            forms.source, part, Category.REPORTS, forms.identity,
            unit=forms.unit, team=self.draft.staff.team(forms.unit, posts), **{**usual, **columns},
        )  # fmt: skip


def _ask(chain: _Chain) -> NDArray[np.int64]:
    """Write the questions to holders; return the row of each form, -1 for one without questions."""
    last, place = np.full(len(chain.due), NONE, dtype=np.int64), np.flatnonzero(chain.work.questions > 0)
    asking = chain.at(place)
    effort = asking.work.questions * asking.drawn(chain.pool.asking, "asking")
    last[place] = asking.add(Part.ASK, chain.forms.report.posts, effort=effort)
    return last


def _gather(chain: _Chain, last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write the rounds to places, after the questions; return the last row of each form so far."""
    place = np.flatnonzero(chain.work.rounds > 0)
    going = chain.at(place)
    effort = going.work.rounds * going.drawn(chain.pool.round, "round")
    before, last = last[place], last.copy()
    last[place] = going.add(Part.GATHER, chain.forms.report.posts, effort=effort, predecessor=before)
    return last


def _fill(chain: _Chain, last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write the filling in of each form, once the last holder has answered and the rounds are done."""
    pool, work, report = chain.pool, chain.work, chain.forms.report
    effort: NDArray[np.int64] = work.look_up * chain.drawn(pool.look_up, "look_up")
    effort += work.enter * (int(pool.entering.value) + chain.drawn(pool.checking, "checking"))
    release = chain.draft.staff.timeline(report.on).after_work(chain.forms.second, work.waiting)
    return chain.add(
        Part.FILL, report.posts, effort=(effort + work.glancing).clip(1), release=release, predecessor=last
    )


def _sign_off(chain: _Chain, last: NDArray[np.int64]) -> NDArray[np.int64]:
    posts = chain.forms.report.sign_off_posts
    if posts is None:
        return last
    effort = chain.work.enter * chain.drawn(chain.pool.sign_off, "sign_off")
    return chain.add(Part.SIGN_OFF, posts, effort=effort, predecessor=last)


def _collate(chain: _Chain, last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write the work of the unit above, and the rework of forms that it returns; return the last row of each chain."""
    draft, forms, staff = chain.draft, chain.forms, chain.draft.staff
    collation, above = forms.report.collation, staff.parent[forms.unit]
    if collation is None or not np.all(above >= 0) or not len(above):
        return last
    collated = draft.add(
        forms.source, Part.COLLATE, Category.REPORTS, (*forms.identity, staff.keys[forms.unit]),
        unit=above, team=staff.team(above, collation.posts),
        effort=chain.drawn(collation.effort, "collation"), release=forms.second, predecessor=last,
        due=staff.timeline(staff.types[above[0]]).due_after(chain.due, draft.lags.forms_collated.value),
    )  # fmt: skip
    if collation.rework is None:
        return collated
    returned = 1 - (1 - collation.wrong.value) ** chain.work.enter
    back = np.flatnonzero(chain.u("returned") < returned)
    again = chain.at(back)
    going_on = collated.copy()
    going_on[back] = again.add(
        Part.REWORK, forms.report.posts, effort=again.drawn(collation.rework, "rework"), predecessor=collated[back],
        due=staff.timeline(forms.report.on).due_after(again.due, draft.lags.forms_mended.value),
    )  # fmt: skip
    return going_on


def _receive(chain: _Chain, last: NDArray[np.int64]) -> None:
    """Write the department's work with each form; a collection goes to one department."""
    draft, staff, report = chain.draft, chain.draft.staff, chain.forms.report
    if report.receiving is None:
        return
    forms = chain.forms
    shared = department_key(draft, report, forms.programme, forms.slot, forms.unit)
    department = overseer(draft, forms.source.name, report.issuer, forms.unit, *shared)
    inside = np.flatnonzero(department >= 0)
    if not len(inside):
        return
    mine, department = chain.at(inside), department[inside]
    timeline = staff.timeline(staff.types[department[0]])
    draft.add(
        forms.source, Part.RECEIVE, Category.REPORTS, (*mine.forms.identity, staff.keys[mine.forms.unit]),
        unit=department, team=staff.team(department, None), effort=mine.drawn(report.receiving, "receiving"),
        release=mine.forms.second, predecessor=last[inside],
        due=timeline.due_after(mine.due, draft.lags.forms_received.value),
    )  # fmt: skip
