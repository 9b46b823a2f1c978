"""Regimes for tests: a small county written by hand, obligations with constant times, and the rows of their plan.

The county: one county office, three departments that stand for six, one township (a leader and three staff), two
villages (a secretary and two members). Everybody works 08:00-12:00 and 14:00-18:00 on the working days of 2024.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.contract.plan import Activities
from sim.contract.wanted import as_wanted
from sim.domain.category import CATEGORIES, PARTS
from sim.domain.regime import Regime
from sim.plan.year import plan_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.contract.plan import Plan

Entry = dict[str, Any]

ROOT = 7
MINUTE, HOUR, DAY = 60, 3_600, 86_400
TO_TOWNSHIP = 40 * MINUTE
"""One-way journey from the township to the county's seat."""
TO_VILLAGE = 20 * MINUTE
"""One-way journey from a village to the township's seat."""
YEAR = 2024


def label(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


def shift(**changes: Any) -> Entry:
    return {"hours": ("08:00-12:00", "14:00-18:00"), "evening": "19:00", **changes}


def unit_type(tier: str, count: int, posts: Mapping[str, int], **changes: Any) -> Entry:
    """Return a unit type whose posts all have the role `<tier>_cadre`; townships and villages visit homes."""
    return {
        "label": label(tier),
        "tier": tier,
        "count": count,
        "shift": "office",
        "posts": {
            name: {"role": f"{tier}_cadre", "headcount": number, "visits_homes": tier in {"township", "village"}}
            for name, number in posts.items()
        },
        **changes,
    }


def units(*, villages: int = 2, departments: int = 3, represents: int = 2, **changes: Entry) -> dict[str, Entry]:
    county = unit_type("county", 1, {"staff": 2})
    department = unit_type(
        "county", departments, {"clerks": 2}, parent="county_office", travel="10 min", represents=represents
    )
    township = unit_type("township", 1, {"leader": 1, "staff": 3}, parent="county_office", travel="40 min")
    village = unit_type("village", villages, {"secretary": 1, "members": 2}, parent="township", travel="20 min")
    usual = {"county_office": county, "department": department, "township": township, "village": village}
    return {name: {**entry, **changes.get(name, {})} for name, entry in usual.items()}


def regime(
    obligations: Mapping[str, Entry] | None = None,
    demand: Mapping[str, Entry] | None = None,
    *,
    assignments: Mapping[str, Entry] | None = None,
    calendar: Entry | None = None,
    organisation: Mapping[str, Entry] | None = None,
    policy: Entry | None = None,
) -> Regime:
    """Return a valid regime of the small county."""
    organisation = organisation if organisation is not None else units()
    policy = policy or {}
    lines = {e.get("domain", "common") for e in (obligations or {}).values() if e["kind"] == "report"}
    pools = {line: pool(**policy.get("pools", {}).get(line, {})) for line in sorted({*lines, *policy.get("pools", {})})}
    usual = {"switching_cost": "4 min", "home_visit": "45 min", "hourly_cost": 40.0}
    roles = {post["role"] for unit in organisation.values() for post in unit["posts"].values()}
    return Regime.model_validate(
        {
            "calendar": {"year": YEAR, "shifts": {"office": shift()}, **(calendar or {})},
            "organisation": {"roles": {role: label(role) for role in sorted(roles)}, "units": dict(organisation)},
            "obligations": {name: {"label": label(name), **entry} for name, entry in (obligations or {}).items()},
            "demand": {name: {"label": label(name), **entry} for name, entry in (demand or {}).items()},
            "assignments": {name: {"label": label(name), **entry} for name, entry in (assignments or {}).items()},
            "policy": {**usual, **policy, "pools": pools},
        }
    )


def meeting(**changes: Any) -> Entry:
    """The county office calls two of each township to a two-hour meeting, once a month."""
    usual = {"issuer": "county_office", "on": "township", "recurrence": "monthly", "attendees": 2, "length": "2 h"}
    return {"kind": "meeting", **usual, **changes}


def document(**changes: Any) -> Entry:
    """A monthly document of the county office to the townships, read by two, never acted on."""
    usual = {"issuer": "county_office", "on": "township", "recurrence": "monthly", "readers": 2, "reading": "20 min"}
    return {"kind": "document", **usual, "acted_on": "0%", "action": "5 h", "due": "5 workdays", **changes}


def channel(**changes: Any) -> Entry:
    """Four groups of a village looked through twice a day, three seconds each."""
    usual = {"issuer": "township", "on": "village", "recurrence": "daily", "groups": 4, "switching": "3 s"}
    return {"kind": "channel", **usual, "checks": 2, "notices": 10, "reading": "30 s", **changes}


def check_in(**changes: Any) -> Entry:
    """Three entries of two minutes by each village cadre every working day."""
    usual = {"issuer": "department", "on": "village", "recurrence": "daily", "entries": 3, "entering": "2 min"}
    return {"kind": "check_in", **usual, **changes}


def report(**changes: Any) -> Entry:
    """A monthly form of ten fields, asked of villages by departments."""
    usual = {"issuer": "department", "on": "village", "recurrence": "monthly", "fields": 10}
    return {"kind": "report", **usual, "popularity": 2.0, "due": "5 workdays", **changes}


def pool(**changes: Any) -> Entry:
    """A hundred fields, all of them in own records."""
    usual = {"universe": 100, "at_hand": "20 workdays", "known": "0%", "recorded": "100%", "asked": "0%", "holders": 10}
    times = {"look_up": "30 min", "asking": "10 min", "turnaround": "4 h", "round": "2 h"}
    return {**usual, **times, "entering": "2 min", "checking": "90 s", "sign_off": "36 s", **changes}


def inspection(**changes: Any) -> Entry:
    """Departments visit each village monthly for two hours, announced five working days before."""
    usual = {"issuer": "department", "on": "village", "recurrence": "monthly", "notice": "5 workdays"}
    times = {"preparation": "6 h", "preparers": 2, "length": "2 h", "hosts": 2, "inspectors": 2}
    return {"kind": "inspection", **usual, **times, "sight": "10%", **changes}


def appraisal(**changes: Any) -> Entry:
    """Departments appraise each township in December: four ledgers, a self-report, a visit."""
    usual = {"issuer": "department", "on": "township", "recurrence": {"every": "yearly", "months": (12,)}}
    times = {"indicators": 4, "ledger": "3 h", "self_report": "8 h", "notice": "10 workdays", "length": "4 h"}
    return {"kind": "appraisal", **usual, **times, "hosts": 3, "examiners": 2, **changes}


def duty(**changes: Any) -> Entry:
    """Weekly routine of a village."""
    usual = {"issuer": "village", "on": "village", "recurrence": "weekly", "effort": "2 h"}
    return {"kind": "duty", **usual, **changes}


def request(**changes: Any) -> Entry:
    """Ten matters a week at a village, of forty kinds."""
    usual = {"on": "village", "rate": "10 per week", "kinds": 40, "concentration": 1.0}
    return {"kind": "request", **usual, "handling": "30 min", "patience": "3 days", "service_level": "2 h", **changes}


def problem(**changes: Any) -> Entry:
    """Fifty hazards a year in a village; residents report half of them after two days."""
    usual = {"on": "village", "rate": "50 per year", "patrol": "20 h", "reported": "50%", "report_after": "48 h"}
    return {"kind": "problem", **usual, **changes}


def plan_of(made: Regime, replication: int = 0, root: int = ROOT) -> Plan:
    return plan_year(made, root, replication)


def wanted_of(made: Regime, replication: int = 0, root: int = ROOT) -> Plan:
    """Return the demand before booking: all rows at the times and with the teams that were wanted."""
    return as_wanted(plan_of(made, replication, root))


class Row(NamedTuple):
    """One activity with names in place of numbers; times in seconds."""

    row: int
    identity: int
    unit: str
    part: str
    category: str
    issuer: str | None
    team: tuple[str, ...]
    """Names of the cadres."""
    seats: int
    release: int
    due: int
    start: int
    effort: int
    travel: int
    predecessor: int
    patience: int

    @property
    def day(self) -> int:
        return self.release // DAY


def rows_of(plan: Plan, name: str | None = None, part: str | None = None, unit: str | None = None) -> list[Row]:
    """Return rows of a plan: of an obligation or stream, of a part, of units whose name contains `unit`."""
    setting, rows, roster = plan.setting, plan.activities, plan.roster
    assert setting is not None
    chosen = _chosen(plan, name, part, unit)
    names, edges = [setting.cadre_names[cadre] for cadre in roster.team_members], roster.team_offset.tolist()
    teams = [tuple(names[first:last]) for first, last in pairwise(edges)]

    def named(column: str, words: Sequence[Any]) -> Iterator[Any]:
        return (words[number] for number in getattr(rows, column)[chosen].tolist())

    words = {
        "unit": setting.unit_names,
        "part": [part.value for part in PARTS],
        "category": [category.value for category in CATEGORIES],
        "issuer": (*setting.issuers, None),
        "team": teams,
    }
    columns = (
        named(column, words[column]) if column in words else getattr(rows, column)[chosen].tolist()
        for column in Row._fields[1:]
    )
    return list(map(Row, chosen.tolist(), *columns))


def _chosen(plan: Plan, name: str | None, part: str | None, unit: str | None) -> NDArray[np.int64]:
    setting, rows = plan.setting, plan.activities
    assert setting is not None
    chosen = np.ones(len(rows), dtype=np.bool_)
    if name is not None:
        mine = np.array([entry.partition(".")[2] == name for entry in setting.obligations], dtype=np.bool_)
        chosen &= mine[rows.obligation]
    if part is not None:
        chosen &= rows.part == PARTS.index(part)  # type: ignore[arg-type]
    if unit is not None:
        here = (unit in name.rpartition("/")[2] for name in setting.unit_names)
        chosen &= np.fromiter(here, dtype=np.bool_)[rows.unit]
    return np.flatnonzero(chosen)


def by_identity(rows: list[Row]) -> dict[int, Row]:
    return {row.identity: row for row in rows}


def same_bytes(one: Plan, other: Plan) -> bool:
    """Return whether every column and the roster are equal to the byte."""
    columns = all(
        getattr(one.activities, f.name).tobytes() == getattr(other.activities, f.name).tobytes()
        for f in fields(Activities)
    )
    rosters = all(
        getattr(one.roster, f.name).tobytes() == getattr(other.roster, f.name).tobytes() for f in fields(one.roster)
    )
    return columns and rosters


def demanded(plan: Plan, name: str | None = None, part: str | None = None, unit: str | None = None) -> float:
    """Return the hours demanded: number x seats x time."""
    chosen, rows = _chosen(plan, name, part, unit), plan.activities
    return int((rows.effort[chosen] * rows.seats[chosen]).sum()) / HOUR


def everything(**changes: Any) -> Regime:
    """Return one of each kind of obligation and demand, with times that vary; `changes` as for `regime`."""
    varied = "lognormal(mean=2 h, cv=0.5)"
    relay = {"to": "village", "share": "50%", "length": varied, "after": "2 workdays", "attendees": 1, "hosts": 1}
    passed = {"to": "village", "share": "50%", "drafting": varied, "readers": 2, "reading": "25 min"}
    collation = {"effort": "15 min", "wrong": "2%", "rework": varied}
    fields = {"known": "20%", "recorded": "50%", "asked": "50%", "turnaround": "lognormal(mean=4 h, cv=1)"}
    rectification = {"share": "40%", "effort": varied, "due": "10 workdays"}
    obligations = {
        "call": meeting(issuer="department", invited="60%", hosts=2, preparation=varied, length=varied, relay=relay),
        "paper": document(issuer="department", recurrence="90 per year", acted_on="40%", drafting=varied,
                          action=varied, passed_down=passed),
        "groups": channel(recurrence="weekly"),
        "app": check_in(recurrence="weekly", present="70%"),
        "form": report(domain="all", programmes=4, sign_off_posts=("secretary",), collation=collation,
                       receiving="8 min"),
        "asked": report(domain="all", recurrence="40 per year", fields=3, receiving="5 min"),
        "check": inspection(part_of="list", length=varied, preparation=varied, escort={"seats": 1},
                            rectification=rectification),
        "check_above": inspection(part_of="list", on="township", length=varied),
        "check_weekly": inspection(issuer="township", recurrence="weekly", length="1 h", preparation="1 h"),
        "year_end": appraisal(programmes=3, ledger=varied),
        "routine": duty(per_cadre=True, effort=varied),
    }  # fmt: skip
    demand = {
        "matters": request(handling=varied),
        "papers": request(kind="certificate", rate="4 per week"),
        "hazard": problem(),
    }
    policy = {**changes.pop("policy", {}), "pools": {"all": fields}}
    assignments = {"list": {"issuer": "department", "number": 3}}
    return regime(obligations, demand, policy=policy, assignments=assignments, **changes)
