"""Formal documents: read by several, acted on, passed down a tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.draft import Source
from sim.plan.issuing import addressed, broadcast_series, broadcaster, occurrences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Document, PassedDown
    from sim.domain.quantity import EffortQ
    from sim.plan.draft import Draft

READING_DAYS = 3
"""Working days within which a circulated document is read."""


def plan_documents(draft: Draft, name: str, document: Document) -> None:
    """Write the rows of one stream of documents."""
    source = Source(f"obligations.{name}", document.issuer)
    series = broadcast_series(draft, document)
    found = occurrences(draft, source.name, document, series)
    key = series.key[found.series]
    issuer = broadcaster(draft, source.name, document, series, found)
    _draft_it(draft, source, document, issuer, (key, found.slot), found.second)
    sent = addressed(draft, document, series, found, 1.0, source.name)
    words = (key[sent.occurrence], found.slot[sent.occurrence])
    second = found.second[sent.occurrence]
    readers = document.readers.value
    _read(draft, source, sent.unit, words, second, document.posts, readers, document.reading, None)
    timeline = draft.offices.timeline(document.on)
    keys = draft.offices.keys[sent.unit]
    acted = np.flatnonzero(draft.chance.uniform(source.name, "acted_on", *words) < document.acted_on.value)
    u = draft.chance.uniform(source.name, "action", *words, keys)[acted]
    draft.add(
        source, Part.ACT, Category.DOCUMENTS, tuple(word[acted] for word in words),
        unit=sent.unit[acted], team=draft.offices.team(sent.unit[acted], document.posts),
        effort=document.action.value.quantile(u), release=second[acted],
        due=timeline.due_after(second[acted], document.due),
    )  # fmt: skip
    if document.passed_down is not None:
        _pass_down(draft, source, document.passed_down, sent.unit, words, second)


def _draft_it(
    draft: Draft,
    source: Source,
    document: Document,
    issuer: NDArray[np.int64],
    words: tuple[NDArray[np.uint64], NDArray[np.int64]],
    second: NDArray[np.int64],
) -> None:
    inside = np.flatnonzero(issuer >= 0)
    if document.drafting is None or not len(inside):
        return
    mine = tuple(word[inside] for word in words)
    timeline = draft.offices.timeline(document.issuer)
    draft.add(
        source, Part.PREPARE, Category.DOCUMENTS, mine,
        unit=issuer[inside], team=draft.offices.team(issuer[inside], None),
        effort=document.drafting.value.quantile(draft.chance.uniform(source.name, "drafting", *mine)),
        release=second[inside], due=timeline.due_after(second[inside], document.due),
    )  # fmt: skip


def _read(
    draft: Draft,
    source: Source,
    unit: NDArray[np.int64],
    words: tuple[NDArray[np.uint64], NDArray[np.int64]],
    second: NDArray[np.int64],
    posts: tuple[str, ...] | None,
    readers: int,
    reading: EffortQ,
    after: NDArray[np.int64] | None,
) -> None:
    """One row a reader; where `after` is given, reading waits for those rows."""
    place = np.repeat(np.arange(len(unit)), readers)
    reader = np.tile(np.arange(readers), len(unit))
    mine = (*(word[place] for word in words), reader)
    who = unit[place]
    timeline = draft.offices.timeline(draft.offices.types[who[0]]) if len(who) else None
    if timeline is None:
        return
    u = draft.chance.uniform(source.name, "reading", *mine, draft.offices.keys[who])
    draft.add(
        source, Part.READ, Category.DOCUMENTS, mine,
        unit=who, team=draft.offices.team(who, posts), effort=reading.value.quantile(u), release=second[place],
        due=timeline.due_after(second[place], READING_DAYS),
        predecessor=-1 if after is None else after[place],
    )  # fmt: skip


def _pass_down(
    draft: Draft,
    source: Source,
    passed: PassedDown,
    unit: NDArray[np.int64],
    words: tuple[NDArray[np.uint64], NDArray[np.int64]],
    second: NDArray[np.int64],
) -> None:
    sent_on = draft.chance.uniform(source.name, "passed_down", *words, draft.offices.keys[unit]) < passed.share.value
    place = np.flatnonzero(sent_on)
    sender = unit[place]
    mine = tuple(word[place] for word in words)
    if not len(place):
        return
    timeline = draft.offices.timeline(draft.offices.types[sender[0]])
    u = draft.chance.uniform(source.name, "forwarding", *mine, draft.offices.keys[sender])
    forwarded = draft.add(
        source, Part.RELAY, Category.DOCUMENTS, mine,
        unit=sender, team=draft.offices.team(sender, None), effort=passed.drafting.value.quantile(u),
        release=second[place], due=timeline.due_after(second[place], READING_DAYS),
    )  # fmt: skip
    below = draft.offices.units(passed.to)
    pair, reader = np.repeat(np.arange(len(place)), len(below)), np.tile(below, len(place))
    own = draft.offices.parent[reader] == sender[pair]
    pair, reader = pair[own], reader[own]
    down = (mine[0][pair], mine[1][pair])
    _read(draft, source, reader, down, second[place][pair], None, passed.readers.value, passed.reading, forwarded[pair])
