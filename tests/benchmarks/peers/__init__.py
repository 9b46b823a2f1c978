"""The canonical workload in other libraries, in the manner of their documentation.

`simulate(arrivals)` of each module returns an `Outcome`. All of them serve by priority, preempt for a smaller one and
resume. They differ in the place of interrupted work inside its priority and in the order of events of one instant, so
their outcomes agree closely, not to the second.
"""
