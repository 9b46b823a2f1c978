"""Programs that check or write committed files; they are not installed."""
