"""A scenario, its checks, and the application of its levers."""
