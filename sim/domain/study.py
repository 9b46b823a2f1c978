"""A study of a place: what was done there, which figures go in, which must come out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.domain.frozen import Frozen, Label


class Target(Frozen):
    """A published figure that the simulation has to come out at by itself."""

    figure: str
    """Id of the figure in `seeds/`."""
    metric: str
    """Counter or metric it refers to."""
    scope: str = "all"
    """Role or unit the metric is read for."""
    told_as: Literal["change", "difference", "before", "after"] = "change"
    """What the figure says of the metric: its relative change, its difference, or its level."""
    tuned_by: tuple[str, ...] = ()
    """Keys of the scenario that were set so that this figure comes out; empty where nothing was."""
    impossible: Label | None = None
    """Why no world of this mechanism can give it, where a test of the project shows so."""
    reading: Label
    """How the words of the article are read, where they allow several readings."""


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
    """Figures that set a level or a lever."""
    targets: tuple[Target, ...] = Field(default=())
    """Figures that must come out."""
    untestable: tuple[Untestable, ...] = ()
    """Figures of the place that are neither input nor target, and why."""
    picture: str = "time_budget"
    """Picture that says most about the place, shown in the gallery."""
    open_assumptions: tuple[Label, ...] = ()
    """What the study takes for granted without a source."""
