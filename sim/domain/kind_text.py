"""Labels of a kind of obligation or demand, kept on its class."""

from __future__ import annotations

from typing import NamedTuple

from sim.domain.frozen import Label


class KindText(NamedTuple):
    """Labels that lists, the schema, the reference page and the guides show for one kind."""

    label: Label
    meaning: Label
    """The work that the kind causes, in a few words, for the guides."""
