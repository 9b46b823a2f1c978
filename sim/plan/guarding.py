"""Who watches that measures are kept to: guards of an obligation stand beside every relief it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.domain.relief import Guard, Reach

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
            changes[field] = _watched(relief, guards)
    return entry.replace(**changes) if changes else entry


def _watched(relief: Any, guards: tuple[Guard, ...]) -> Any:
    watched = relief.replace(reach=relief.reach.replace(guards=guards))
    earlier = tuple(_watched(one, guards) for one in getattr(relief, "earlier", ()))
    return watched.replace(earlier=earlier) if earlier else watched
