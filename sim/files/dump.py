"""Canonical text of scenarios and regimes, for hashes and for files that are read again."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from sim.domain.frozen import Frozen
from sim.files.write import json_text
from sim.scenario.scenario import Scenario

_NOT_HASHED = {"title", "description", "expect"}
"""Words about a scenario do not change what is simulated."""


def canonical_json(value: Frozen) -> str:
    """Write a value as JSON that is the same for equal values: quantities as text, keys sorted, defaults written."""
    return json_text(value.model_dump(mode="json"))


def scenario_hash(scenario: Scenario) -> str:
    """Give 64 hexadecimal digits that tell scenarios apart by what is simulated: all but title, description, claims."""
    data = scenario.model_dump(mode="json", exclude=_NOT_HASHED)
    return hashlib.sha256(json_text(data).encode()).hexdigest()


def scenario_from_json(text: str) -> Scenario:
    """Read what `canonical_json` wrote."""
    return Scenario.model_validate(_strict(json.loads(text)))


def _strict(value: Any) -> Any:
    """Give the tuples and dates that JSON does not have."""
    if isinstance(value, list):
        return tuple(_strict(item) for item in value)
    if isinstance(value, dict):
        return {
            key: date.fromisoformat(item) if key == "starts" and isinstance(item, str) else _strict(item)
            for key, item in value.items()
        }
    return value
