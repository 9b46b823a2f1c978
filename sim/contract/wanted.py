"""The demand before booking: a plan whose rows have the times and teams that were wanted."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Plan


def as_wanted(plan: Plan) -> Plan:
    """Return the rows of a plan with the times and teams as wanted, in the contract's order; data by row is left out.

    The rows of cancelled appointments stand among them. A plan without bookings is returned as it is.
    """
    wanted, order = demand(plan)
    if wanted is plan:
        return plan
    rows = wanted.activities
    place = np.append(np.empty(len(order), dtype=np.int64), -1)
    place[order] = np.arange(len(order))
    columns = {f.name: getattr(rows, f.name)[order] for f in fields(rows)}
    columns["predecessor"] = place[columns["predecessor"]]
    return replace(wanted, activities=type(rows)(**columns))


def demand(plan: Plan) -> tuple[Plan, NDArray[np.int64]]:
    """Return the rows as wanted in the order of the plan, those of cancelled appointments last, and the order to sort.

    Few rows are out of order, so they are sorted by unit, release and the first bits of the identity in one number.
    """
    setting, rows, roster = plan.setting, plan.activities, plan.roster
    if setting is None or setting.booked is None:
        return plan, np.arange(len(rows))
    booked = setting.booked
    columns = {f.name: getattr(rows, f.name) for f in fields(rows)}
    for name in ("release", "due", "start", "effort", "team"):
        columns[name] = columns[name].copy()
        columns[name][booked.altered.row] = getattr(booked.altered, name)
    if len(booked.left_out["identity"]):
        columns = {name: np.concatenate((column, booked.left_out[name])) for name, column in columns.items()}
    key = columns["unit"].astype(np.int64)
    bits = int(key.max(initial=0)).bit_length(), plan.horizon.bit_length()
    spare = np.iinfo(np.int64).bits - 1 - sum(bits)
    key = (key << bits[1] | columns["release"]) << spare
    key |= (columns["identity"] >> np.uint64(np.iinfo(np.uint64).bits - spare)).astype(np.int64)
    last = booked.teams
    wanted = replace(
        plan,
        activities=type(rows)(**columns),
        roster=replace(
            roster,
            team_unit=roster.team_unit[:last],
            team_offset=roster.team_offset[: last + 1],
            team_members=roster.team_members[: roster.team_offset[last]],
        ),
        setting=replace(setting, booked=None, checks=None, appraised=(), cases=(), topics=None),
    )
    return wanted, np.argsort(key, kind="stable")
