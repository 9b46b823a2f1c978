"""Fields that inspections of units and checks at enterprises have in common."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations.base import ObligationBase
from sim.domain.relief_of_checks import Filing, Recognition


class Inspected(ObligationBase):
    """A series of visits by inspectors, in the annual plan or not."""

    planning: Literal["planned", "filed", "ad_hoc"] = "planned"
    """Whether the visits are in the annual plan, filed in addition to it, or neither."""
    filing: Filing | None = None
    """Set by the lever `file_plans`."""
    recognition: Recognition | None = None
    """Set by the lever `recognise_results`."""
