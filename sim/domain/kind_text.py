"""The words of a kind of obligation or demand, kept on its class."""

from __future__ import annotations

from typing import NamedTuple

from sim.domain.frozen import Label


class KindText(NamedTuple):
    """The words that lists, the schema, the reference page and the guides show of one kind."""

    label: Label
    meaning: Label
    """The work that it makes, in a few words, for the guides."""
