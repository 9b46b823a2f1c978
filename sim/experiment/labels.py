"""The words of a scenario for its own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.domain.regime import Regime


def words_for(regime: Regime) -> dict[str, dict[str, str]]:
    """Give words in zh and en for `role.X`, `unit.X`, and for obligations and demand as `obligation.X`."""
    words = {f"role.{name}": label for name, label in regime.organisation.roles.items()}
    words |= {f"unit.{name}": unit.label for name, unit in regime.organisation.units.items()}
    words |= {f"obligation.{name}": entry.label for name, entry in {**regime.obligations, **regime.demand}.items()}
    return {name: label.model_dump() for name, label in words.items()}
