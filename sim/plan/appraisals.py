"""The year-end appraisal: ledgers for each indicator, a self-report, a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.engine.contract import DAY
from sim.plan.draft import Source
from sim.plan.issuing import issuing_type, occurrences, office_words, overseer, single_series
from sim.plan.visits import visit_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Appraisal
    from sim.plan.draft import Draft


@dataclass(frozen=True)
class Examinations:
    """Visits of one appraisal, one entry a programme and unit."""

    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    announced: NDArray[np.int64]
    start: NDArray[np.int64]


def plan_appraisal(draft: Draft, name: str, appraisal: Appraisal) -> None:
    """Write the rows of one appraisal: everything is due when the examiners come."""
    source = Source(f"obligations.{name}", appraisal.issuer)
    series = single_series(draft, appraisal)
    found = occurrences(draft, source.name, appraisal, series)
    timeline = draft.offices.timeline(appraisal.on)
    unit, programme = series.unit[found.series], series.programme[found.series]
    day, words = found.second // DAY, (programme, found.slot, draft.offices.keys[unit])
    examinations = Examinations(
        unit=unit,
        programme=programme,
        slot=found.slot,
        announced=timeline.shift_days(day, -int(appraisal.notice.value)) * DAY + timeline.opens[0],
        start=visit_start(draft, source.name, words, day, timeline),
    )
    _prepare(draft, source, appraisal, examinations)
    _examine(draft, source, appraisal, examinations)


def _prepare(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> None:
    """Write a ledger for each indicator, and the self-report."""
    offices, chance = draft.offices, draft.chance
    team, keys, words = (
        offices.team(found.unit, appraisal.posts),
        offices.keys[found.unit],
        (found.programme, found.slot),
    )
    place = np.repeat(np.arange(len(found.unit)), appraisal.indicators.value)
    indicator = np.tile(np.arange(appraisal.indicators.value), len(found.unit))
    mine = (found.programme[place], found.slot[place], indicator)
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, mine,
        unit=found.unit[place], team=team[place], release=found.announced[place], due=found.start[place],
        effort=appraisal.ledger.value.quantile(chance.uniform(source.name, "ledger", *mine, keys[place])),
    )  # fmt: skip
    draft.add(
        source, Part.FILL, Category.INSPECTIONS, words,
        unit=found.unit, team=team, release=found.announced, due=found.start,
        effort=appraisal.self_report.value.quantile(chance.uniform(source.name, "self_report", *words, keys)),
    )  # fmt: skip


def _examine(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> None:
    """Write the visit, for the hosts and for the examiners."""
    offices, words, keys = draft.offices, (found.programme, found.slot), draft.offices.keys[found.unit]
    length = appraisal.length.value.quantile(draft.chance.uniform(source.name, "length", *words, keys))
    draft.add(
        source, Part.HOST, Category.INSPECTIONS, words,
        unit=found.unit, team=offices.team(found.unit, appraisal.posts), start=found.start, effort=length,
        seats=appraisal.hosts.value,
    )  # fmt: skip
    shared = office_words(draft, appraisal, *words, found.unit)
    examiner = overseer(draft, source.name, appraisal.issuer, found.unit, *shared)
    inside = np.flatnonzero(examiner >= 0)
    road = offices.road(found.unit, issuing_type(appraisal))[inside]
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (*(word[inside] for word in words), keys[inside]),
        unit=examiner[inside], team=offices.team(examiner[inside], None),
        start=np.maximum(found.start[inside] - road, 0), effort=length[inside] + 2 * road,
        seats=appraisal.examiners.value, travel=2 * road,
    )  # fmt: skip
