"""Groups of units that run together: units that send work to each other. Senders run before receivers.

A unit that gets no work back runs from the first second to the last in one go, which is fast, since its data lie close
together in memory. Only units of one group advance in turn, from opening to opening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.contract.plan import Plan
    from sim.engine.compiled.kernel_roster import Lists


def lay_out_groups(plan: Plan, lists: Lists) -> Any:
    """Return each group's begin and end in the lists: senders before receivers, units without exchange last."""
    units = len(plan.roster.unit_shift)
    receiver, sender = _exchanges(plan)
    sources: dict[int, list[int]] = {}
    for one, other in zip(receiver.tolist(), sender.tolist(), strict=True):
        sources.setdefault(one, []).append(other)
    groups = list(circles(sources))
    apart = np.ones(units, dtype=np.bool_)
    apart[receiver] = apart[sender] = False
    alone = np.flatnonzero(apart)
    members = np.array([unit for group in groups for unit in group], dtype=np.int64)
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    places = lists.add(np.append(members, alone), np.append(sizes, np.ones_like(alone)))
    return np.stack(places, axis=1)


def _exchanges(plan: Plan) -> Any:
    """Return the pairs of receiving and sending unit, each once, shape (2, pairs)."""
    rows, units = plan.activities, len(plan.roster.unit_shift)
    if rows.predecessor.max(initial=-1) < 0:
        return np.zeros((2, 0), dtype=np.int64)
    follower = np.flatnonzero(rows.predecessor >= 0)
    receiver, sender = rows.unit[follower].astype(np.int64), rows.unit[rows.predecessor[follower]]
    return np.divmod(np.unique((receiver * units + sender)[receiver != sender]), units)


def circles(sources: dict[int, list[int]]) -> Iterator[list[int]]:
    """Yield the groups of units that reach each other, each after the groups it receives from (Tarjan 1972)."""
    number: dict[int, int] = {}
    least: dict[int, int] = {}
    waiting: dict[int, None] = {}
    for root, senders in sources.items():
        path = [] if root in number else [(root, iter(senders))]
        while path:
            unit, rest = path[-1]
            if unit not in number:
                number[unit] = least[unit] = len(number)
                waiting[unit] = None
            for other in rest:
                if other not in number:
                    path.append((other, iter(sources.get(other, ()))))
                    break
                if other in waiting:
                    least[unit] = min(least[unit], number[other])
            else:
                path.pop()
                if path:
                    least[path[-1][0]] = min(least[path[-1][0]], least[unit])
                if least[unit] == number[unit]:
                    circle = []
                    while unit in waiting:
                        circle.append(waiting.popitem()[0])
                    yield sorted(circle)
