"""Issuing: series of obligations with their issuers, addressees and occurrences."""
