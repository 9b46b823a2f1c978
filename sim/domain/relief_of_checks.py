"""What levers on inspections, enterprise checks and demonstrations leave behind (see `sim.domain.relief`)."""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import DurationQ, ShareQ
from sim.domain.relief import Reach
from sim.domain.risk import KeptByRisk


class Bundle(Frozen):
    """Items that fall due at one enterprise inside a window are checked in one trip."""

    group: str
    """Obligations with the same group share their trips."""
    window: int
    """Working days of a window; the first item opens it."""
    departments: int
    """Departments in one trip at most."""
    marginal_hosting: ShareQ
    """Share of each further item's time on the spot that remains."""
    shared_paperwork: ShareQ
    """Share of each further item's papers that the first item's already cover."""
    reach: Reach


class RiskTiers(Frozen):
    """Enterprises of low risk are largely left alone."""

    kept: KeptByRisk
    """Share of the items that stays on the plan."""
    reach: Reach


class Sampling(Frozen):
    """Of each round of visits only a sample of units is visited, each by its own lot."""

    kept: KeptByRisk
    """Share of the units of each risk class in the sample."""
    reach: Reach


class Recognition(Frozen):
    """What another body has checked not long ago is taken over, not checked again."""

    group: str
    """Bodies of obligations with the same group accept one another's findings."""
    subjects: int
    """Subjects that the items are about, all equally often."""
    valid: DurationQ
    """How long a finding is accepted."""
    reach: Reach


class Filing(Frozen):
    """Only what is planned or filed may come, and the lists are shortened."""

    turned_away: ShareQ
    """Share of visits that are neither planned nor filed and are turned away."""
    cut: ShareQ
    """Share of the list that is dropped."""
    pool: dict[str, int]
    """Lists of items that are shortened together, with the number of items on each."""
    reach: Reach


class Cull(Frozen):
    """Demonstration projects are abolished, with everything they ask for."""

    kept: int
    """Projects that stay, of all in the pool together."""
    pool: dict[str, int]
    """Obligations whose projects are culled together, with the number of projects of each."""
    reach: Reach
