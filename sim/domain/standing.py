"""How a number is known."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """How a number is known, from firm to free."""

    REPORTED = "reported"
    DERIVED = "derived"
    ASSUMED = "assumed"
    CALIBRATED = "calibrated"
