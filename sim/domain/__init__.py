"""What exists: frozen values of organisation, calendar, obligations, demand and evidence."""
