"""Kept results: the store, the manifest, saved runs."""
