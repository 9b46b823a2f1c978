"""Duties, and duties listed by kind."""
