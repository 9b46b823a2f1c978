"""Duties and lists of duties."""
