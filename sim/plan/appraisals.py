"""The year-end appraisal: ledgers for each indicator, a self-report, a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.engine.contract import DAY
from sim.plan.draft import Source
from sim.plan.issuing import occurrences, overseer, single_series
from sim.plan.visits import visit_start

if TYPE_CHECKING:
    from sim.domain.obligations import Appraisal
    from sim.plan.draft import Draft


def plan_appraisal(draft: Draft, name: str, appraisal: Appraisal) -> None:
    """Write the rows of one appraisal: everything is due when the examiners come."""
    source = Source(f"obligations.{name}", appraisal.issuer)
    offices, chance = draft.offices, draft.chance
    series = single_series(draft, appraisal)
    found = occurrences(draft, source.name, appraisal, series)
    timeline = offices.timeline(appraisal.on)
    unit, programme = series.unit[found.series], series.programme[found.series]
    words = (programme, found.slot)
    start = visit_start(draft, source.name, (*words, offices.keys[unit]), found.second // DAY, timeline)
    announced = timeline.shift_days(found.second // DAY, -int(appraisal.notice.value)) * DAY + timeline.opens[0]
    place = np.repeat(np.arange(len(unit)), appraisal.indicators.value)
    indicator = np.tile(np.arange(appraisal.indicators.value), len(unit))
    mine = (programme[place], found.slot[place], indicator)
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, mine,
        unit=unit[place], team=offices.team(unit[place], appraisal.posts),
        effort=appraisal.ledger.value.quantile(chance.uniform(source.name, "ledger", *mine, offices.keys[unit[place]])),
        release=announced[place], due=start[place],
    )  # fmt: skip
    team = offices.team(unit, appraisal.posts)
    draft.add(
        source, Part.FILL, Category.INSPECTIONS, words,
        unit=unit, team=team, release=announced, due=start,
        effort=appraisal.self_report.value.quantile(chance.uniform(source.name, "self_report", *words, offices.keys[unit])),
    )  # fmt: skip
    length = appraisal.length.value.quantile(chance.uniform(source.name, "length", *words, offices.keys[unit]))
    draft.add(
        source, Part.HOST, Category.INSPECTIONS, words,
        unit=unit, team=team, start=start, effort=length, seats=appraisal.hosts.value,
    )  # fmt: skip
    examiner = overseer(draft, source.name, appraisal.issuer, programme, unit)
    inside = np.flatnonzero(examiner >= 0)
    road = offices.road(unit[inside], appraisal.issuer)
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (*(w[inside] for w in words), offices.keys[unit[inside]]),
        unit=examiner[inside], team=offices.team(examiner[inside], None), start=np.maximum(start[inside] - road, 0),
        effort=length[inside] + 2 * road, seats=appraisal.examiners.value, travel=2 * road,
    )  # fmt: skip
