"""Risk classes: a number that belongs to the unit decides its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.risk import RISKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.rows.draft import Draft


def risk_classes(draft: Draft, unit_type: str) -> NDArray[np.int64]:
    """Return the risk class of every unit as an index into `RISKS`; only entries of units of the type are meaningful.

    Without risk classes all units are of medium risk.
    """
    risk = draft.regime.organisation.units[unit_type].risk
    if risk is None:
        return np.full(len(draft.staff.keys), RISKS.index("medium"), dtype=np.int64)
    u = draft.chance.uniform("organisation", "risk", draft.staff.keys)
    edges = np.cumsum(risk.by_class)[:-1]
    return np.searchsorted(edges, u, side="right").astype(np.int64)
