"""Formal documents: read, acted on, passed down."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import Broadcast
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.units import Workdays


class PassedDown(Frozen):
    """The document is sent on to the next tier down."""

    to: str
    share: ShareQ
    """Share of documents sent on."""
    drafting: EffortQ
    """Time of the unit that sends it on."""
    readers: CountQ
    reading: EffortQ


class Document(Broadcast):
    """A stream of formal documents; every unit of the type receives the same ones."""

    kind: Literal["document"] = "document"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="文件", en="document"),
        meaning=Label(
            zh="起草、多人阅读、部分需落实、向下一级转发",
            en="drafting, reading by several, action on some, forwarding a tier down",
        ),
    )
    readers: CountQ
    """Cadres who read each document."""
    reading: EffortQ
    """Time of one reader."""
    acted_on: ShareQ
    """Share of documents that require action."""
    action: EffortQ
    due: Workdays
    """Working days until the action is due."""
    drafting: EffortQ | None = None
    """Time of the issuer for each document."""
    passed_down: PassedDown | None = None
