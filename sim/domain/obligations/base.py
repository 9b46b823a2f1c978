"""Fields that all obligations have."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from sim.domain.assignment import Admission, Creep, Cull, Licence
from sim.domain.category import Part
from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.quantity import CountQ, EffortQ, NumberQ, Quantity, ShareQ
from sim.domain.recurrence import Recurrence
from sim.domain.rule import Enforcement, Guard, Monitor, Rule, Ruled


class Assistance(Rule):
    """A tool takes part in some steps; its user checks the result."""

    matters: tuple[str, ...] = ()
    """Streams of demand whose handling it helps with as well."""
    parts: Annotated[tuple[Annotated[Part, Field(strict=False)], ...], Field(min_length=1)]
    """Steps it helps with: `fill`, `prepare`, `act`, `handle`, ..."""
    quickest: NumberQ
    """Time of a step with the most help, as a multiple of its time without help: 0.5 is half."""
    slowest: NumberQ
    """Time of a step with the least help, as such a multiple; above 1 if using the tool takes extra time."""
    verification: EffortQ
    """Time to check the tool's draft, for each piece of work."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.quickest.value > self.slowest.value:
            raise ValueError("must hold: quickest <= slowest / 须满足 quickest <= slowest")
        return self


class ObligationBase(Ruled):
    """A recurring requirement that an issuer places on a unit type."""

    section: ClassVar[str] = "obligations"
    kind_text: ClassVar[KindText]

    label: Label
    issuer: str
    """Body that demands it: a unit type, or a superior outside the scenario such as `city` or `province`."""
    on: str
    """Unit type that must meet it."""
    posts: tuple[str, ...] | None = None
    """Posts whose holders do the work; without it all posts."""
    part_of: str | None = None
    """Assignments whose part it is. In calendar slots it has one programme for each of them, or its programmes are
    dealt out to them; at a rate each occurrence belongs to one of them, drawn by chance."""
    programmes: CountQ | None = None
    """Parallel series of the same kind: 15 departments with one inspection each are 15 programmes. Without it one, or
    for a part in calendar slots as many as there are assignments."""
    recurrence: Quantity[Recurrence]
    """When it falls due: `monthly`, `quarterly`, `3 per week`, ..."""
    culls: tuple[Cull, ...] = ()
    """Set by the lever `cull`."""
    admission: Admission | None = None
    """Set by the lever `admit`."""
    licence: Licence | None = None
    """Set by the lever `license`."""
    creep: Creep | None = None
    """Set by the lever `creep`."""
    monitor: Monitor | None = None
    """Set by the lever `monitor`."""
    enforcement: Enforcement | None = None
    """Set by the lever `enforce`."""
    assistance: Assistance | None = None
    """Set by the lever `ai_assistant`."""

    @property
    def items(self) -> CountQ | None:
        """Groups or entries that each cadre goes through together, but that come and go one by one."""
        return None

    @property
    def guards(self) -> tuple[Guard, ...]:
        """List the guards in force on it."""
        return tuple(guard for guard in (self.monitor, self.enforcement) if guard is not None)


class VolumeCap(Rule):
    """Part of a year's occurrences is not issued, and so neither repeated nor passed down."""

    kept: ShareQ | None = None
    """Share that is still issued."""
    most: CountQ | None = None
    """Most occurrences that each issuer still issues in a year, for each of the named streams."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.kept is None) == (self.most is None):
            raise ValueError("give either kept or most / 写明 kept 或 most，二者选一")
        return self


class Broadcast(ObligationBase):
    """An obligation that the issuer places on many units at the same time."""

    volume_caps: tuple[VolumeCap, ...] = ()
    """Set by the lever `cap_volume`."""
