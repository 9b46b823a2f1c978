"""A study of a place: its measures, the figures used as inputs, and the figures that must be reproduced."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.domain.frozen import Frozen, Label

AFTER = "after.yaml"
"""Name of the scenario after the reform."""
Told = Literal["change", "difference", "before", "after"]
"""Quantity compared: relative change, difference, or level before or after."""


class Target(Frozen):
    """A published figure that the simulation must reproduce without being set to it."""

    figure: str
    """Id of the figure in `seeds/`."""
    metric: str
    """Metric that the figure is about."""
    scope: str = "all"
    """Role or unit of the metric."""
    told_as: Told = "change"
    """Quantity that the figure states: relative change, difference, or level before or after."""
    tuned_by: tuple[str, ...] = ()
    """Keys of the scenario that were set to reproduce this figure; empty if none were."""
    impossible: Label | None = None
    """Why this mechanism cannot reproduce it, if a test of the project shows so."""
    follows: Label | None = None
    """Why it follows from the inputs of the measure, if it does; then it confirms nothing."""
    scenario: str = AFTER
    """File of the scenario after the reform; another reading of the article has a file of its own in the folder."""
    reading: Label
    """How the words of the article are read, if several readings are possible."""


class Other(Frozen):
    """A metric that another metric is compared with."""

    metric: str
    scope: str = "all"
    """Role or unit of the metric."""
    told_as: Told = "change"
    """Quantity compared: relative change, difference, or level before or after."""
    factor: float = 1.0
    """Factor on it; -1 if one change must not use up the saving of the other."""


class Condition(Frozen):
    """One part of a claim: a metric lies below or above a number, or another metric."""

    metric: str
    scope: str = "all"
    """Role or unit of the metric."""
    told_as: Told = "change"
    """Quantity compared: relative change, difference, or level before or after."""
    below: float | Other | None = None
    """Upper limit, exclusive."""
    above: float | Other | None = None
    """Lower limit, exclusive."""


class Claim(Frozen):
    """A claim of an article without a number; in each draw it holds or does not hold."""

    name: str
    """Name of the claim; the id of the figure, if a figure states it."""
    holds: tuple[Condition, ...] = Field(min_length=1)
    """Conditions that must all hold in the same draw."""
    tuned_by: tuple[str, ...] = ()
    """Keys of the scenario that were set to make it hold; empty if none were."""
    impossible: Label | None = None
    """Why this mechanism cannot make it hold, if a test of the project shows so."""
    follows: Label | None = None
    """Why it follows from the inputs of the measure, if it does; then it confirms nothing."""
    scenario: str = AFTER
    """File of the scenario after the reform; another reading of the article has a file of its own in the folder."""
    reading: Label
    """The claim, and how it is read."""


class Untestable(Frozen):
    """A published figure that no metric of the simulation could confirm or refute."""

    figure: str
    """Id of the figure in `seeds/`."""
    why: Label


class Study(Frozen):
    """One `study.yaml`: how a place uses published figures. No figure can be both input and target."""

    title: Label
    place: Label
    did: Label
    """Measures of the place, in a sentence or two."""
    inputs: tuple[str, ...] = ()
    """Figures and levels (baselines) that set a level or a lever."""
    targets: tuple[Target, ...] = Field(default=())
    """Figures that must be reproduced."""
    claims: tuple[Claim, ...] = ()
    """Claims without a number that must hold."""
    untestable: tuple[Untestable, ...] = ()
    """Figures of the place that are neither input nor target, with the reason."""
    picture: str = "time_budget"
    """Picture of the place in the gallery."""
    open_assumptions: tuple[Label, ...] = ()
    """Assumptions of the study without a source."""
