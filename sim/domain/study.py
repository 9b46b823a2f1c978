"""A study of a place: what was done there, which figures go in, which must come out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.domain.frozen import Frozen, Label

Told = Literal["change", "difference", "before", "after"]
"""What is said of a metric: its relative change, its difference, or its level."""


class Target(Frozen):
    """A published figure that the simulation has to come out at by itself."""

    figure: str
    """Id of the figure in `seeds/`."""
    metric: str
    """Counter or metric it refers to."""
    scope: str = "all"
    """Role or unit the metric is read for."""
    told_as: Told = "change"
    """What the figure says of the metric: its relative change, its difference, or its level."""
    tuned_by: tuple[str, ...] = ()
    """Keys of the scenario that were set so that this figure comes out; empty where nothing was."""
    impossible: Label | None = None
    """Why no world of this mechanism can give it, where a test of the project shows so."""
    reading: Label
    """How the words of the article are read, where they allow several readings."""


class Other(Frozen):
    """A metric that another one is compared with."""

    metric: str
    scope: str = "all"
    """Role or unit the metric is read for."""
    told_as: Told = "change"
    """What is compared of the metric: its relative change, its difference, or its level."""
    factor: float = 1.0
    """Factor on it; -1 where one thing may not eat up what another one saves."""


class Condition(Frozen):
    """One part of a claim: a metric lies below or above a number, or another metric."""

    metric: str
    scope: str = "all"
    """Role or unit the metric is read for."""
    told_as: Told = "change"
    """What is compared of the metric: its relative change, its difference, or its level."""
    below: float | Other | None = None
    """It lies below this."""
    above: float | Other | None = None
    """It lies above this."""


class Claim(Frozen):
    """What an article says without a number, and what has to come out: it holds in a draw or it does not."""

    name: str
    """Own name; the id of the figure where a figure speaks of it."""
    holds: tuple[Condition, ...] = Field(min_length=1)
    """What must hold, all of it in the same draw."""
    tuned_by: tuple[str, ...] = ()
    """Keys of the scenario that were set so that it comes out; empty where nothing was."""
    impossible: Label | None = None
    """Why no world of this mechanism can give it, where a test of the project shows so."""
    follows: Label | None = None
    """Why it follows from how the measure is put in, where it does; then it confirms nothing."""
    reading: Label
    """What is claimed, and how it is read."""


class Untestable(Frozen):
    """A published figure that nothing the simulation counts could confirm or refute."""

    figure: str
    """Id of the figure in `seeds/`."""
    why: Label


class Study(Frozen):
    """One `study.yaml`: how published figures are used for a place. None may be both input and target."""

    title: Label
    place: Label
    did: Label
    """What the place did, in a sentence or two."""
    inputs: tuple[str, ...]
    """Figures and levels (baselines) that set a level or a lever."""
    targets: tuple[Target, ...] = Field(default=())
    """Figures that must come out."""
    claims: tuple[Claim, ...] = ()
    """What must come out and is told without a number."""
    untestable: tuple[Untestable, ...] = ()
    """Figures of the place that are neither input nor target, and why."""
    picture: str = "time_budget"
    """Picture that says most about the place, shown in the gallery."""
    open_assumptions: tuple[Label, ...] = ()
    """What the study takes for granted without a source."""
