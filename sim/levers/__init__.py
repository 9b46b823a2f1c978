"""Levers: reform measures, one module each, and a table of all."""
