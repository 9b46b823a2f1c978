"""Checks on enterprises."""
