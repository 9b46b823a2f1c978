"""Inspections and demonstration projects."""
