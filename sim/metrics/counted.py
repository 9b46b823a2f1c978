"""What is counted: visits, meetings, papers, forms, fields; and three indices side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.metrics.hours import FORMAL
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample


def measure_counted(sample: Sample) -> dict[tuple[str, str], float]:
    """Counts per unit and year, and the counted, timed and felt indices per cadre and week."""
    roles = sample.roles
    units = np.bincount(sample.unit_role, minlength=len(roles))
    visited = sample.is_kind("inspection", "appraisal", "enterprise_check", "demonstration")
    visits = sample.rows_by_role(visited & sample.is_part(Part.HOST) & sample.attended)
    meetings = sample.rows_by_role(sample.is_kind("meeting") & sample.is_part(Part.ATTEND) & sample.attended)
    forms = sample.rows_by_role(sample.is_kind("report") & sample.is_part(Part.FILL) & (sample.setting.fields > 0))
    documents = sample.rows_by_role(sample.is_kind("document") & sample.is_part(Part.READ))
    papers = forms + documents
    timed = in_hours(sample.by_role(sample.log.seconds.sum(axis=1)[:, FORMAL].sum(axis=1)))
    return {
        **per_role(roles, "visits_received", divide(visits, units)),
        **per_role(roles, "meetings_attended", divide(meetings, units)),
        **per_role(roles, "forms_filled", divide(forms, units)),
        **per_role(roles, "documents_read", divide(documents, units)),
        **per_role(roles, "papers_received", divide(papers, units)),
        **per_role(roles, "fields_entered", divide(sample.rows_by_role(sample.setting.fields), units)),
        **per_role(roles, "fields_reentered", divide(sample.rows_by_role(sample.setting.reentered), units)),
        **per_role(roles, "index_counted", divide(papers + visits + meetings, sample.cadre_weeks)),
        **per_role(roles, "index_timed", divide(timed, sample.cadre_weeks)),
        **per_role(roles, "index_felt", divide(_felt(sample), sample.cadre_weeks)),
    }


def _felt(sample: Sample) -> NDArray[np.float64]:
    """Count what wears people down: interruptions, work at short notice, pieces of work done in overtime."""
    interruptions = sample.rows_by_role(sample.log.interruptions)
    in_overtime = sample.rows_by_role((sample.log.overtime > 0) & (sample.rows.start < 0))
    return interruptions + sample.short_notice + in_overtime
