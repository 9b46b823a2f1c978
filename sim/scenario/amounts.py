"""Checks of amounts: nothing that divides is zero, and no piece of work asks for more cadres than there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.domain.calendar import working_days
from sim.domain.obligations import Report
from sim.scenario.broken import Broken

if TYPE_CHECKING:
    from sim.domain.organisation import UnitType
    from sim.domain.pool import FieldPool
    from sim.scenario.ordered import Way
    from sim.scenario.scenario import Scenario


_ZERO = {
    "count": ("；否则连同下级单位都不存在，没有可模拟的人", "; with none, the units below it do not exist either"),
    "home_visit": ("；空余时间折算成入户次数时以它为除数", "; free time is divided by it"),
}
"""Reasons by field, in zh and en."""


def empty_amounts(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each number that is zero but divides, or that leaves no unit to simulate.

    A unit type of which there is none may be written as `count: 0`, unless other units are below it or none is left.
    """
    organisation = scenario.organisation
    found: dict[Way, Any] = {("organisation", "jurisdictions"): getattr(organisation, "jurisdictions", None)}
    above = {unit.parent for unit in organisation.units.values()}
    none = not any(unit.count.value for unit in organisation.units.values())
    found["policy", "home_visit"] = getattr(scenario.policy, "home_visit", None)
    for name, unit in organisation.units.items():
        if name in above or none:
            found["organisation", "units", name, "count"] = unit.count
        found["organisation", "units", name, "represents"] = unit.represents
    for section in ("obligations", "demand"):
        for name, entry in getattr(scenario, section).items():
            found[section, name, "kinds"] = getattr(entry, "kinds", None)
    for way, quantity in found.items():
        if quantity is not None and quantity.value == 0:
            zh, en = _ZERO.get(str(way[-1]), ("", ""))
            yield Broken(way, f"须大于零{zh}", f"must be more than zero{en}")


def more_fields_than_there_are(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each form that asks for more fields than its line of work has."""
    pools: Mapping[str, FieldPool] = getattr(scenario.policy, "pools", {})
    for name, entry in scenario.obligations.items():
        pool = pools.get(getattr(entry, "domain", ""))
        if isinstance(entry, Report) and pool is not None and entry.fields.value > pool.universe.value:
            there = pool.universe.value
            yield Broken(
                ("obligations", name, "fields"),
                f"业务领域“{entry.domain}”只有 {there} 个数据项；至多写 {there}",
                f"the line of work '{entry.domain}' has {there} fields; write at most {there}",
            )


class _Seats(NamedTuple):
    """Cadres that each piece of work of an entry takes from one unit."""

    way: Way
    unit: str
    posts: tuple[str, ...] | None
    number: int
    calls: bool = False
    """Whether they are the callers of an appointment."""


def seats_without_holders(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each piece of work with more seats than the posts that fill them have holders.

    Callers may come from a unit type without any cadre: no visit of theirs takes place.
    """
    units = scenario.organisation.units
    for name, entry in scenario.obligations.items():
        for seats in _seats(scenario, ("obligations", name), entry):
            unit = units.get(seats.unit)
            if unit is None or any(post not in unit.posts for post in seats.posts or ()):
                continue
            there = _holders(unit, seats.posts)
            if seats.number > there and not (seats.calls and _holders(unit, None) == 0):
                yield Broken(
                    seats.way,
                    f"每次要 {seats.number} 人，而每个“{seats.unit}”只有 {there} 人可去；至多写 {there}",
                    f"each takes {seats.number} cadres, but each '{seats.unit}' has {there} for it;"
                    f" write at most {there}",
                )


def quorums_without_seats(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each quorum of an obligation's own that its seats can never reach."""
    for name, entry in scenario.obligations.items():
        booking = getattr(entry, "booking", None)
        if booking is None:
            continue
        gathers = entry.kind in ("meeting", "training")
        ends = {"callers": ("inspectors", "examiners", "seats"), "called": ("hosts",)}
        if gathers:
            ends = {"callers": ("hosts",), "called": ("attendees",)}
        for end, fields in ends.items():
            quorum = getattr(booking, end)
            seats = next((value.value for field in fields if (value := getattr(entry, field, None)) is not None), None)
            several = gathers and end == "called"
            if quorum is None or seats is None or several or quorum.value <= seats:
                continue
            yield Broken(
                ("obligations", name, "booking", end),
                f"至少要到 {quorum.value} 人，而这一方只有 {seats} 个席位；至多写 {seats}",
                f"{quorum.value} cadres must come, but this end has {seats} seats; write at most {seats}",
            )


def appointments_without_days(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each obligation with appointments on days that the issuer does not work, and no tolerance."""
    units, calendar = scenario.organisation.units, scenario.calendar
    usual = getattr(getattr(scenario.policy, "booking", None), "tolerance", None)
    year, shifts = getattr(calendar, "year", None), getattr(calendar, "shifts", None) or {}
    for name, entry in scenario.obligations.items():
        here, there = (units.get(getattr(entry, end, "")) for end in ("on", "issuer"))
        own = getattr(getattr(entry, "booking", None), "tolerance", None)
        tolerance = own or usual
        if not hasattr(entry, "booking") or here is None or there is None or tolerance is None or tolerance.value:
            continue
        both = [shifts[unit.shift] for unit in (here, there) if unit.shift in shifts]
        if year is None or len(both) < len((here, there)):
            continue
        days, issuers = (set(working_days(shift, year)) for shift in both)
        if lost := days - issuers:
            yield Broken(
                ("policy", "booking", "tolerance") if own is None else ("obligations", name, "booking", "tolerance"),
                f"“{entry.on}”上班而“{entry.issuer}”不上班的有 {len(lost)} 天；排在这些天的“{name}”不能改期，都会取消；"
                "至少写 1 workday",
                f"'{entry.on}' works on {len(lost)} days on which '{entry.issuer}' does not; '{name}' cannot be moved"
                " from them and would be cancelled; write at least 1 workday",
            )


def work_for_nobody(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each obligation and stream of demand whose unit type has nobody to do it."""
    units = scenario.organisation.units
    for section in ("obligations", "demand"):
        for name, entry in getattr(scenario, section).items():
            unit, posts = units.get(getattr(entry, "on", "")), getattr(entry, "posts", None)
            if unit is None or unit.tier == "enterprise" or any(post not in unit.posts for post in posts or ()):
                continue
            if _holders(unit, posts) == 0:
                yield Broken(
                    (section, name, "on" if posts is None else "posts"),
                    f"“{entry.on}”没有人来做这件事；给岗位加人（headcount），或用 ~{name}: 删去它",
                    f"'{entry.on}' has nobody to do this; raise a headcount, or delete it with ~{name}:",
                )


def _seats(scenario: Scenario, way: Way, entry: Any) -> Iterator[_Seats]:
    """Yield the seats of the unit addressed, of its parent, and of the units that a meeting is relayed to."""
    units = scenario.organisation.units
    gathers = entry.kind in ("meeting", "training")
    own = ("attendees",) if gathers else ("preparers", "hosts", "readers", "seats")
    for field in own:
        if (number := getattr(entry, field, None)) is not None:
            yield _Seats((*way, field), entry.on, entry.posts, number.value)
    called = ("hosts",) if gathers else ("inspectors", "examiners")
    for field in called:
        if (number := getattr(entry, field, None)) is not None:
            yield _Seats((*way, field), entry.issuer, None, number.value, calls=True)
    relay, escort = getattr(entry, "relay", None), getattr(entry, "escort", None)
    if relay is not None:
        yield _Seats((*way, "relay", "attendees"), relay.to, None, relay.attendees.value)
        yield _Seats((*way, "relay", "hosts"), entry.on, None, relay.hosts.value)
    parent = units[entry.on].parent if entry.on in units else None
    if escort is not None and parent is not None:
        yield _Seats((*way, "escort", "seats"), parent, escort.posts, escort.seats.value)


def _holders(unit: UnitType, posts: tuple[str, ...] | None) -> int:
    return sum(unit.posts[post].headcount.value for post in posts or unit.posts)
