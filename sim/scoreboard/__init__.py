"""Published figures set beside simulated ones."""
