"""Categories of working time, and steps of an obligation."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """Category of working time; the rows of the weekly time budget."""

    MEETINGS = "meetings"
    MEETING_TRAVEL = "meeting_travel"
    DOCUMENTS = "documents"
    REPORTS = "reports"
    INSPECTIONS = "inspections"
    INSPECTION_TRAVEL = "inspection_travel"
    CHANNELS = "channels"
    SERVICE = "service"
    OTHER = "other"


CATEGORIES: tuple[Category, ...] = tuple(Category)
"""Categories in the order of the engine's books."""

FORMALITY: frozenset[Category] = frozenset(
    {
        Category.MEETINGS,
        Category.MEETING_TRAVEL,
        Category.DOCUMENTS,
        Category.REPORTS,
        Category.INSPECTIONS,
        Category.INSPECTION_TRAVEL,
        Category.CHANNELS,
    }
)
"""Categories of work for superiors rather than residents."""

TRAVEL: tuple[Category, ...] = (Category.MEETING_TRAVEL, Category.INSPECTION_TRAVEL)
"""Categories of the way to an appointment and back."""


def travel_of(category: Category) -> Category:
    """Return the category of the way to work of a category: of inspectors and escorts, or of all others."""
    return Category.INSPECTION_TRAVEL if category == Category.INSPECTIONS else Category.MEETING_TRAVEL


class Part(StrEnum):
    """Step of an obligation, or of a resident's matter."""

    PREPARE = "prepare"
    ATTEND = "attend"
    RELAY = "relay"
    HOST = "host"
    ESCORT = "escort"
    VISIT = "visit"
    RECTIFY = "rectify"
    READ = "read"
    ACT = "act"
    ASK = "ask"
    GATHER = "gather"
    FILL = "fill"
    SIGN_OFF = "sign_off"
    COLLATE = "collate"
    REWORK = "rework"
    RECEIVE = "receive"
    UPKEEP = "upkeep"
    HANDLE = "handle"
    REFUSE = "refuse"
    CHECK_IN = "check_in"
    ROUTINE = "routine"
    COACH = "coach"


PARTS: tuple[Part, ...] = tuple(Part)
"""Parts in the order of `Activities.part`."""
