"""Levers: reform measures, one module for each, and one table."""
