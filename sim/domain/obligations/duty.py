"""Duties and routine: work that is done without any requirement from above."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.domain.booking import OwnBooking
from sim.domain.calendar import ClockTime
from sim.domain.category import Category
from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.rule import Rule
from sim.units import Workdays


class RemoteMonitoring(Frozen):
    """Part of a patrol is done by watching cameras and sensors."""

    patrols: Annotated[tuple[str, ...], Field(min_length=1)]
    """Duties of which a part moves to a screen."""
    share: ShareQ
    """Share of their turns that is replaced."""
    watching: EffortQ
    """Time of one turn at the screen."""


class RemotePatrol(Rule):
    """Part of a duty on foot is done at a screen."""

    terms: RemoteMonitoring
    """The duties and the share that moves to a screen."""


class Duty(ObligationBase):
    """Business as usual: patrols on the rota, mediation, night duty, study, office routine."""

    kind: Literal["duty"] = "duty"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="日常工作", en="duty"),
        meaning=Label(zh="本来就要做的：值班、学习、夜访", en="business as usual: rota, study, evening visits"),
    )
    category: Annotated[Category, Field(strict=False)] = Category.OTHER
    """Category of the time: `service` or `other`."""
    effort: EffortQ
    seats: CountQ = CountQ(value=1)
    """Cadres on duty together, for a duty with a fixed start."""
    at: ClockTime | None = None
    """Fixed start; without it the duty is done when there is time."""
    per_cadre: bool = False
    """Whether each cadre must do it, rather than one cadre of the unit."""
    due: Workdays = Workdays(10)
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    remote: RemotePatrol | None = None
    """Set by the lever `drop_check_ins`."""
