"""A scenario: how levers are applied to its regime, and its checks."""
