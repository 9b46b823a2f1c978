"""The words of a scenario for its own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.demand import ResidentRequest
from sim.units import HOUR

if TYPE_CHECKING:
    from sim.domain.regime import Regime


def promised_hours(regime: Regime) -> dict[str, float]:
    """Give the promised hours until a resident's matter is begun, by stream of demand."""
    return {
        name: int(entry.service_level.value) / HOUR
        for name, entry in regime.demand.items()
        if isinstance(entry, ResidentRequest)
    }


def words_for(regime: Regime) -> dict[str, dict[str, str]]:
    """Give words in zh and en for `role.X`, `unit.X`, and for obligations and demand as `obligation.X`."""
    words = {f"role.{name}": label for name, label in regime.organisation.roles.items()}
    words |= {f"unit.{name}": unit.label for name, unit in regime.organisation.units.items()}
    words |= {f"obligation.{name}": entry.label for name, entry in {**regime.obligations, **regime.demand}.items()}
    return {name: label.model_dump() for name, label in words.items()}
