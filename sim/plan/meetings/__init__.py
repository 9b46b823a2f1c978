"""Meetings and training courses."""
