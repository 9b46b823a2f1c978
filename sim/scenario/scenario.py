"""A scenario: a regime, its levers, and the plan of its run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.domain.assignment import Assignment
from sim.domain.calendar import WorkCalendar
from sim.domain.demand import Demand
from sim.domain.frozen import Frozen, Label
from sim.domain.obligations import Obligation
from sim.domain.organisation import Organisation
from sim.domain.regime import Policy, Regime
from sim.levers.table import Lever
from sim.scenario.ordered import Pulled, placed_levers


class RunPlan(Frozen):
    """Number of years to simulate, root of the random numbers, and primary outcomes."""

    replications: Annotated[int, Field(ge=1)] = 20
    """Number of independent years."""
    root: Annotated[int, Field(ge=0)] = 20241121
    """Root of all random numbers; the same root produces the same bytes."""
    primary: str | Annotated[tuple[str, ...], Field(min_length=1)] = ("formality_hours", "overtime_hours")
    """Metrics that the study is about, the most important one first; the other comparisons are exploratory."""
    primary_scope: str = "village_cadre"
    """Role of the primary metrics."""

    @property
    def primaries(self) -> tuple[tuple[str, str], ...]:
        """Metric and scope of each primary outcome."""
        metrics = (self.primary,) if isinstance(self.primary, str) else self.primary
        return tuple((metric, self.primary_scope) for metric in dict.fromkeys(metrics))


class Expectation(Frozen):
    """An executable claim about a comparison."""

    metric: str
    scope: str = "all"
    below: float | None = None
    """Upper limit: the upper end of the difference's interval must lie below it."""
    above: float | None = None
    """Lower limit: the lower end of the difference's interval must lie above it."""


class Scenario(Frozen):
    """One YAML file: calendar, organisation, obligations, demand, policy, levers and the plan of the run."""

    title: Label
    description: Label | None = None
    calendar: WorkCalendar
    organisation: Organisation
    assignments: dict[str, Assignment] = Field(default_factory=dict)
    """Campaigns and standing tasks; obligations are their parts."""
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
        """The levers in the order of application, including those of ordered lists."""
        return tuple(lever for _, lever in placed_levers(self.levers))

    @property
    def regime(self) -> Regime:
        """The regime without any lever."""
        return Regime(
            calendar=self.calendar,
            organisation=self.organisation,
            obligations=self.obligations,
            demand=self.demand,
            assignments=self.assignments,
            policy=self.policy,
        )
