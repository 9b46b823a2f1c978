"""The rows of a form: fill, sign off, collate above, mend if returned, receive; and the upkeep of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.recurrence import Recurrence
from sim.plan.draft import Source
from sim.plan.issuing import overseer
from sim.plan.occurrences import fall_due, reached

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Report
    from sim.plan.draft import Draft

COLLATION_DAYS = 2
"""Working days after the deadline within which the unit above collates."""
RECEIVING_DAYS = 5
"""Working days after the deadline within which the department works it in."""


@dataclass(frozen=True)
class Asked:
    """How many fields each form asks to gather, enter, look over, and enter again; all of shape (forms,)."""

    gather: NDArray[np.int64]
    enter: NDArray[np.int64]
    glance: NDArray[np.int64]
    reentered: NDArray[np.int64]


def write_forms(
    draft: Draft,
    name: str,
    report: Report,
    forms: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    asked: Asked,
) -> None:
    """Write the chain of rows of each form; one whose fields are all in the store costs a glance and goes no further."""
    source = Source(f"obligations.{name}", report.issuer)
    unit, programme, slot, second = forms
    offices, chance = draft.offices, draft.chance
    words = (programme, slot)
    keys = offices.keys[unit]

    def draw(what: str, place: NDArray[np.int64] | slice) -> NDArray[np.float64]:
        return chance.uniform(source.name, what, programme[place], slot[place], keys[place])

    everything = slice(None)
    effort = asked.gather * report.gathering.value.quantile(draw("gathering", everything))
    effort += asked.enter * int(report.entering.value)
    effort += np.where(asked.enter > 0, report.checking.value.quantile(draw("checking", everything)), 0)
    if report.shared_form is not None:
        effort += asked.glance * int(report.shared_form.glance.value)
    due = offices.timeline(report.on).due_after(second, report.due.value)
    filled = draft.add(
        source, Part.FILL, Category.REPORTS, words,
        unit=unit, team=offices.team(unit, report.posts), effort=np.maximum(1, effort), release=second, due=due,
    )  # fmt: skip
    draft.note_fields(filled, asked.enter, asked.reentered)
    going = np.flatnonzero(asked.enter > 0)
    last = filled[going]
    mine = (programme[going], slot[going])
    if report.sign_off is not None:
        last = draft.add(
            source, Part.SIGN_OFF, Category.REPORTS, mine,
            unit=unit[going], team=offices.team(unit[going], report.sign_off_posts),
            effort=report.sign_off.value.quantile(draw("sign_off", going)),
            release=second[going], due=due[going], predecessor=last,
        )  # fmt: skip
    if report.collation is not None:
        last = _collate(draft, source, report, unit[going], mine, second[going], due[going], last)
    if report.receiving is not None:
        office = overseer(draft, source.name, report.issuer, programme, unit)[going]
        inside = np.flatnonzero(office >= 0)
        at = going[inside]
        draft.add(
            source, Part.RECEIVE, Category.REPORTS, (programme[at], slot[at], keys[at]),
            unit=office[inside], team=offices.team(office[inside], None),
            effort=report.receiving.value.quantile(draw("receiving", at)),
            release=second[at], due=offices.timeline(report.issuer).due_after(due[at], RECEIVING_DAYS),
            predecessor=last[inside],
        )  # fmt: skip


def _collate(
    draft: Draft,
    source: Source,
    report: Report,
    unit: NDArray[np.int64],
    words: tuple[NDArray[np.int64], NDArray[np.int64]],
    second: NDArray[np.int64],
    due: NDArray[np.int64],
    filled: NDArray[np.int64],
) -> NDArray[np.int64]:
    offices, collation = draft.offices, report.collation
    if collation is None:
        return filled
    above = offices.parent[unit]
    keys = offices.keys[unit]
    timeline = offices.timeline(offices.types[above[0]]) if len(above) else offices.timeline(report.on)
    collated = draft.add(
        source, Part.COLLATE, Category.REPORTS, (*words, keys),
        unit=above, team=offices.team(above, collation.posts),
        effort=collation.effort.value.quantile(draft.chance.uniform(source.name, "collation", *words, keys)),
        release=second, due=timeline.due_after(due, COLLATION_DAYS), predecessor=filled,
    )  # fmt: skip
    if collation.rework is not None:
        back = np.flatnonzero(draft.chance.uniform(source.name, "returned", *words, keys) < collation.returned.value)
        again = (words[0][back], words[1][back])
        draft.add(
            source, Part.REWORK, Category.REPORTS, again,
            unit=unit[back], team=offices.team(unit[back], report.posts),
            effort=collation.rework.value.quantile(draft.chance.uniform(source.name, "rework", *again, keys[back])),
            release=second[back], due=offices.timeline(report.on).due_after(due[back], COLLATION_DAYS),
            predecessor=collated[back],
        )  # fmt: skip
    return collated


def write_upkeep(draft: Draft, name: str, report: Report) -> None:
    """Write the monthly work that keeps the shared store fresh."""
    offices, chance = draft.offices, draft.chance
    for upkeep in report.upkeep:
        source = Source(f"obligations.{name}", report.issuer)
        stream = f"{source.name}.upkeep"
        units = offices.units(upkeep.unit)
        timeline = offices.timeline(upkeep.unit)
        found = fall_due(Recurrence(every="monthly"), stream, offices.keys[units], timeline, chance, {})
        unit = units[found.series]
        u = chance.uniform(stream, "kept", found.slot, offices.keys[unit])
        done = np.flatnonzero(reached(upkeep.reach, found.slot, draft.regime.calendar.year, u))
        unit, slot, second = unit[done], found.slot[done], found.second[done]
        draft.add(
            source, Part.UPKEEP, Category.REPORTS, (slot,),
            unit=unit, team=offices.team(unit, None), release=second, due=timeline.due_after(second, COLLATION_DAYS),
            effort=upkeep.effort.value.quantile(chance.uniform(stream, "effort", slot, offices.keys[unit])),
        )  # fmt: skip
