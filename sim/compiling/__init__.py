"""Compilation of loops over flat tables by numba, with a cache between runs."""
