"""Reading and writing of files: the only package that uses YAML, JSON and CSV."""
