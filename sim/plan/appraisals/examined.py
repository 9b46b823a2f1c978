"""Data behind the scores: the performance of real units and the errors of examiners, keyed by unit.

A simulated unit stands for several real units. Each real unit has its own performance, skill and errors; its
preparation is that of the simulated unit. So a ranking has as many units as the county, not as the simulated slice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.contract.appraised import Appraised
from sim.domain.scoring import FULL, error_spreads
from sim.plan import limits

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.domain.obligations import Appraisal
    from sim.domain.obligations.appraisal import Seamless
    from sim.plan.rows.draft import Draft

_WORLD = "performance"
"""Stream of random numbers about a unit that do not depend on the appraisal."""


@dataclass(frozen=True)
class Examinations:
    """Examinations of one appraisal; all arrays have shape (examinations,), one entry a programme, slot and unit."""

    number: NDArray[np.int64]
    """Index among all examinations of the appraisal."""
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    body: NDArray[np.uint64]
    """Key of the body that examines."""
    start: NDArray[np.int64]
    appointment: NDArray[np.int64]
    """Appointment of the examiners' visit, -1 without one."""
    looker: NDArray[np.int64]
    """Number of the examination whose examiners look at the unit: its own, or the leading one of its round."""

    def where(self, keep: NDArray[np.bool_]) -> Self:
        """Return the examinations for which `keep` is True."""
        return type(self)(*(getattr(self, f.name)[keep] for f in fields(self)))

    def with_those(self, place: NDArray[np.bool_], others: Self) -> Self:
        """Return the examinations with `others` where `place` is True."""
        columns = []
        for f in fields(self):
            column = getattr(self, f.name).copy()
            column[place] = getattr(others, f.name)
            columns.append(column)
        return type(self)(*columns)


@dataclass(frozen=True)
class Pieces:
    """Pieces of preparation: handle of the row, number of the examination, and weight as window-dressing."""

    handle: NDArray[np.int64]
    examination: NDArray[np.int64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, *parts: tuple[NDArray[np.int64], NDArray[np.int64], float]) -> Self:
        """Concatenate parts of (handles, examinations, one weight for all); without parts there are no pieces."""
        none = np.zeros(0, dtype=np.int64)
        return cls(
            np.concatenate([none, *(handle for handle, _, _ in parts)]),
            np.concatenate([none, *(examination for _, examination, _ in parts)]),
            np.concatenate([np.zeros(0), *(np.full(len(handle), weight) for handle, _, weight in parts)]),
        )

    def and_also(self, more: Self) -> Self:
        """Return these pieces followed by `more`."""
        pairs = ((getattr(self, f.name), getattr(more, f.name)) for f in fields(self))
        return type(self)(*(np.concatenate(pair) for pair in pairs))


def note_examinations(
    draft: Draft,
    stream: str,
    appraisal: Appraisal,
    found: Examinations,
    quiet: NDArray[np.bool_],
    pieces: Pieces,
) -> None:
    """Record the examinations of one appraisal and the random numbers behind the scores of its real units.

    Does nothing for an appraisal without scoring.
    """
    scoring, seamless = appraisal.scoring, appraisal.seamless
    if scoring is None:
        return
    staff = draft.staff
    peers = draft.regime.organisation.units[appraisal.on].represents.value
    units = staff.units(appraisal.on)
    stands_in, peer = np.repeat(units, peers), np.tile(np.arange(peers), len(units))
    who = (staff.keys[stands_in], peer)
    place = np.searchsorted(units, found.unit)
    exam = np.repeat(found.number, peers)
    real = (place[:, None] * peers + np.arange(peers)).ravel()
    whose = tuple(column[real] for column in who)
    identity = (found.programme[exam], found.slot[exam], *whose)
    looker = found.looker[exam]
    indicators = len(seamless.exam.weights.value) if seamless is not None else 0
    columns = [_normal(draft, stream, f"graded {number}", *identity) for number in range(indicators)]
    sigma = np.sqrt(np.log1p(scoring.skill.value**2))
    common, own = error_spreads(scoring)
    performance = scoring.mean.value + scoring.spread.value * _normal(draft, _WORLD, "latent", *who)
    draft.examinations.append(found.appointment)
    draft.examined.append(
        Appraised(
            scoring=scoring,
            exam=None if seamless is None else seamless.exam,
            unit=found.unit,
            start=found.start,
            held=np.ones(len(quiet), dtype=np.bool_),
            quiet=quiet,
            paper=quiet & (found.programme < (0 if seamless is None else seamless.exam.papers.value)),
            piece_row=pieces.handle,
            piece_of=pieces.examination,
            piece_weight=pieces.weight,
            performance=np.clip(performance, 0.0, FULL),
            skill=np.exp(sigma * _normal(draft, _WORLD, "skill", *who) - sigma**2 / 2),
            common=common * _normal(draft, _WORLD, "common", *who),
            routine=own * _normal(draft, _WORLD, "routine", *who),
            looks=_looks(found, quiet, seamless),
            pair_of=exam,
            pair_real=real,
            seen=own * _normal(draft, stream, "seen", found.programme[looker], found.slot[looker], *whose),
            graded=own * np.stack(columns, axis=1) if columns else np.zeros((len(exam), 0)),
        )
    )


def _looks(found: Examinations, quiet: NDArray[np.bool_], seamless: Seamless | None) -> NDArray[np.int64]:
    """Count the looks behind the routine data of each examination, shape (examinations,).

    Each examination has the data of its own department once; exchanged data come from many departments, many times.
    """
    looks: NDArray[np.int64] = np.bincount(found.unit)[found.unit]
    return looks if seamless is None else np.where(quiet, seamless.feed.looks, looks)


def _normal(draft: Draft, stream: str, attribute: str, *identity: ArrayLike) -> NDArray[np.float64]:
    """Draw a standard normal number for each identity."""
    from scipy.special import ndtri

    u = draft.chance.uniform(stream, attribute, *identity)
    drawn: NDArray[np.float64] = ndtri(np.clip(u, limits.NORMAL_TAIL, 1 - limits.NORMAL_TAIL))
    return drawn
