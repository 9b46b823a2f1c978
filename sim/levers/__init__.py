"""What can be changed: one module per lever, one table, pure functions from regime to regime."""
