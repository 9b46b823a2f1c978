"""The labels of all kinds of obligation and demand, collected from their classes."""

from __future__ import annotations

from sim.domain.demand import DEMAND_KINDS
from sim.domain.kind_text import KindText
from sim.domain.obligations import OBLIGATION_KINDS

KIND_TEXTS: dict[str, KindText] = {
    **{kind: model.kind_text for kind, model in OBLIGATION_KINDS.items()},
    **DEMAND_KINDS,
}
"""By the value of `kind`, in the order of the manual."""
