"""Figures, tables and pages for readers."""
