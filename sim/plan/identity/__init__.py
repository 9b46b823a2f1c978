"""Keyed chance, and the identities it is keyed by: units, cadres, series, occurrences."""
