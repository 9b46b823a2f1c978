"""Planning: from a regime to dated activities. All random numbers of a year are drawn here, keyed by identity."""
