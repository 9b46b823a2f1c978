"""The command line. Its commands call the functions that the web page calls."""
