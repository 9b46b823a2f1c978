"""Booking: by which rules appointments get their place in the calendars of the people they need."""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import ASSUMED, CountQ, WorkdaysQ
from sim.units import Workdays


class Booking(Frozen):
    """Rules for all appointments; an obligation may set its own."""

    tolerance: WorkdaysQ = WorkdaysQ(
        value=Workdays(3),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="an appointment is moved by a day or two, within the week",
    )
    """Working days by which an appointment may be moved, earlier or later, if somebody is not free."""
    quorum: CountQ = CountQ(
        value=1, source=ASSUMED, note="with nobody at one end there is no meeting and no visit; a definition, no guess"
    )
    """Cadres who must be there at each end: visitors and hosts, conveners and audience, examiners and examined."""


class OwnBooking(Frozen):
    """Rules for the appointments of one obligation, in place of those of `policy.booking`."""

    tolerance: WorkdaysQ | None = None
    """Working days by which its appointments may be moved."""
    callers: CountQ | None = None
    """Quorum of those who call it: visitors, conveners, examiners, or those on duty."""
    called: CountQ | None = None
    """Quorum of those who are called: hosts, audience, examined."""
