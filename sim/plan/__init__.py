"""What falls due: from a regime to dated activities. All chance is drawn here, keyed by identity."""
