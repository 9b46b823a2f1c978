"""Outcomes as bytes and back, exactly: numpy's own archive, without anything that could run."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

from sim.metrics.outcome import Outcome

_ARRAYS = ("hours", "weekly", "weekly_overtime", "cadre_hours", "waits")
_WORDS = "words"
_VALUES = "values"


def pack_outcome(outcome: Outcome) -> bytes:
    """Return an outcome as bytes; equal outcomes have equal bytes."""
    words = {
        "values": [list(key) for key in outcome.values],
        "splits": [list(key) for key in outcome.splits],
        "work": {name: int(count) for name, count in outcome.work.items()},
    }
    arrays: dict[str, Any] = {name: getattr(outcome, name) for name in _ARRAYS}
    arrays[_VALUES] = np.array([*outcome.values.values(), *outcome.splits.values()], dtype=np.float64)
    arrays[_WORDS] = np.frombuffer(json.dumps(words, ensure_ascii=False).encode(), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def unpack_outcome(content: bytes) -> Outcome:
    """Return the outcome of these bytes.

    Raises:
        ValueError: the bytes are not an outcome.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            words = json.loads(archive[_WORDS].tobytes())
            keys = [(metric, scope) for metric, scope in (*words["values"], *words["splits"])]
            pairs = list(zip(keys, archive[_VALUES].tolist(), strict=True))
            return Outcome(
                values=dict(pairs[: len(words["values"])]),
                splits=dict(pairs[len(words["values"]) :]),
                work=words["work"],
                **{name: archive[name] for name in _ARRAYS},
            )
    except Exception as error:  # zip, zlib, numpy and JSON each have errors of their own
        raise ValueError(f"not an outcome: {error}") from error
