"""jianfu: a discrete-event simulation of grassroots cadres' time under assessment regimes."""

__version__ = "0.1.0"
