"""Booking: appointments get their place in the calendars of the people they need."""
