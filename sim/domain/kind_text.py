"""The words of a kind of obligation or demand, kept on its class."""

from __future__ import annotations

from typing import NamedTuple

from sim.domain.frozen import Label


class KindText(NamedTuple):
    """The words that lists, the schema, the reference page and the guides show of one kind."""

    label: Label
    work: Label
    """The work that it makes: the last column of the table of kinds in the guides."""
