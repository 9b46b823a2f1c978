"""A comparison as data, so that a saved one can be shown again without simulating it."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UsageError
from sim.experiment.comparison import CadreChange, Comparison, Passport, Row, Side, TwinCheck, WeekSpan
from sim.metrics.outcome import Ground

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = 1
"""Version of the saved layout."""
_INFINITE = {"inf": math.inf, "-inf": -math.inf}


def comparison_to_data(comparison: Comparison) -> dict[str, Any]:
    """Give plain data that JSON can hold; infinite bounds are written as text."""
    return {"schema": SCHEMA, **plain(comparison)}


def plain(value: Any) -> Any:
    """Give numbers, words, lists and mappings in place of dataclasses and arrays."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def comparison_from_data(data: Mapping[str, Any]) -> Comparison:
    """Rebuild a comparison.

    Raises:
        UsageError: if the data is of another layout.
    """
    if data.get("schema") != SCHEMA:
        raise UsageError(
            zh="保存的结果版本不符，请重新运行 compare",
            en="the saved result is of another version; run compare again",
        )
    passport = data["passport"]
    return Comparison(
        before=_side(data["before"]),
        after=_side(data["after"]),
        ground=_ground(data["ground"]),
        rows=tuple(Row(**_bounded(row)) for row in data["rows"]),
        primary=(data["primary"][0], data["primary"][1]),
        cadres=tuple(CadreChange(**_bounded(change)) for change in data["cadres"]),
        twin_check=TwinCheck(**data["twin_check"]),
        passport=passport_from_data(passport),
        labels=data["labels"],
        replications=data["replications"],
        root=data["root"],
        manifest=data["manifest"],
    )


def _bounded(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _INFINITE.get(value, value) if key in {"low", "high"} else value for key, value in data.items()}


def _side(data: Mapping[str, Any]) -> Side:
    return Side(
        title=data["title"],
        hours=np.array(data["hours"]),
        weekly=np.array(data["weekly"]),
        weekly_overtime=np.array(data["weekly_overtime"]),
        waits=np.array(data["waits"], dtype=np.int64),
    )


def _ground(data: Mapping[str, Any]) -> Ground:
    return Ground(
        roles=tuple(data["roles"]),
        cadre_role=np.array(data["cadre_role"], dtype=np.int64),
        cadre_name=tuple(data["cadre_name"]),
        year=data["year"],
        week_monday=tuple(data["week_monday"]),
        holiday_weeks=tuple(data["holiday_weeks"]),
        regular_hours=data["regular_hours"],
        represents=data["represents"],
    )


def passport_from_data(data: Mapping[str, Any] | None) -> Passport | None:
    """Rebuild a passport, if there is one."""
    if data is None:
        return None
    return Passport(
        cadre=data["cadre"],
        role=data["role"],
        monday=data["monday"],
        before=tuple(WeekSpan(**span) for span in data["before"]),
        after=tuple(WeekSpan(**span) for span in data["after"]),
        windows=tuple((opens, closes) for opens, closes in data["windows"]),
    )
