"""An invented comparison for tests of pictures and pages: realistic in size and shape, data of no real place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
from numpy.random import Generator

from sim.domain.category import CATEGORIES
from sim.experiment.comparison import CadreChange, Comparison, Passport, Row, Side, SplitRow, TwinCheck, WeekSpan
from sim.metrics.definitions import WAIT_EDGES_HOURS
from sim.metrics.metric import Metric
from sim.metrics.outcome import Ground
from sim.metrics.splits import SPLITS
from sim.metrics.table import METRICS
from sim.report.inputs import InputRow

ROLES = ("county_department_staff", "township_cadre", "village_cadre")
REGULAR = {"county_department_staff": 40.0, "township_cadre": 40.0, "village_cadre": 42.0}
CADRES = (14, 18, 26)
YEAR = 2025
WEEKS = tuple((date(2024, 12, 30) + timedelta(weeks=week)).isoformat() for week in range(53))
HOLIDAY_WEEKS = (4, 5, 17, 39, 40)

#    meetings travel documents reports inspections their travel channels service other outreach unassigned
HOURS = np.array([
    [5.0, 1.5, 6.0, 9.0, 5.0, 1.0, 3.5, 9.0, 4.0, 0.4, 0.2],
    [7.5, 2.0, 4.0, 11.0, 5.5, 0.5, 5.0, 11.2, 3.5, 0.7, 0.4],
    [4.5, 1.0, 1.5, 13.0, 4.8, 0.2, 4.7, 11.0, 3.0, 1.4, 0.9],
])  # fmt: skip
KEPT = np.array([
    [0.95, 0.95, 1.0, 1.02, 0.90, 0.90, 1.0, 1.04, 1.0],
    [0.92, 0.93, 1.0, 0.82, 0.62, 0.62, 1.0, 1.03, 1.0],
    [1.0, 1.0, 1.0, 0.70, 0.55, 0.55, 1.0, 1.05, 1.0],
])  # fmt: skip
LABELS = {
    "role.county_department_staff": {"zh": "县直部门干部", "en": "County department staff"},
    "role.township_cadre": {"zh": "乡镇（街道）干部", "en": "Township cadre"},
    "role.village_cadre": {"zh": "村（社区）干部", "en": "Village cadre"},
    "unit.county_department": {"zh": "县直部门", "en": "County department"},
    "unit.township": {"zh": "乡镇", "en": "Township"},
    "unit.village": {"zh": "村", "en": "Village"},
    "obligation.county_inspection": {"zh": "县级督查", "en": "County inspection"},
    "obligation.monthly_form": {"zh": "月度报表", "en": "Monthly form"},
    "obligation.requests": {"zh": "群众诉求", "en": "Residents’ requests"},
    "obligation.certificates": {"zh": "证明", "en": "Certificates"},
}
SPLIT_NAMES = {
    "post": ("township/leaders", "village/secretary"),
    "unit": ("county_office.01/township.01", "county_office.01/township.01/village.03"),
    "issuer": ("village/county_department", "village/residents"),
    "obligation": ("village/county_inspection", "village/monthly_form"),
}
_SCOPES = {
    "role": ROLES,
    "issuer": tuple(f"{role}/{issuer}" for role in ROLES for issuer in ("city", "county_department", "residents")),
    "category": tuple(f"{role}/{category.value}" for role in ROLES for category in CATEGORIES),
    "stream": ("all", "requests", "certificates"),
    "all": ("all",),
}


def comparison(*, effect: float = 1.0, replications: int = 20, seed: int = 7, **changes: Any) -> Comparison:
    """Return an invented comparison; with `effect` 0 only noise changes, below 0 things become worse."""
    chance = np.random.Generator(np.random.PCG64(seed))
    after = _after(effect)
    weekly_before, over_before = _weekly(HOURS, replications, chance)
    weekly_after, over_after = _weekly(after, replications, chance)
    made = Comparison(
        before=Side(
            {"zh": "嘉禾县：改革前", "en": "Jiahe county: before"}, HOURS, weekly_before, over_before, _waits(1)
        ),
        after=Side(
            {"zh": "嘉禾县：改革后", "en": "Jiahe county: after"},
            after,
            weekly_after,
            over_after,
            _waits(1 - effect / 4),
        ),
        ground=ground(),
        rows=tuple(_rows(effect, replications, chance)),
        splits=tuple(_splits(effect, replications)),
        primaries=(("formality_hours", "village_cadre"), ("overtime_hours", "village_cadre")),
        cadres=tuple(_cadres(effect, replications, chance)),
        twin_check=TwinCheck(compared=48_210, changed=0),
        passport=passport(),
        labels=LABELS,
        replications=replications,
        root=20241121,
        manifest={
            "version": "0.1.0",
            "before": "7c1f0f6b52a0",
            "after": "e90d1c34a7b8",
            "root": 20241121,
            "replications": replications,
            "engine": "reference",
            "platform": "Linux, Python 3.11",
        },
    )
    return replace(made, **changes)


def ground() -> Ground:
    names = [f"{role.split('_')[0]} {n // 3 + 1}/clerk/{n % 3 + 1}" for role, count in zip(ROLES, CADRES, strict=True)
             for n in range(count)]  # fmt: skip
    return Ground(
        roles=ROLES,
        cadre_role=np.repeat(np.arange(3), CADRES),
        cadre_name=tuple(names),
        year=YEAR,
        week_monday=WEEKS,
        holiday_weeks=HOLIDAY_WEEKS,
        regular_hours=REGULAR,
        represents={"county_department_staff": 20.0, "township_cadre": 12.0, "village_cadre": 30.0},
    )


def inputs() -> list[InputRow]:
    return [
        InputRow("levers.cull.number", "6", "reported", "s3_jiayu_inspection_items_cut", "B",
                 {"zh": "报道称检查事项比上年减少6项。", "en": "Six inspection items fewer than the year before."}),
        InputRow("levers.share_one_form.store.records", "720,000", "reported", "s3_jiayu_one_form_records", "B",
                 {"zh": "共享库有72万条记录。", "en": "The store holds 720,000 records."}),
        InputRow("levers.share_one_form.fresh", "30 days", "derived", "s3_jiayu_update_cycle", "B",
                 {"zh": "每月更新一次。", "en": "Renewed once a month."}),
        InputRow("obligations.monthly_form.receiving", "lognormal(mean=12 min, cv=0.8)", "assumed", "", "",
                 {"zh": "没有来源，按填表者自述的时间设定。", "en": "No source; set near what form fillers say."}),
        InputRow("demand.requests.rate", "每周 9 次", "calibrated", "hours_village_cadre_required", "A",
                 {"zh": "", "en": ""}),
    ]  # fmt: skip


def passport() -> Passport:
    before = [
        (0, 8.5, 10, "channels"), (0, 10, 12, "reports"), (0, 14, 16, "inspections"), (0, 16, 17.5, "reports"),
        (0, 18.5, 20.5, "reports"), (1, 8.5, 9, "channels"), (1, 9, 9.5, "meeting_travel"), (1, 9.5, 11.5, "meetings"),
        (1, 11.5, 12, "meeting_travel"), (1, 14, 15, "service"), (1, 15, 17.5, "inspections"),
        (1, 18.5, 21, "inspections"), (2, 8.5, 11, "inspections"), (2, 11, 12, "service"), (2, 14, 17.5, "reports"),
        (3, 8.5, 9, "channels"), (3, 9, 9.25, "documents"), (3, 9.25, 12, "service"), (3, 14, 16, "reports"),
        (3, 16, 17.5, "other"), (4, 8.5, 9, "channels"), (4, 9, 12, "reports"), (4, 14, 15.5, "service"),
        (4, 15.5, 16, "documents"), (4, 16, 17, "outreach"), (4, 17, 17.5, "unassigned"), (5, 9, 11, "inspections"),
    ]  # fmt: skip
    after = [
        (0, 8.5, 9.5, "channels"), (0, 9.5, 11, "reports"), (0, 11, 12, "service"), (0, 14, 17.5, "outreach"),
        (1, 8.5, 9, "channels"), (1, 9, 9.5, "meeting_travel"), (1, 9.5, 11.5, "meetings"),
        (1, 11.5, 12, "meeting_travel"), (1, 14, 15, "service"), (1, 15, 17.5, "inspections"), (2, 8.5, 9, "channels"),
        (2, 9, 12, "service"), (2, 14, 16, "reports"), (2, 16, 17.5, "outreach"), (3, 8.5, 9, "channels"),
        (3, 9, 9.25, "documents"), (3, 9.25, 12, "service"), (3, 14, 15.5, "reports"), (3, 15.5, 17.5, "other"),
        (4, 8.5, 9, "channels"), (4, 9, 10.5, "reports"), (4, 10.5, 12, "outreach"), (4, 14, 15.5, "service"),
        (4, 15.5, 16, "documents"), (4, 16, 17.5, "outreach"),
    ]  # fmt: skip
    windows = [(day * 24 + a, day * 24 + b) for day in range(5) for a, b in ((8.5, 12), (14, 17.5))]
    return Passport(
        cadre="village 3/clerk/1",
        role="village_cadre",
        monday="2025-03-17",
        before=tuple(map(_span, before)),
        after=tuple(map(_span, after)),
        windows=tuple((int(a * 3600), int(b * 3600)) for a, b in windows),
    )


def _span(entry: tuple[int, float, float, str]) -> WeekSpan:
    day, begin, end, category = entry
    first, last = int((day * 24 + begin) * 3600), int((day * 24 + end) * 3600)
    name = "" if category in {"outreach", "unassigned"} else "county_inspection"
    return WeekSpan(first, last, category, name, begin >= 17.5 or day > 4)


def _after(effect: float) -> np.ndarray:
    after = HOURS.copy()
    after[:, :-2] *= 1 - effect * (1 - KEPT)
    freed = HOURS.sum(axis=1) - after.sum(axis=1)
    after[:, -2] += np.clip(0.5 * freed, -HOURS[:, -2], None)
    after[:, -1] += np.clip(0.2 * freed, -HOURS[:, -1], None)
    return after


def _weekly(hours: np.ndarray, replications: int, chance: Generator) -> tuple[np.ndarray, np.ndarray]:
    month = np.array([int(monday[5:7]) for monday in WEEKS])
    season = np.where(np.isin(month, (11, 12)), 1.35, np.where(month == 1, 1.15, 0.95))
    workdays = np.ones(len(WEEKS))
    workdays[list(HOLIDAY_WEEKS)] = 0.35
    workdays[[0, -1]] = 0.6
    noise = chance.lognormal(0, 0.12, (replications, len(hours), len(WEEKS), hours.shape[1]))
    weekly = hours[None, :, None, :] * (season * workdays)[None, None, :, None] * noise
    weekly[..., 7:] = (hours[:, None, 7:] * workdays[None, :, None])[None] * noise[..., 7:]
    regular = np.array([REGULAR[role] for role in ROLES])[None, :, None] * workdays[None, None, :]
    return weekly, np.clip(weekly.sum(axis=-1) - regular, 0, None)


def _waits(slowness: float) -> np.ndarray:
    edges = np.array(WAIT_EDGES_HOURS[1:])
    share = 1 - np.exp(-((edges / (14 * slowness)) ** 0.62))
    return (9_400 * np.diff(np.concatenate([[0.0], share, [1.0]]))).astype(np.int64)


def _rows(effect: float, n: int, chance: Generator) -> list[Row]:
    rows = []
    for metric in METRICS.values():
        for scope in _SCOPES[metric.scopes]:
            before = _level(metric, scope)
            if metric.key == "formality_hours" and scope in ROLES:
                role = ROLES.index(scope)
                rows.append(_row(metric, scope, before, float(_after(effect)[role, :7].sum()) - before, n, chance, 0))
                continue
            change = effect * (-0.24 if metric.better != "more" else 0.12) * before * (0.4 if scope == ROLES[0] else 1)
            if metric.key.startswith("detection"):
                change = effect * 0.04 * before
            rows.append(_row(metric, scope, before, change, n, chance))
    return rows


def _level(metric: Metric, scope: str) -> float:
    if metric.key == "formality_hours" and scope in ROLES:
        return float(HOURS[ROLES.index(scope), :7].sum())
    sizes = {"share": 0.31, "h/week": 24.0, "h/year": 1_240.0, "10k yuan/year": 864.0, "days": 17.0, "h": 9.5}
    return sizes.get(metric.unit, 38.0) * (1 + 0.1 * len(scope) / 20)


def _row(
    metric: Metric, scope: str, before: float, change: float, n: int, chance: Generator, drift: float = 0.2
) -> Row:
    half = 0.035 * before * (0.6 + 0.8 * chance.random())
    middle = change + drift * half * chance.standard_normal()
    if n == 1:
        half = math.inf
    low, high = middle - half, middle + half
    better = (middle < 0) == (metric.better == "less")
    share = 0.55 if low < 0 < high else 0.97
    ratio = 1 + middle / before
    known = metric.key != "gave_up"
    bounded = known and n > 1
    return Row(
        metric.key, scope, before, before + middle, middle, low, high, n,
        ratio if known else None, ratio - half / before if bounded else None,
        ratio + half / before if bounded else None,
        share if better else 1 - share, 1 - share if better else share,
        0.83, 0.42, 0.48 if low < 0 < high else 0.0004,
    )  # fmt: skip


def _splits(effect: float, n: int) -> Iterator[SplitRow]:
    half = 0.5 if n > 1 else math.inf
    for kind, names in SPLIT_NAMES.items():
        for name, metric in product(names, SPLITS[kind]):
            before = 20.0 + len(name)
            change = 0.0 if metric == "documents_read" else -0.2 * effect * before
            yield SplitRow(metric, f"{kind}:{name}", before, before + change, change, change - half, change + half)


def _cadres(effect: float, replications: int, chance: Generator) -> list[CadreChange]:
    where = ground()
    made = []
    for name, role in zip(where.cadre_name, where.cadre_role, strict=True):
        before = HOURS[role, :7].sum() * (0.8 + 0.4 * chance.random())
        change = -effect * before * (0.02, 0.13, 0.22)[role] + 1.1 * chance.standard_normal()
        half = 0.5 + 0.8 * chance.random() if replications > 1 else math.inf
        made.append(CadreChange(name, ROLES[role], before, before + change, change - half, change + half))
    return made
