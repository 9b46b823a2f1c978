"""Sentences about mistakes: the place, the mistake, the allowed values, a suggestion."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from sim.errors import Problem
from sim.files.node import Place

LONGEST = 60
"""Most characters of the planner's text that a message repeats."""
LONGEST_SENTENCE = 1_000
MOST_NAMED = 12
"""Most allowed names that a message lists."""


def visible(text: str, longest: int = LONGEST) -> str:
    """Return the text with control and invisible characters as escapes, cut to `longest` characters."""
    seen = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
    return seen if len(seen) <= longest else seen[: longest - 1] + "…"


def problem_at(place: Place, key: str, zh: str, en: str, hint: dict[str, str] | None = None) -> Problem:
    """Return a problem at `place`."""
    return Problem(
        {"zh": zh, "en": en}, place.file, place.line, place.column, visible(key, LONGEST_SENTENCE), hint or {}
    )


def hint_for(found: str, allowed: Collection[str]) -> dict[str, str]:
    """Return a hint with the allowed word most similar to `found`; empty if none is similar."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return {"zh": f"是不是“{near[0]}”？", "en": f"did you mean '{near[0]}'?"} if near else {}


def listed(allowed: Collection[str], found: str = "") -> str:
    """Return the allowed words as a list in one line; of more than `MOST_NAMED` only the most similar ones."""
    names = [visible(name) for name in allowed]
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    near = difflib.get_close_matches(found, names, n=MOST_NAMED - 1, cutoff=0.0) if found else names[:MOST_NAMED]
    return ", ".join(near) + f", … ({len(names)})"
