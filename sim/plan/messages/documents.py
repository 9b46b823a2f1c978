"""Formal documents: read by several cadres, acted on, passed down a tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.issuing import addressed, broadcast_series, broadcaster, issuing_type
from sim.plan.issuing.volume import within_cap
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.document import Document, PassedDown
    from sim.domain.quantity import EffortQ
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Paper:
    """Documents that reach units; all arrays have shape (pairs,), one entry a document and unit."""

    unit: NDArray[np.int64]
    identity: tuple[NDArray[np.uint64], NDArray[np.int64]]
    """Identity of the document: series and slot."""
    second: NDArray[np.int64]
    """Second at which the document goes out."""

    def at(self, place: NDArray[np.int64]) -> Paper:
        """Return the pairs at the indices `place`, which may repeat."""
        return Paper(self.unit[place], (self.identity[0][place], self.identity[1][place]), self.second[place])


def plan_documents(draft: Draft, name: str, document: Document) -> None:
    """Write the rows of one obligation's documents."""
    source = Source(f"obligations.{name}", document.issuer)
    series = broadcast_series(draft, document)
    found = within_cap(draft, source.name, document, series, demanded(draft, name, document, series))
    key = series.key[found.series]
    issuer = broadcaster(draft, source.name, document, series, found)
    _draft_it(draft, source, document, issuer, (key, found.slot), found.second)
    sent = addressed(draft, document, series, found, 1.0, source.name)
    identity = (key[sent.occurrence], found.slot[sent.occurrence])
    paper = Paper(sent.unit, identity, found.second[sent.occurrence])
    _read(draft, source, paper, document.posts, document.readers.value, document.reading)
    _act(draft, source, document, paper)
    if document.passed_down is not None:
        _pass_down(draft, source, document.passed_down, paper)


def _draft_it(
    draft: Draft,
    source: Source,
    document: Document,
    issuer: NDArray[np.int64],
    identity: tuple[NDArray[np.uint64], NDArray[np.int64]],
    second: NDArray[np.int64],
) -> None:
    """Write the issuer's drafting, due when the document goes out."""
    inside = np.flatnonzero(issuer >= 0)
    if document.drafting is None or not len(inside):
        return
    mine = tuple(word[inside] for word in identity)
    days = draft.lags.documents_drafted.value
    day = draft.staff.timeline(issuing_type(document)).shift_days(second[inside] // DAY, -days)
    draft.add(
        source, Part.PREPARE, Category.DOCUMENTS, mine,
        unit=issuer[inside], team=draft.staff.team(issuer[inside], None),
        effort=document.drafting.value.quantile(draft.chance.uniform(source.name, "drafting", *mine)),
        release=np.minimum(day * DAY + second[inside] % DAY, second[inside]), due=second[inside],
    )  # fmt: skip


def _act(draft: Draft, source: Source, document: Document, paper: Paper) -> None:
    """Write the action that some documents require of every unit they are addressed to."""
    asked = draft.chance.uniform(source.name, "acted_on", *paper.identity) < document.acted_on.value
    mine = paper.at(np.flatnonzero(asked))
    u = draft.chance.uniform(source.name, "action", *mine.identity, draft.staff.keys[mine.unit])
    draft.add(
        source, Part.ACT, Category.DOCUMENTS, mine.identity,
        unit=mine.unit, team=draft.staff.team(mine.unit, document.posts),
        effort=document.action.value.quantile(u), release=mine.second,
        due=draft.staff.timeline(document.on).due_after(mine.second, document.due),
    )  # fmt: skip


def _read(
    draft: Draft,
    source: Source,
    paper: Paper,
    posts: tuple[str, ...] | None,
    readers: int,
    reading: EffortQ,
    forwarded: NDArray[np.int64] | None = None,
) -> None:
    """Write one row a reader. A document that a unit above forwards is read after the rows `forwarded`."""
    if not len(paper.unit):
        return
    place = np.repeat(np.arange(len(paper.unit)), readers)
    reader = np.tile(np.arange(readers), len(paper.unit))
    mine = paper.at(place)
    timeline = draft.staff.timeline(draft.staff.types[paper.unit[0]])
    passing_on = 0 if forwarded is None else draft.lags.documents_forwarded.value
    u = draft.chance.uniform(source.name, "reading", *mine.identity, reader, draft.staff.keys[mine.unit])
    draft.add(
        source, Part.READ, Category.DOCUMENTS, (*mine.identity, reader),
        unit=mine.unit, team=draft.staff.team(mine.unit, posts), effort=reading.value.quantile(u),
        release=mine.second, due=timeline.due_after(mine.second, passing_on + draft.lags.documents_read.value),
        predecessor=-1 if forwarded is None else forwarded[place],
    )  # fmt: skip


def _pass_down(draft: Draft, source: Source, passed: PassedDown, paper: Paper) -> None:
    """Write the forwarding by each unit that passes the document down, and the reading by units below it."""
    keys = draft.staff.keys[paper.unit]
    sent_on = draft.chance.uniform(source.name, "passed_down", *paper.identity, keys) < passed.share.value
    sent = paper.at(np.flatnonzero(sent_on))
    if not len(sent.unit):
        return
    timeline = draft.staff.timeline(draft.staff.types[sent.unit[0]])
    u = draft.chance.uniform(source.name, "forwarding", *sent.identity, draft.staff.keys[sent.unit])
    forwarded = draft.add(
        source, Part.RELAY, Category.DOCUMENTS, sent.identity,
        unit=sent.unit, team=draft.staff.team(sent.unit, None), effort=passed.drafting.value.quantile(u),
        release=sent.second, due=timeline.due_after(sent.second, draft.lags.documents_forwarded.value),
    )  # fmt: skip
    pair, reader = draft.staff.below(sent.unit, passed.to)
    received = Paper(reader, sent.at(pair).identity, sent.second[pair])
    _read(draft, source, received, None, passed.readers.value, passed.reading, forwarded[pair])
