"""Published figures compared with simulated ones."""
