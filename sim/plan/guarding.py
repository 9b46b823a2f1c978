"""Who watches that measures are kept to: guards of an obligation stand beside every relief it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.domain.relief import Reach

if TYPE_CHECKING:
    from sim.domain.obligations import Obligation
    from sim.domain.regime import Regime


def guarded(regime: Regime) -> Regime:
    """Give the regime in which each relief of a guarded obligation knows its guards."""
    watched = {name: _guarded(entry) for name, entry in regime.obligations.items()}
    if all(watched[name] is entry for name, entry in regime.obligations.items()):
        return regime
    return regime.replace(obligations=watched)


def _guarded(entry: Obligation) -> Obligation:
    guards = tuple(guard for guard in (entry.monitor, entry.enforcement) if guard is not None)
    changes: dict[str, Any] = {}
    for field in type(entry).model_fields if guards else ():
        relief = getattr(entry, field)
        reach = getattr(relief, "reach", None)
        if isinstance(reach, Reach):
            changes[field] = relief.replace(reach=reach.replace(guards=guards))
    return entry.replace(**changes) if changes else entry
