"""A comparison as JSON data and back, so that a saved comparison is shown again without simulating it."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UsageError
from sim.experiment.comparison import CadreChange, Comparison, Passport, Row, Side, SplitRow, TwinCheck, WeekSpan
from sim.experiment.kept.manifest import content_hash
from sim.metrics.outcome import Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

SCHEMA = 3
"""Version of the saved layout."""
_INFINITE = {"inf": math.inf, "-inf": -math.inf}


def comparison_to_data(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON data; infinite bounds are written as text."""
    return {"schema": SCHEMA, **plain(comparison)}


def pack_comparison(comparison: Comparison) -> bytes:
    """Return a comparison as bytes, with its mappings in their order."""
    return zlib.compress(json.dumps(comparison_to_data(comparison), ensure_ascii=False).encode())


def unpack_comparison(content: bytes) -> Comparison:
    """Rebuild a comparison from the bytes of `pack_comparison`.

    Raises:
        ValueError: they hold none.
    """
    try:
        return comparison_from_data(json.loads(zlib.decompress(content)))
    except (zlib.error, ValueError, KeyError, TypeError, UsageError) as error:
        raise ValueError(f"not a comparison: {error}") from error


def comparison_hash(comparison: Comparison) -> str:
    """Return the SHA-256 of everything in a comparison: its numbers to the last bit, labels and manifest."""
    return content_hash(plain(comparison, _array_hash))


def plain(value: Any, of_array: Callable[[NDArray[Any]], Any] = np.ndarray.tolist) -> Any:
    """Return a value with lists and mappings in place of dataclasses, and `of_array(array)` in place of arrays."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), of_array) for f in fields(value)}
    if isinstance(value, np.ndarray):
        return of_array(value)
    if isinstance(value, dict):
        return {key: plain(item, of_array) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item, of_array) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def _array_hash(array: NDArray[Any]) -> list[Any]:
    return [array.dtype.str, array.shape, hashlib.sha256(array.tobytes()).hexdigest()]


def comparison_from_data(data: Mapping[str, Any]) -> Comparison:
    """Return the comparison of JSON data.

    Raises:
        UsageError: the data have another layout.
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
        splits=tuple(SplitRow(**_bounded(row)) for row in data["splits"]),
        primaries=tuple((metric, scope) for metric, scope in data["primaries"]),
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
    """Return the passport of JSON data; None stays None."""
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
