"""Booking: appointments are put into the calendars of the people they need, at both ends.

It stands between the families, which write the demand, and the sorting of rows. It draws no number: the order is fixed
by rank and identity, and people are chosen by what they are booked for already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.plan.booking.compiled import book_tables
from sim.plan.booking.layout import lay_out, taking_part
from sim.plan.booking.outcome import write_outcome

if TYPE_CHECKING:
    from sim.plan.booking.outcome import Outcome
    from sim.plan.rows.draft import Draft


def book(draft: Draft) -> Outcome | None:
    """Book all appointments of a draft and write times and people into its rows; None without appointments."""
    if not draft.appointments.seats:
        return None
    taking, roster = taking_part(draft), draft.staff.roster()
    tables = book_tables(lay_out(draft, taking, roster), draft.rows.size)
    return write_outcome(draft, taking, tables, roster)
