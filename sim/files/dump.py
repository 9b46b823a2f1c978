"""Canonical text of scenarios and regimes, for hashes and for files that are read back."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from sim.domain.frozen import Frozen
from sim.files.write import json_text
from sim.scenario.scenario import Scenario

_NOT_HASHED = {"title", "description", "expect"}
"""Keys that do not change the simulation."""


def canonical_json(value: Frozen) -> str:
    """Return the value as JSON, the same text for equal values: quantities as text, keys sorted, defaults included."""
    return json_text(value.model_dump(mode="json"))


def scenario_hash(scenario: Scenario) -> str:
    """Return a SHA-256 in 64 hexadecimal digits over all keys except title, description and claims (`expect`)."""
    data = scenario.model_dump(mode="json", exclude=_NOT_HASHED)
    return hashlib.sha256(json_text(data).encode()).hexdigest()


def scenario_from_json(text: str) -> Scenario:
    """Read a scenario written by `canonical_json`."""
    return Scenario.model_validate(_strict(json.loads(text)))


def _strict(value: Any) -> Any:
    """Return JSON data with tuples for lists, and dates for text under `starts`."""
    if isinstance(value, list):
        return tuple(_strict(item) for item in value)
    if isinstance(value, dict):
        return {
            key: date.fromisoformat(item) if key == "starts" and isinstance(item, str) else _strict(item)
            for key, item in value.items()
        }
    return value
