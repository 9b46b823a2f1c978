"""Documents, chat groups and check-ins."""
