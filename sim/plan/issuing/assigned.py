"""Work that is still demanded: of units that take part, and of assignments that are neither abolished nor refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Broadcast, Report
from sim.domain.regime import named_entries
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.compliance import real_bodies
from sim.plan.issuing.bodies import calling_body, demanding_body
from sim.plan.issuing.issuing import assignment_of, is_above, occurrences, takes_part
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.lots import by_lot, comes_alone, pool_of, share_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.assignment import Cull
    from sim.domain.obligations import ObligationBase
    from sim.domain.rule import Rule
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.issuing.issuing import Series
    from sim.plan.issuing.lots import Item
    from sim.plan.rows.draft import Draft


def demanded(draft: Draft, name: str, obligation: ObligationBase, series: Series) -> Occurrences:
    """Draw the occurrences of the series that are still demanded; count those that a gate refuses.

    Units that take part in an occurrence for many units are chosen where it is addressed to them.
    """
    stream = f"obligations.{name}"
    found = occurrences(draft, stream, obligation, series)
    if obligation.part_of is not None and not isinstance(obligation, Broadcast | Report):
        number = assignment_of(draft, stream, obligation, series, found)
        found = found.where(takes_part(draft, obligation, number, series.unit[found.series]))
    if obligation.creep is not None:
        found = found.where(~is_spare(draft, name, obligation, series, found))
    found = found.where(~is_abolished(draft, name, obligation, series, found))
    refused = is_refused(draft, name, obligation, series, found)
    if obligation.admission is not None:
        draft.refused[stream] = int(refused.sum())
    found = found.where(~refused)
    return found.where(~is_ignored(draft, name, obligation, series, found))


def is_spare(
    draft: Draft, name: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences of spare programmes that no creep has brought into being, shape (occurrences,)."""
    creep = obligation.creep
    spare = series.programme[found.series] >= draft.regime.items(obligation)
    if creep is None or not spare.any():
        return spare
    work = _items(draft, name, obligation, creep, series, found)
    return spare & ~(_drawn(draft, name, obligation, work, creep, "creep", creep.more.value) & work.reached(creep))


def is_refused(
    draft: Draft, name: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences that a gate refuses, shape (occurrences,)."""
    gate = obligation.admission
    if gate is None:
        return np.zeros(len(found), dtype=np.bool_)
    work = _items(draft, name, obligation, gate, series, found)
    share = 1.0 - gate.admitted.value
    return _drawn(draft, name, obligation, work, gate, "admission", share) & work.reached(gate)


def is_ignored(
    draft: Draft, name: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences whose licence has expired and that units ignore, shape (occurrences,)."""
    licence = obligation.licence
    if licence is None:
        return np.zeros(len(found), dtype=np.bool_)
    work = _items(draft, name, obligation, licence, series, found)
    expired = _drawn(draft, name, obligation, work, licence, "licence", 1.0 - licence.renewed.value)
    u = draft.chance.uniform(f"obligations.{name}", "ignored", series.key[found.series], found.slot)
    return expired & (u < licence.ignored.value) & work.reached(licence)


def _drawn(
    draft: Draft, name: str, obligation: ObligationBase, work: Keyed, rule: Rule, attribute: str, share: float
) -> NDArray[np.bool_]:
    """Return True for occurrences of the share of items with the smallest lots, shape (occurrences,).

    Spare assignments and programmes have the lots of those that they are like.
    """
    if work.stream == f"obligations.{name}" and comes_alone(obligation):
        return work.number(attribute) < share
    pool = pool_of(draft.regime, rule.of)
    items = share_of(draft.chance, attribute, pool, by_lot(draft.chance, attribute, pool), share)
    numbers = [item.number for item in items if item.stream == work.stream]
    return np.isin(work.identity[0] % np.int64(max(pool[work.stream], 1)), numbers)


def is_abolished(
    draft: Draft, name: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences that a cull ends, shape (occurrences,)."""
    gone: set[Item] = set()
    left, dropped = np.ones(len(found)), np.zeros(len(found), dtype=np.bool_)
    for cull in culls_in_order(draft, obligation):
        taken = _taken(draft, cull, gone)
        gone |= set(taken)
        if cull not in obligation.culls:
            continue
        work = _items(draft, name, obligation, cull, series, found)
        in_force = work.reached(cull)
        if work.stream == f"obligations.{name}" and comes_alone(obligation):
            share = 1.0 if cull.share is None else cull.share.value
            left = np.where(in_force, left * (1.0 - share), left)
            ended = work.number("cull") >= left
        else:
            ended = np.isin(work.identity[0], [item.number for item in taken if item.stream == work.stream])
        dropped |= ended & in_force
    return dropped


def culls_in_order(draft: Draft, obligation: ObligationBase) -> list[Cull]:
    """List the culls on an obligation, each after the earlier culls on any obligation that it is written on."""
    found: list[Cull] = []
    for cull in obligation.culls:
        for name in named_entries(draft.regime, cull.of):
            culls = draft.regime.obligations[name].culls
            found += [one for one in culls[: culls.index(cull)] if one not in found]
        found.append(cull)
    return found


def _taken(draft: Draft, cull: Cull, gone: set[Item]) -> list[Item]:
    """List the items that a cull abolishes among those left."""
    pool = pool_of(draft.regime, cull.of)
    items = [item for item in by_lot(draft.chance, "cull", pool) if item not in gone]
    if cull.share is not None:
        return share_of(draft.chance, "cull", pool, items, cull.share.value)
    if cull.kept is not None:
        return items[: max(0, len(items) - cull.kept.value)]
    return items if cull.number is None else items[: cull.number.value]


def _items(
    draft: Draft, name: str, obligation: ObligationBase, rule: Rule, series: Series, found: Occurrences
) -> Keyed:
    """Return the occurrences keyed by the assignment, the programme, or the occurrence that a rule ends as a whole."""
    stream = f"obligations.{name}"
    if obligation.part_of is not None and obligation.part_of in rule.of:
        number = assignment_of(draft, stream, obligation, series, found)
        body = _handing_body(draft, obligation, series, found, number)
        return Keyed(draft, f"assignments.{obligation.part_of}", (number,), found.second, body, obligation.guards)
    unit, programme = series.unit[found.series], series.programme[found.series]
    body = (
        calling_body(draft, stream, obligation, series, found)
        if isinstance(obligation, Broadcast)
        else demanding_body(draft, name, obligation, unit, programme, found.slot)
    )
    identity = (series.key[found.series], found.slot) if comes_alone(obligation) else (programme,)
    return Keyed(draft, stream, identity, found.second, body, obligation.guards)


def _handing_body(
    draft: Draft, obligation: ObligationBase, series: Series, found: Occurrences, number: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return the body that hands down the assignment of each occurrence; all parts of one have the same body."""
    assert obligation.part_of is not None
    issuer, keys = draft.regime.assignments[obligation.part_of].issuer, draft.staff.keys
    units, unit = draft.staff.units(issuer), series.unit[found.series]
    own = combine(text_key(issuer, obligation.part_of), number)
    if not len(units):
        return own
    if is_above(draft, issuer, obligation.on):
        return keys[np.where(unit >= 0, draft.staff.ancestor(np.maximum(unit, 0), issuer), units[0])]
    place = (own % np.uint64(draft.regime.organisation.real_count(issuer))).astype(np.int64)
    return real_bodies(issuer, keys[units], place)
