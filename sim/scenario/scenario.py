"""A scenario: a regime, the levers pulled on it, and how to run it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.domain.calendar import WorkCalendar
from sim.domain.demand import Demand
from sim.domain.frozen import Frozen, Label
from sim.domain.obligations import Obligation
from sim.domain.organisation import Organisation
from sim.domain.regime import Policy, Regime
from sim.levers.table import Lever
from sim.scenario.ordered import Pulled, placed_levers


class RunPlan(Frozen):
    """How many years are simulated, from which root of chance."""

    replications: Annotated[int, Field(ge=1)] = 20
    """Independent years."""
    root: Annotated[int, Field(ge=0)] = 20241121
    """Root of all chance; the same root gives the same bytes."""
    primary: str = "formality_hours"
    """Metric that the study is about; the other comparisons are exploratory."""
    primary_scope: str = "village_cadre"
    """Role the primary metric is read for."""


class Expectation(Frozen):
    """An executable claim about a comparison."""

    metric: str
    scope: str = "all"
    below: float | None = None
    """The difference must lie below this value (upper end of its interval)."""
    above: float | None = None
    """The difference must lie above this value (lower end of its interval)."""


class Scenario(Frozen):
    """One YAML file: who there is, what is demanded, which levers are pulled, how it is run."""

    title: Label
    description: Label | None = None
    calendar: WorkCalendar
    organisation: Organisation
    obligations: dict[str, Obligation]
    demand: dict[str, Demand] = Field(default_factory=dict)
    policy: Policy
    levers: tuple[Pulled, ...] = ()
    """Reform measures, each acting on named obligations or demand, or an ordered list of them (`then`)."""
    run: RunPlan = RunPlan()
    expect: tuple[Expectation, ...] = ()
    """Claims checked after a comparison."""

    @property
    def every_lever(self) -> tuple[Lever, ...]:
        """The levers in the order in which they are pulled, those of ordered lists included."""
        return tuple(lever for _, lever in placed_levers(self.levers))

    @property
    def regime(self) -> Regime:
        """The regime before any lever."""
        return Regime(
            calendar=self.calendar,
            organisation=self.organisation,
            obligations=self.obligations,
            demand=self.demand,
            policy=self.policy,
        )
