"""Sentences about mistakes: a place, what was found, what is allowed, what to try."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from sim.errors import Problem
from sim.files.node import Place

LONGEST = 60
"""Characters of a planner's text that a message repeats."""
LONGEST_SENTENCE = 1_000
MOST_NAMED = 12
"""Allowed names that a message lists."""


def visible(text: str, longest: int = LONGEST) -> str:
    """Give the text with control and invisible characters spelt out, cut where it is long."""
    seen = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
    return seen if len(seen) <= longest else seen[: longest - 1] + "…"


def problem_at(place: Place, key: str, zh: str, en: str, hint: dict[str, str] | None = None) -> Problem:
    """Make a problem that stands at `place`."""
    return Problem(
        {"zh": zh, "en": en}, place.file, place.line, place.column, visible(key, LONGEST_SENTENCE), hint or {}
    )


def hint_for(found: str, allowed: Collection[str]) -> dict[str, str]:
    """Suggest the allowed word nearest to the one found; empty where none is near."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return {"zh": f"是不是“{near[0]}”？", "en": f"did you mean '{near[0]}'?"} if near else {}


def listed(allowed: Collection[str], found: str = "") -> str:
    """List the allowed words, the nearest first where there are too many."""
    names = [visible(name) for name in allowed]
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    near = difflib.get_close_matches(found, names, n=MOST_NAMED - 1, cutoff=0.0) if found else names[:MOST_NAMED]
    return ", ".join(near) + f", … ({len(names)})"
