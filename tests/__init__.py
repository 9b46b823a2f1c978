"""A package in name, because Ciw, which the benchmarks run beside the engines, installs one of the same name."""
