"""Engines: they decide which cadre does which work when, by the rules of `sim.contract`."""
