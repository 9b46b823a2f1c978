"""Residents: requests, approvals, problems."""
