"""Many years: replications, comparison with common random numbers, intervals, and the store of results."""
