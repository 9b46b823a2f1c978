"""The compiled engine: one kernel over flat integer arrays."""
