"""Frozen values of organisation, calendar, obligations, demand and evidence."""
