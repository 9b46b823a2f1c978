"""Tests of jianfu. A package, because Ciw, a library of the benchmarks, installs another package called `tests`."""
