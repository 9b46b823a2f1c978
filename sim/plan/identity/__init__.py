"""Random numbers keyed by identity, and the identities: units, cadres, series, occurrences."""
