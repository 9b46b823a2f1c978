"""jianfu: a discrete-event simulation of grassroots cadres' working time under appraisal regimes."""

__version__ = "0.1.0"
