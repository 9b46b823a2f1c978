"""Run the systems with known answers on both engines, and judge what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.simulate import simulate
from sim.verification.identities import IDENTITIES
from sim.verification.offices import OFFICES
from sim.verification.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan
    from sim.verification.system import System

SYSTEMS: tuple[System, ...] = (*QUEUES, *OFFICES, *IDENTITIES)
REPLICATIONS = 20
"""Replications of an ordinary run."""
FULL = 200
"""Replications of a full run."""
COMPARED = 10
"""Replications that the reference engine repeats; it must return the same values to the digit."""
FARTHEST = 3
"""Standard errors that a mean may lie from the expected value."""
UNLIKELY = 0.001
"""Probability of the scores of the suite, if all are standard normal, below which the suite fails."""


@dataclass(frozen=True)
class Quantity:
    """One measured quantity of a system."""

    name: str
    expected: float
    simulated: float
    """Mean over the replications."""
    z: float | None
    """Distance from the expected value in standard errors; None for an exact system."""
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """One system after its replications."""

    system: System
    replications: int
    quantities: tuple[Quantity, ...]
    engines_agree: bool
    """Whether both engines returned the same values to the digit."""

    @property
    def holds(self) -> bool:
        """Return whether every quantity holds and the engines agree."""
        return self.engines_agree and all(quantity.holds for quantity in self.quantities)


@dataclass(frozen=True)
class Suite:
    """The scores of all random systems together, one score a system because those of one system are correlated."""

    systems: int
    mean: float
    deviation: float
    """Standard deviation of the scores."""
    probability: float
    """Probability of a mean, a deviation or a shape at least as odd, if all systems are right: the least of three."""

    @property
    def holds(self) -> bool:
        """Return whether the scores look standard normal."""
        return self.probability >= UNLIKELY


def verify(replications: int = REPLICATIONS, systems: Sequence[System] = SYSTEMS) -> Iterator[Verdict]:
    """Yield the verdict of each system, one after the other.

    The compiled engine runs all replications, the reference engine the first `COMPARED` of them.
    """
    for system in systems:
        values = np.array([system.values(number, _compiled) for number in range(replications)])
        repeated = np.array([system.values(number, _reference) for number in range(min(COMPARED, replications))])
        yield Verdict(
            system=system,
            replications=replications,
            quantities=tuple(_judge(system, name, values[:, place]) for place, name in enumerate(system.expected)),
            engines_agree=bool(np.array_equal(values[: len(repeated)], repeated)),
        )


def judge_suite(verdicts: Sequence[Verdict]) -> Suite:
    """Compare the last score of each random system with Student's t, which the score of a true mean follows.

    Mean and deviation are tested as those of standard normal scores, the shape by Kolmogorov and Smirnov.
    """
    from scipy import stats  # imported late: it is slow to load

    random = [one for one in verdicts if not one.system.exact]
    scores = [float(one.quantities[-1].z or 0.0) for one in random]
    degrees = random[0].replications - 1
    count, mean, deviation = len(scores), float(np.mean(scores)), float(np.std(scores, ddof=1))
    wider = stats.chi2.cdf((count - 1) * deviation**2, count - 1)
    odd = (
        2 * stats.norm.sf(abs(mean) * np.sqrt(count)),
        2 * min(wider, 1 - wider),
        stats.kstest(scores, stats.t(degrees).cdf).pvalue,
    )
    return Suite(systems=count, mean=mean, deviation=deviation, probability=float(min(odd)))


def _judge(system: System, name: str, values: NDArray[np.float64]) -> Quantity:
    expected, mean = system.expected[name], float(values.mean())
    if system.exact:
        return Quantity(name, expected, mean, None, bool((values == expected).all()))
    error = float(values.std(ddof=1) / np.sqrt(len(values)))
    z = (mean - expected) / error
    return Quantity(name, expected, mean, z, abs(z) <= FARTHEST)


def _compiled(plan: Plan) -> RunLog:
    return simulate(plan, engine="compiled")


def _reference(plan: Plan) -> RunLog:
    return simulate(plan, engine="reference")
