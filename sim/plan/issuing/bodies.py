"""Bodies: whose compliance decides whether a rule reaches a piece of work, for every family.

- Work that an issuer demands: the issuer. It is a simulated unit above the addressee, the unit itself for its own
  duties, one of the real departments that simulated ones stand for, or a programme of a body outside the organisation.
- Matters of residents, steps with a tool, and records that a unit keeps by itself: the unit that does the work.
- Secondees: the unit that borrowed them (`sim/plan/identity/secondees.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import EnterpriseCheck, Inspection, ListedDuties
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.compliance import real_bodies
from sim.plan.issuing.issuing import OWN, department_key, is_above, issuing_type, real_issuer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import ObligationBase
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.issuing.issuing import Series
    from sim.plan.rows.draft import Draft


def calling_body(
    draft: Draft, stream: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.uint64]:
    """Return the body that issues each occurrence addressed to many units, shape (occurrences,)."""
    issuer = issuing_type(obligation)
    units = draft.staff.units(issuer)
    if is_above(draft, issuer, obligation.on):
        return draft.staff.keys[series.unit[found.series]]
    if not len(units):
        return _outside(issuer, None, series.programme[found.series])
    return real_bodies(issuer, draft.staff.keys[units], real_issuer(draft, stream, obligation, series, found))


def demanding_body(
    draft: Draft,
    name: str,
    obligation: ObligationBase,
    unit: NDArray[np.int64],
    programme: NDArray[np.int64],
    slot: NDArray[np.int64],
) -> NDArray[np.uint64]:
    """Return the body that demands each piece of work which a unit owes by itself, shape (pieces,).

    The department is the one that `overseer` finds; `programme` is the line of business of listed duties.
    """
    issuer, keys = obligation.issuer, draft.staff.keys
    units = draft.staff.units(issuer)
    if issuer == OWN:
        return keys[unit]
    if not len(units):
        return _outside(issuer, _list_of(obligation), programme)
    if is_above(draft, issuer, obligation.on):
        return keys[draft.staff.ancestor(unit, issuer)]
    stream = list_of_bodies(name, obligation) if isinstance(obligation, EnterpriseCheck) else f"obligations.{name}"
    shared = department_key(draft, obligation, programme, slot, unit)
    if isinstance(obligation, EnterpriseCheck | ListedDuties):
        shared = (programme,)
    number = combine(text_key(stream), *shared) % np.uint64(draft.regime.organisation.real_count(issuer))
    return real_bodies(issuer, keys[units], number.astype(np.int64))


def list_of_bodies(name: str, check: EnterpriseCheck) -> str:
    """Return the name of the random stream that belongs to the departments of an obligation."""
    return f"bodies.{check.bodies or name}"


def _list_of(obligation: ObligationBase) -> str | None:
    """Return the list that names the bodies outside the organisation; None if they are numbered by themselves."""
    if isinstance(obligation, EnterpriseCheck):
        return obligation.bodies
    return obligation.part_of if isinstance(obligation, Inspection) else None


def _outside(issuer: str, listed: str | None, programme: NDArray[np.int64]) -> NDArray[np.uint64]:
    return combine(text_key(issuer, listed or ""), programme)
