"""The twin check: work that no lever touches must be the same in both regimes, activity by activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.comparison import TwinCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.contract.plan import Plan

PLAIN_COLUMNS = (
    "seats", "release", "due", "start", "effort", "travel", "rank", "patience", "interruptible", "category", "part",
)  # fmt: skip
"""Columns that mean the same in every plan; the others are numbers a plan gives to units, teams, rows and words."""
_BLOCK = 1 << 16
"""Activities compared at a time, so that they stay in the cache meanwhile."""


def twin_check(before: Plan, after: Plan, touched: frozenset[str]) -> TwinCheck:
    """Check two plans; `touched` names the obligations and demand that levers act on, as `section.name`."""
    compared, changed = twin_changes(before, after, _acted_on(before, touched), _acted_on(after, touched))
    return TwinCheck(compared=compared, changed=changed)


def _acted_on(plan: Plan, touched: frozenset[str]) -> NDArray[np.bool_]:
    names = plan.setting.obligations if plan.setting is not None else ()
    return np.array([name in touched for name in names], dtype=np.bool_)


def twin_changes(
    before: Plan, after: Plan, touched_before: NDArray[np.bool_], touched_after: NDArray[np.bool_]
) -> tuple[int, int]:
    """Count the activities that no lever touches, and those of them that changed.

    `touched_*` tell by obligation index whether a lever acts on it. Activities are matched by identity; one that is
    missing, added, or differs in any column counts as changed. What is one cadre's alone is left out where he sits
    elsewhere in one of the plans. Units, cadres, obligations and issuers are compared by
    name where the plans have a setting, teams by their members, predecessors by identity.
    """
    moved = _absences(before) ^ _absences(after)
    kept_before, place_before = _untouched(before, touched_before, moved)
    kept_after, place_after = _untouched(after, touched_after, moved)
    one, other = place_before, place_after
    if not np.array_equal(kept_before, kept_after):  # plans sort alike, so what is the same stands in the same order
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
    """Give the absences by the name of the cadre."""
    names = _cadres(plan)
    return {(names[cadre], begin, end) for cadre, begin, end in plan.roster.absences.tolist()}


def _cadres(plan: Plan) -> Sequence[str] | range:
    """Name the cadres, by number where a plan has no names."""
    return _names(plan, "cadre_names") or range(len(plan.roster.cadre_unit))


def _untouched(
    plan: Plan, touched: NDArray[np.bool_], moved: set[Absence]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give identity and row of what no lever touches."""
    kept = ~touched[plan.activities.obligation]
    if moved:
        roster, who = plan.roster, {one for one, _, _ in moved}
        left = np.array([cadre in who for cadre in _cadres(plan)])
        first = roster.team_members[np.minimum(roster.team_offset[:-1], len(roster.team_members) - 1)]
        kept &= ~(left[first] & (np.diff(roster.team_offset) == 1))[plan.activities.team]
    rows = np.flatnonzero(kept)
    return plan.activities.identity[rows], rows


def _columns(before: Plan, after: Plan) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Give what is demanded, but for what is to follow what, in numbers that mean the same in both plans."""
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
"""For each plan the number that both understand, by its own number; None where its own already is that."""


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
    # The appended -1 is what index -1 finds.
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
    """Give the members of each team, as the bytes of their shared numbers in order."""
    roster = plan.roster
    members = roster.team_members.astype(np.int64)
    if numbers is not None:
        members = numbers[members]
    ends = roster.team_offset.tolist()
    return [np.sort(members[ends[k] : ends[k + 1]]).tobytes() for k in range(len(ends) - 1)]


def _follow_others(before: Plan, after: Plan, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which rows follow another activity in one plan than in the other."""
    first, second = before.activities.predecessor[one], after.activities.predecessor[other]
    differ: NDArray[np.bool_] = (first >= 0) != (second >= 0)
    linked = np.flatnonzero((first >= 0) & (second >= 0))
    identities = before.activities.identity[first[linked]], after.activities.identity[second[linked]]
    differ[linked] = identities[0] != identities[1]
    return differ
