"""Reports and forms."""
