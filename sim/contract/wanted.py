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
    if plan.setting is None or plan.setting.booked is None:
        return plan
    wanted, _ = demand(plan)
    rows, left_out = wanted.activities, plan.setting.booked.left_out
    columns = {f.name: np.concatenate((getattr(rows, f.name), left_out[f.name])) for f in fields(rows)}
    order = np.lexsort((columns["identity"], columns["release"], columns["unit"]))
    place = np.append(np.empty(len(order), dtype=np.int64), -1)
    place[order] = np.arange(len(order))
    columns = {name: column[order] for name, column in columns.items()}
    columns["predecessor"] = place[columns["predecessor"]]
    return replace(wanted, activities=type(rows)(**columns))


def demand(plan: Plan) -> tuple[Plan, NDArray[np.int64]]:
    """Return the rows held, as wanted and in the order of the plan, and the order to sort by.

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


def rows_of(plan: Plan, identity: NDArray[np.uint64]) -> Plan:
    """Return the demand of a plan with only the rows of some identities (sorted), held or cancelled."""
    wanted, _ = demand(plan)
    rows = wanted.activities
    held = np.flatnonzero(is_among(rows.identity, identity))
    columns = {f.name: getattr(rows, f.name)[held] for f in fields(rows)}
    if plan.setting is not None and plan.setting.booked is not None:
        left_out = plan.setting.booked.left_out
        columns = {name: np.concatenate((column, left_out[name])) for name, column in columns.items()}
    return replace(wanted, activities=type(rows)(**columns))


def is_among(identity: NDArray[np.uint64], some: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return True for the identities that are among some others, which are sorted and few."""
    if not len(some):
        return np.zeros(len(identity), dtype=np.bool_)
    found: NDArray[np.bool_] = some[np.minimum(np.searchsorted(some, identity), len(some) - 1)] == identity
    return found
