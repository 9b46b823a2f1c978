"""Numbers from logs: pure functions of plan and log, gathered in one table."""
