"""Three indices of the burden side by side: counted, timed and felt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.category import Category, Part
from sim.metrics.counted import meetings, papers, short_notice, visits
from sim.metrics.example import Example, SmallPlan, Work, form, meeting, visit
from sim.metrics.hours import FORMAL
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_READING = Work("document", Part.READ, Category.DOCUMENTS, effort=1)
_MIXED = SmallPlan((form(2, fields=3), _READING, visit(1, at=33), meeting(3, at=57)), days=14)
_WEARING = SmallPlan((form(9, at=8, due=22, fields=1), form(1, at=9, rank=0, due=60)), evening=True, preemptive=True)

INDICES = (
    Metric("index_counted", unit="per cadre-week", better="less", scopes="role", family="counted", detail=True,
           label={"zh": "计件负担", "en": "counted burden"},
           meaning={"zh": "表、文件、检查、会议的件数",
                    "en": "number of forms, documents, visits and meetings"},
           example=Example(_MIXED, {"cadre": (1 + 1 + 1 + 1) / 2}, "form, reading, visit and meeting in two weeks")),
    Metric("index_timed", unit="h/week", better="less", scopes="role", family="counted", detail=True,
           label={"zh": "计时负担", "en": "timed burden"},
           meaning={"zh": "形式性事务的小时数",
                    "en": "formality hours"},
           example=Example(_MIXED, {"cadre": (2 + 1 + 1 + 3) / 2}, "7 h of formality in two weeks")),
    Metric("index_felt", unit="per cadre-week", better="less", scopes="role", family="counted", detail=True,
           label={"zh": "感受负担", "en": "felt burden"},
           meaning={"zh": "被打断的次数，加上急报表和加班做的件数",
                    "en": "number of interruptions, forms at short notice and tasks worked on in overtime"},
           example=Example(_WEARING, {"cadre": 1 + 1 + 1},
                           "the first form is interrupted once, due within a day, and finished in the evening")),
)  # fmt: skip


def measure_indices(sample: Sample) -> Values:
    """Compute the metrics of `INDICES` per cadre and ordinary week, by role."""
    roles, weeks = sample.roles, sample.cadre_weeks
    timed = in_hours(sample.by_role(sample.log.seconds.sum(axis=1)[:, FORMAL].sum(axis=1)))
    return {
        **per_role(roles, "index_counted", divide(papers(sample) + visits(sample) + meetings(sample), weeks)),
        **per_role(roles, "index_timed", divide(timed, weeks)),
        **per_role(roles, "index_felt", divide(_felt(sample), weeks)),
    }


def _felt(sample: Sample) -> NDArray[np.float64]:
    """Add up interruptions, work at short notice, and pieces of flexible work done in overtime, shape (roles,)."""
    interruptions = sample.rows_by_role(sample.log.interruptions)
    in_overtime = sample.rows_by_role((sample.log.overtime > 0) & (sample.rows.start < 0))
    return interruptions + short_notice(sample) + in_overtime
