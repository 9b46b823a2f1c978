"""How it is written: the only place that knows YAML, JSON and CSV."""
