"""Demand of residents: requests, approvals, real problems."""
