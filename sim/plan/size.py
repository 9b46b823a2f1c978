"""Refuse a regime whose plan would not fit into memory, before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.domain.regime import Regime

MOST_OCCURRENCES = 20_000_000
"""Occurrences of one obligation in a year, over all units that owe it, and cadres of one unit type; a nation is
simulated in shards of less."""


def refuse_absurd(regime: Regime) -> None:
    """Refuse obligations and demand that come too often to be planned.

    Raises:
        ScenarioError: naming each of them and how often it would come.
    """
    often = {
        f"obligations.{name}": entry.programmes.value * entry.recurrence.value.per_year * _units(regime, entry.on)
        for name, entry in regime.obligations.items()
    }
    often |= {
        f"demand.{name}": float(entry.rate.value) * _units(regime, entry.on) for name, entry in regime.demand.items()
    }
    for name, unit in regime.organisation.units.items():
        heads = sum(post.headcount.value for post in unit.posts.values())
        often[f"organisation.units.{name}.count"] = _units(regime, name) * max(1, heads)
    problems = [_too_often(key, count) for key, count in often.items() if count > MOST_OCCURRENCES]
    if problems:
        raise ScenarioError(problems)


def _units(regime: Regime, unit_type: str) -> int:
    units = regime.organisation.units
    count = 1
    for name in regime.organisation.path(unit_type):
        count *= units[name].count.value
    return count


def _too_often(key: str, count: float) -> Problem:
    return Problem(
        key=key,
        message={
            "zh": f"一年共 {count:,.0f} 次（人），超过可模拟的 {MOST_OCCURRENCES:,}；请减少数量或频次",
            "en": f"comes to {count:,.0f} a year, more than the {MOST_OCCURRENCES:,} that can be simulated",
        },
    )
