"""Evidence uploaded at fixed times: each ledger in instalments, and the rest at the year's end.

Uploads after this year's visit count for the next visit, and last year's uploads counted for this one. So a ledger that
is reached at every node takes its time once a year, in equal parts, and the time of the uploads in addition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.appraisals.examined import Pieces
from sim.plan.identity.chance import combine
from sim.plan.identity.occurrences import fall_due
from sim.plan.issuing.keyed import Keyed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Appraisal
    from sim.domain.obligations.appraisal import KeptEvidence
    from sim.plan.appraisals.examined import Examinations
    from sim.plan.rows.draft import Draft, Source


def write_uploads(
    draft: Draft,
    source: Source,
    appraisal: Appraisal,
    evidence: KeptEvidence,
    found: Examinations,
    effort: NDArray[np.int64],
) -> tuple[NDArray[np.int64], Pieces]:
    """Write the uploads of each examination; return the seconds left of each ledger, and the uploads as pieces.

    `effort` and the seconds left have shape (examinations, indicators). Without nodes all seconds are left.
    """
    staff, timeline = draft.staff, draft.staff.timeline(appraisal.on)
    keys = combine(0, found.programme, found.slot, staff.keys[found.unit])
    nodes = fall_due(evidence.nodes.value, f"{source.name}.evidence", keys, timeline, draft.chance, {})
    if not len(nodes):
        return effort, Pieces.of()
    examined = (keys[nodes.series],)
    asked = Keyed(draft, source.name, examined, nodes.second, found.body[nodes.series], appraisal.guards)
    some = asked.reached(evidence)
    each = effort[nodes.series] * some[:, None] / (len(nodes) // len(found.unit))
    drawn = evidence.upload.value.quantile(draft.chance.uniform(source.name, "upload", keys[nodes.series], nodes.slot))
    spent = np.rint(each.sum(axis=1)).astype(np.int64) + drawn
    mine, unit = nodes.series[some], found.unit[nodes.series[some]]
    uploads = draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, (found.programme[mine], found.slot[mine], nodes.slot[some], 0),
        unit=unit, team=staff.team(unit, appraisal.posts), release=nodes.second[some], effort=spent[some],
        due=timeline.due_after(nodes.second[some], draft.lags.evidence_uploaded.value),
    )  # fmt: skip
    done = np.zeros(effort.shape)
    np.add.at(done, nodes.series, each)
    pieces = Pieces.of((uploads, found.number[mine], evidence.still_dresses.value))
    return effort - np.rint(done).astype(np.int64), pieces
