"""Where replications are worked on: threads, worker processes, or a cluster, behind one interface."""
