"""Proof shown to users: systems with known answers, run through the contract on both engines."""
