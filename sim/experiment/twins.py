"""The twin check: work that no lever touches must be wanted alike in both regimes, activity by activity.

The demand before booking is compared. Booking may move an appointment that no lever touches, because other appointments
left its place or took it; these are counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.wanted import demand, is_among, rows_of
from sim.experiment.comparison import TwinCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.contract.plan import Plan

PLAIN_COLUMNS = (
    "seats", "release", "due", "start", "effort", "travel", "rank", "patience", "interruptible", "category", "part",
)  # fmt: skip
"""Columns with the same meaning in every plan; the others hold a plan's own numbers of units, teams, rows and names."""
_BLOCK = 1 << 16
"""Activities compared at a time, so that they fit into the cache."""


def twin_check(before: Plan, after: Plan, touched: frozenset[str]) -> TwinCheck:
    """Compare two plans; `touched` names the obligations and demand that levers act on, as `section.name`."""
    acted_on = _acted_on(before, touched), _acted_on(after, touched)
    (one, first), (other, second) = demand(before), demand(after)
    gone = np.union1d(_cancelled(before), _cancelled(after))
    first, second = (
        order[~is_among(plan.activities.identity, gone)[order]] for plan, order in ((one, first), (other, second))
    )
    compared, changed = twin_changes(one, other, *acted_on, (first, second))
    if len(gone):
        more = twin_changes(rows_of(before, gone), rows_of(after, gone), *acted_on)
        compared, changed = compared + more[0], changed + more[1]
    appointments, moved = _moved(before, after, *acted_on)
    return TwinCheck(compared=compared, changed=changed, appointments=appointments, moved=moved)


def _cancelled(plan: Plan) -> NDArray[np.uint64]:
    """Return the identities of rows that are wanted and not held."""
    if plan.setting is None or plan.setting.booked is None:
        return np.zeros(0, dtype=np.uint64)
    identity: NDArray[np.uint64] = plan.setting.booked.left_out["identity"]
    return identity


def _moved(
    before: Plan, after: Plan, touched_before: NDArray[np.bool_], touched_after: NDArray[np.bool_]
) -> tuple[int, int]:
    """Count the appointments in both plans that no lever touches, and those among them held at another time."""
    one, other = _appointments(before, touched_before), _appointments(after, touched_after)
    _, first, second = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    return len(first), int(np.count_nonzero(one[1][first] != other[1][second]))


def _appointments(plan: Plan, touched: NDArray[np.bool_]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return identity and time of the appointments that no lever touches."""
    booked = None if plan.setting is None else plan.setting.booked
    if booked is None:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    kept = ~touched[booked.obligation]
    return booked.identity[kept], booked.start[kept]


def _acted_on(plan: Plan, touched: frozenset[str]) -> NDArray[np.bool_]:
    names = plan.setting.obligations if plan.setting is not None else ()
    return np.array([name in touched for name in names], dtype=np.bool_)


def twin_changes(
    before: Plan,
    after: Plan,
    touched_before: NDArray[np.bool_],
    touched_after: NDArray[np.bool_],
    orders: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> tuple[int, int]:
    """Return the number of activities that no lever touches, and of those among them that changed.

    `touched_*` are True, by obligation index, if a lever acts on the obligation. Activities are matched by identity;
    one that is missing, added, or differs in any column counts as changed. Work that one cadre owes alone is left out
    if the cadre's absences differ between the plans. Units, cadres, obligations and issuers are compared by name if the
    plans have a setting, teams by their members, predecessors by identity. `orders` sort the rows of each plan.
    """
    moved = _absences(before) ^ _absences(after)
    first, second = orders or (np.arange(len(before.activities)), np.arange(len(after.activities)))
    kept_before, place_before = _untouched(before, touched_before, moved, first)
    kept_after, place_after = _untouched(after, touched_after, moved, second)
    one, other = place_before, place_after
    if not np.array_equal(kept_before, kept_after):  # plans are sorted alike, so equal activities are in the same order
        _, first, second = np.intersect1d(kept_before, kept_after, assume_unique=True, return_indices=True)
        one, other = place_before[first], place_after[second]
    columns = _columns(before, after)
    same = 0
    for begin in range(0, len(one), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        differs = np.zeros(len(one[block]), dtype=np.bool_)
        for left, right in columns:
            differs |= left[one[block]] != right[other[block]]
        differs |= _follow_others(before, after, one[block], other[block])
        same += len(differs) - int(np.count_nonzero(differs))
    compared = len(kept_before) + len(kept_after) - len(one)
    return compared, compared - same


Absence = tuple["str | int", int, int]


def _absences(plan: Plan) -> set[Absence]:
    """Return the absences with the name of the cadre."""
    names = _cadres(plan)
    return {(names[cadre], begin, end) for cadre, begin, end in plan.roster.absences.tolist()}


def _cadres(plan: Plan) -> Sequence[str] | range:
    """Return the names of the cadres, or their numbers if the plan has no names."""
    return _names(plan, "cadre_names") or range(len(plan.roster.cadre_unit))


def _untouched(
    plan: Plan, touched: NDArray[np.bool_], moved: set[Absence], order: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return identity and row of the activities that no lever touches."""
    kept = ~touched[plan.activities.obligation]
    if moved:
        roster, who = plan.roster, {one for one, _, _ in moved}
        left = np.array([cadre in who for cadre in _cadres(plan)])
        first = roster.team_members[np.minimum(roster.team_offset[:-1], len(roster.team_members) - 1)]
        kept &= ~(left[first] & (np.diff(roster.team_offset) == 1))[plan.activities.team]
    rows = order[kept[order]]
    return plan.activities.identity[rows], rows


def _columns(before: Plan, after: Plan) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Return all columns except the predecessor, as pairs, in numbers with the same meaning in both plans."""
    one, other = before.activities, after.activities
    pairs = [(getattr(one, name), getattr(other, name)) for name in PLAIN_COLUMNS]
    units = _shared_numbers(_names(before, "unit_names"), _names(after, "unit_names"))
    pairs.append(_translated(one.unit, other.unit, units))
    pairs.append(_translated(one.team, other.team, _team_numbers(before, after)))
    for column, words in (("obligation", "obligations"), ("issuer", "issuers")):
        numbers = _shared_numbers(_names(before, words), _names(after, words))
        pairs.append(_translated(getattr(one, column), getattr(other, column), numbers))
    return pairs


def _names(plan: Plan, words: str) -> Sequence[Any] | None:
    return None if plan.setting is None else getattr(plan.setting, words)


Numbers = tuple["NDArray[np.int64]", "NDArray[np.int64]"] | None
"""For each plan an array from its own numbers to common ones; None if its own numbers are common already."""


def _shared_numbers(before: Sequence[Any] | None, after: Sequence[Any] | None) -> Numbers:
    if before is None or after is None or before == after:
        return None
    known: dict[Any, int] = {}
    first, second = ([known.setdefault(name, len(known)) for name in names] for names in (before, after))
    return np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)


def _translated(one: NDArray[Any], other: NDArray[Any], numbers: Numbers) -> tuple[NDArray[Any], NDArray[Any]]:
    """Translate both columns; -1 stays "none"."""
    if numbers is None:
        return one, other
    # Index -1 finds the appended -1.
    return np.append(numbers[0], -1)[one], np.append(numbers[1], -1)[other]


def _team_numbers(before: Plan, after: Plan) -> Numbers:
    cadres = _shared_numbers(_names(before, "cadre_names"), _names(after, "cadre_names"))
    both = before.roster, after.roster
    if cadres is None and all(
        np.array_equal(*(getattr(roster, name) for roster in both)) for name in ("team_offset", "team_members")
    ):
        return None
    return _shared_numbers(
        _members(before, None if cadres is None else cadres[0]), _members(after, None if cadres is None else cadres[1])
    )


def _members(plan: Plan, numbers: NDArray[np.int64] | None) -> list[bytes]:
    """Return the members of each team, as the bytes of their sorted common numbers."""
    roster = plan.roster
    members = roster.team_members.astype(np.int64)
    if numbers is not None:
        members = numbers[members]
    ends = roster.team_offset.tolist()
    return [np.sort(members[ends[k] : ends[k + 1]]).tobytes() for k in range(len(ends) - 1)]


def _follow_others(before: Plan, after: Plan, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows have another predecessor in one plan than in the other."""
    first, second = before.activities.predecessor[one], after.activities.predecessor[other]
    differ: NDArray[np.bool_] = (first >= 0) != (second >= 0)
    linked = np.flatnonzero((first >= 0) & (second >= 0))
    identities = before.activities.identity[first[linked]], after.activities.identity[second[linked]]
    differ[linked] = identities[0] != identities[1]
    return differ
