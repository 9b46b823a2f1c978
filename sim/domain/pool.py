"""Pools: the fields that the forms of one line of work ask for, and the ways in which a unit comes by them."""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import CountQ, DurationQ, EffortQ, ShareQ, WorkdaysQ


class FieldPool(Frozen):
    """Fields of one line of work, and the work of a unit with each of them.

    A field is known by heart, stands in the unit's own records, is in somebody else's hands, or is had on the spot.
    """

    universe: CountQ
    """Number of fields; the forms of the line of work ask for overlapping parts of them."""
    at_hand: WorkdaysQ
    """Working days for which a field that was gathered is at hand for the next form."""
    known: ShareQ
    """Share of the fields that a unit knows by heart."""
    recorded: ShareQ
    """Share of the other fields that stand in the unit's own records."""
    asked: ShareQ
    """Share of the fields left that somebody else has and is asked for; the others are had on the spot."""
    holders: CountQ
    """Number of holders among whom these fields are divided: those who are asked, and places that are visited."""
    look_up: EffortQ
    """Time to look up one field in the unit's own records."""
    asking: EffortQ
    """Time to ask one holder for all the fields that a form needs of that holder, and to take down the answer."""
    turnaround: EffortQ
    """Working time from the question to the holder's answer."""
    round: EffortQ
    """Time on one round to a place, with the way; it yields all the fields that a form needs from there."""
    entering: DurationQ
    """Time to enter one field into a form."""
    checking: EffortQ
    """Time to check one entered field before the form is sent."""
    sign_off: EffortQ
    """Time of the head who signs, for each entered field."""
