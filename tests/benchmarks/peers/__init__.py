"""The canonical workload in other libraries, each as its documentation shows: `simulate(arrivals)` gives the outcome.

All serve by priority, interrupt for a smaller one and resume. They differ in where interrupted work queues inside its
priority and in what goes first in one instant, so their outcomes agree closely, not to the second.
"""
