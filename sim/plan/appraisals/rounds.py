"""Rounds of appraisal: announced examinations of one unit that one team carries out together.

The examinations of a year belong to one round if they recur yearly, else those of a month. A lot decides which
programme leads; all take place on its day. Examinations that are not joined are each a round of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.plan.inspections.joint_visits import Groups, grouped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Appraisal
    from sim.plan.appraisals.examined import Examinations
    from sim.plan.issuing.keyed import Keyed


@dataclass(frozen=True)
class Rounds:
    """Announced examinations with the rounds they belong to; all arrays have shape (examinations,)."""

    told: Examinations
    """Moved to the day of their round."""
    groups: Groups
    seats: NDArray[np.int64]
    """Examiners that the programme sends; 0 if the team has no room."""
    leader: NDArray[np.int64]
    """Index of the examination that leads the round; its hosting is booked under it."""

    @property
    def leads(self) -> NDArray[np.bool_]:
        """Return True for the examinations that lead."""
        leads: NDArray[np.bool_] = self.leader == np.arange(len(self.leader))
        return leads

    def hosting(self, appraisal: Appraisal, length: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the seconds of the round's visit: its longest `length`, and a margin of each other one."""
        first, laid = self.groups.first, length[self.groups.order]
        if not len(first):
            return length
        longest = np.maximum.reduceat(laid, first)
        margin = 0.0 if appraisal.joint is None else appraisal.joint.marginal_hosting.value
        rest = np.add.reduceat(laid, first) - longest
        return self.groups.spread(longest + np.rint(margin * rest).astype(np.int64))

    def left(self, appraisal: Appraisal, preparation: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the share of each examination's preparation that is done: all of the round's longest, part of others.

        `preparation` has the seconds of all ledgers and reports of an examination.
        """
        if appraisal.joint is None or not len(preparation):
            return np.ones(len(preparation))
        whole = self.groups.unsort(self.groups.longest(preparation[self.groups.order]))
        return np.where(whole, 1.0, 1.0 - appraisal.joint.shared_preparation.value)


def in_rounds(appraisal: Appraisal, told: Examinations, keyed: Keyed) -> Rounds:
    """Group announced examinations into rounds, and move each to the day of the one that leads its round."""
    joint, alone = appraisal.joint, -1 - np.arange(len(told.unit))
    round_of, room = alone, appraisal.examiners.value
    if joint is not None:
        year = appraisal.recurrence.value.every == "yearly"
        due = np.zeros_like(alone) if year else keyed.draft.staff.timeline(appraisal.on).month_of(told.start)
        round_of = np.where(keyed.reached(joint), due, alone)
        room = joint.team.value
    groups = grouped(told.unit, round_of, keyed.number("lead"))
    leader = groups.spread(groups.order[groups.first])
    place = groups.unsort(groups.place)
    seats = np.where(place == 0, appraisal.examiners.value, appraisal.examiners.value + place <= room).astype(np.int64)
    moved = replace(
        told,
        start=told.start[leader],
        looker=np.where(seats > 0, told.number, told.number[leader]),
    )
    return Rounds(moved, groups, seats, leader)
