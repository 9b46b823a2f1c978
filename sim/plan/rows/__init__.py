"""Rows of work while they are written, and their order."""
