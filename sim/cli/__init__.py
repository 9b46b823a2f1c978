"""The command line: a thin twin of the web page over the same functions."""
