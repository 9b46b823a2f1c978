"""The demand before booking: a plan whose rows have the times and teams that were wanted."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sim.contract.plan import Plan


def as_wanted(plan: Plan) -> Plan:
    """Return the rows of a plan with the times and teams as wanted, in the contract's order; data by row is left out.

    The rows of cancelled appointments stand among them. A plan without bookings is returned as it is.
    """
    setting = plan.setting
    if setting is None or setting.booked is None:
        return plan
    booked, rows, roster = setting.booked, plan.activities, plan.roster
    columns = {f.name: getattr(rows, f.name) for f in fields(rows)}
    altered, left_out = booked.altered, booked.left_out
    for name in ("release", "due", "start", "effort", "team"):
        columns[name] = columns[name].copy()
        columns[name][altered.row] = getattr(altered, name)
    columns = {name: np.concatenate((column, left_out[name])) for name, column in columns.items()}
    order = np.lexsort((columns["identity"], columns["release"], columns["unit"]))
    place = np.append(np.empty(len(order), dtype=np.int64), -1)
    place[order] = np.arange(len(order))
    columns = {name: column[order] for name, column in columns.items()}
    columns["predecessor"] = place[columns["predecessor"]]
    last = booked.teams
    return replace(
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
