"""Forms that fall due, and the work of the unit with each of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.domain.obligations import Report


@dataclass(frozen=True)
class Forms:
    """Forms of one obligation that fall due; all arrays have shape (forms,), one entry a form and unit."""

    name: str
    report: Report
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    second: NDArray[np.int64]
    """Second at which the unit is asked."""
    from_store: NDArray[np.bool_]
    """True where the issuer reads the shared store."""
    collection: NDArray[np.int64]
    """Number of the request that the form answers together with the forms of other units, -1 for tables."""
    fields: NDArray[np.int64]
    """Fields that each form asks for, shape (forms, fields)."""

    @property
    def source(self) -> Source:
        """Return the obligation and issuer of the rows."""
        return Source(f"obligations.{self.name}", self.report.issuer)

    @property
    def identity(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the identity of each form at its unit."""
        return self.programme, self.slot

    def at(self, place: NDArray[np.int64]) -> Self:
        """Return the forms at the indices `place`."""
        names = ("unit", "programme", "slot", "second", "from_store", "collection", "fields")
        return replace(self, **{name: getattr(self, name)[place] for name in names})


@dataclass(frozen=True)
class FormWork:
    """Work of the unit with each form; all arrays have shape (forms,)."""

    look_up: NDArray[np.int64]
    """Fields to look up in the unit's own records."""
    questions: NDArray[np.int64]
    """Holders to ask."""
    rounds: NDArray[np.int64]
    """Places to go to."""
    waiting: NDArray[np.int64]
    """Working seconds until the last of the holders has answered."""
    enter: NDArray[np.int64]
    """Fields to enter by hand."""
    glancing: NDArray[np.int64]
    """Seconds to look over fields from the store."""
    reentered: NDArray[np.int64]
    """Fields to enter that the unit entered before in the year."""

    def at(self, place: NDArray[np.int64]) -> Self:
        """Return the work with the forms at the indices `place`."""
        return type(self)(*(getattr(self, f.name)[place] for f in fields(self)))
