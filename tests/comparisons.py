"""An invented comparison for tests of pictures and pages: realistic in size and shape, data of no real place."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator

from sim.domain.category import CATEGORIES, Part
from sim.domain.distribution import Distribution
from sim.experiment.comparison import CadreChange, Comparison, Passport, Row, Side, TwinCheck, WeekSpan
from sim.levers.ai_assistant import AiAssistant
from sim.levers.bundle_checks import BundleChecks
from sim.levers.cap_frequency import CapFrequency
from sim.levers.cap_trips import CapTrips
from sim.levers.cap_volume import CapVolume
from sim.levers.continuous_evidence import ContinuousEvidence
from sim.levers.cull_demonstrations import CullDemonstrations
from sim.levers.cut_items import CutItems
from sim.levers.directory import Directory
from sim.levers.drop_check_ins import DropCheckIns
from sim.levers.duties_list import DutiesList
from sim.levers.enforce import Enforce
from sim.levers.file_plans import FilePlans
from sim.levers.meet_online import MeetOnline
from sim.levers.merge_channels import MergeChannels
from sim.levers.merge_meetings import MergeMeetings
from sim.levers.merge_training import MergeTraining
from sim.levers.monitor import Monitor
from sim.levers.one_matter import OneMatter
from sim.levers.one_team import OneTeam
from sim.levers.recognise_results import RecogniseResults
from sim.levers.return_secondees import ReturnSecondees
from sim.levers.sample_visits import SampleVisits
from sim.levers.seamless_appraisal import SeamlessAppraisal
from sim.levers.share_one_form import ShareOneForm
from sim.levers.table import Lever
from sim.levers.tier_risks import TierRisks
from sim.levers.unannounced_visit import UnannouncedVisit
from sim.metrics.metric import Metric
from sim.metrics.outcome import WAIT_EDGES_HOURS, Ground
from sim.metrics.table import METRICS
from sim.report.inputs import InputRow
from sim.units import Duration, Share, Workdays

ROLES = ("county_department_staff", "township_cadre", "village_cadre")
REGULAR = {"county_department_staff": 40.0, "township_cadre": 40.0, "village_cadre": 42.0}
CADRES = (14, 18, 26)
YEAR = 2025
WEEKS = tuple((date(2024, 12, 30) + timedelta(weeks=week)).isoformat() for week in range(53))
HOLIDAY_WEEKS = (4, 5, 17, 39, 40)

#            meetings travel documents reports inspections channels service other outreach
HOURS = np.array([
    [5.0, 1.5, 6.0, 9.0, 6.0, 3.5, 9.0, 4.0, 0.6],
    [7.5, 2.0, 4.0, 11.0, 6.0, 5.0, 11.2, 3.5, 1.1],
    [4.5, 1.0, 1.5, 13.0, 5.0, 4.7, 11.0, 3.0, 2.3],
])  # fmt: skip
KEPT = np.array([
    [0.95, 0.95, 1.0, 1.02, 0.90, 1.0, 1.04, 1.0],
    [0.92, 0.93, 1.0, 0.82, 0.62, 1.0, 1.03, 1.0],
    [1.0, 1.0, 1.0, 0.70, 0.55, 1.0, 1.05, 1.0],
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
        primary=("formality_hours", "village_cadre"),
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


def levers() -> list[Lever]:
    """Return one lever of each kind, with every number that its sentence contains."""
    inspections = ("county_inspection", "monthly_form")
    return [
        CapFrequency(lever="cap_frequency", of="county_inspection", to="quarterly", strength=0.7),
        CutItems(lever="cut_items", of=inspections, items={"value": 6, "source": "assumed"}),
        OneTeam(
            lever="one_team", of=inspections, marginal_hosting=share("30%"), shared_preparation=share("55%"),
            team={"value": 6, "source": "assumed"}, compliance=share("85%"),
        ),
        UnannouncedVisit(
            lever="unannounced_visit", of="county_inspection", reading=effort("triangular(20, 40, 90) min"),
            erosion=share("2%"), starts=date(2025, 3, 1),
        ),
        ShareOneForm(
            lever="share_one_form", of="monthly_form", coverage=share("70%"), glance=duration("10 s"),
            fresh=duration("30 days"),
            store={
                "records": {"value": 720_000}, "changed": share("3%"), "renewal": duration("20 s"),
                "kept_by": "county_department", "grassroots": effort("4 h"),
            },
        ),
        Directory(
            lever="directory", of="requests", kinds={"value": 24}, kept="by_chance", moves_to="township",
            still_come=share("50%"), refusal=effort("5 min"),
        ),
        BundleChecks(
            lever="bundle_checks", of="county_inspection", window={"value": Workdays(8)}, departments={"value": 4},
            marginal_hosting=share("41%"), shared_paperwork=share("52%"),
        ),
        TierRisks(
            lever="tier_risks", of="county_inspection",
            kept={"high": share("99%"), "medium": share("62%"), "low": share("13%")},
        ),
        RecogniseResults(
            lever="recognise_results", of=inspections, subjects={"value": 9}, valid=duration("90 days"),
        ),
        FilePlans(
            lever="file_plans", of="county_inspection", turned_away=share("71%"), planned_cut=share("6%"),
            filed_cut=share("46%"),
        ),
        CullDemonstrations(lever="cull_demonstrations", of="county_inspection", projects={"value": 11}),
        Monitor(lever="monitor", of="county_inspection", prevents=share("81%"), turns_away=share("64%")),
        Enforce(lever="enforce", of="county_inspection", deters=share("31%"), restores=share("26%")),
        CapVolume(lever="cap_volume", of="county_inspection", kept=share("70%")),
        MergeChannels(lever="merge_channels", of="county_inspection", groups={"value": 2}, duplicates=share("5%")),
        MergeMeetings(
            lever="merge_meetings", of="county_inspection", window={"value": Workdays(5)}, topics={"value": 3},
            further_topic=effort("triangular(10, 20, 30) min"),
        ),
        MeetOnline(lever="meet_online", of="county_inspection", relays=True),
        MergeTraining(
            lever="merge_training", of="county_inspection", window={"value": Workdays(20)}, courses={"value": 2},
            shared=share("45%"),
        ),
        SampleVisits(
            lever="sample_visits", of="county_inspection",
            kept={"high": share("70%"), "medium": share("35%"), "low": share("15%")},
        ),
        ReturnSecondees(lever="return_secondees", of="township"),
        CapTrips(lever="cap_trips", of="county_inspection", most={"value": 9}),
        DropCheckIns(
            lever="drop_check_ins", of="county_inspection", entries={"value": 1},
            remote={"patrols": ("monthly_form",), "share": share("35%"), "watching": effort("12 min")},
        ),
        AiAssistant(
            lever="ai_assistant", of="county_inspection", matters=("requests",), parts=(Part.FILL, Part.HANDLE),
            quickest={"value": 0.45}, slowest={"value": 1.1}, verification=effort("7 min"),
        ),
        SeamlessAppraisal(
            lever="seamless_appraisal", of="county_inspection",
            feed={
                "departments": {"value": 15}, "fed_by": "county_department", "cycle": "monthly",
                "effort": effort("6 h"),
            },
            exam={
                "share": share("10%"), "papers": {"value": 2},
                "weights": {"value": tuple(Share.parse(text) for text in ("30%", "30%", "40%"))},
                "step": share("20%"), "bounds": {"value": (90.0, 80.0, 70.0, 60.0)}, "length": effort("3 h"),
            },
            trend={"years": {"value": 3}, "coached_below": {"value": 2.0}, "coaching": effort("4 h")},
            readiness=effort("8 h"),
        ),
        ContinuousEvidence(
            lever="continuous_evidence", of="county_inspection", nodes="monthly", upload=effort("20 min"),
            still_dresses=share("45%"),
        ),
        OneMatter(
            lever="one_matter", of="requests", kinds={"value": 1_607}, joined="most_used", skips=("township",),
            glance=effort("2 min"), caught=share("65%"),
        ),
        DutiesList(
            lever="duties_list", of="county_inspection", basic={"value": 117}, assisting={"value": 99},
            reclaimed={"value": 124}, by_use="most_used", done_above=share("45%"), leakage=share("15%"),
        ),
    ]  # fmt: skip


def share(text: str) -> Any:
    return {"value": Share.parse(text), "source": "assumed"}


def duration(text: str) -> Any:
    return {"value": Duration.parse(text), "source": "assumed"}


def effort(text: str) -> Any:
    return {"value": Distribution.parse(text), "source": "assumed"}


def inputs() -> list[InputRow]:
    return [
        InputRow("levers.cut_items.items", "6", "reported", "s3_jiayu_inspection_items_cut", "B",
                 {"zh": "报道称检查事项比上年减少6项。", "en": "Six inspection items fewer than the year before."}),
        InputRow("levers.share_one_form.store.records", "720,000", "reported", "s3_jiayu_one_form_records", "B",
                 {"zh": "共享库有72万条记录。", "en": "The store holds 720,000 records."}),
        InputRow("levers.share_one_form.fresh", "30 days", "derived", "s3_jiayu_update_cycle", "B",
                 {"zh": "每月更新一次。", "en": "Renewed once a month."}),
        InputRow("obligations.monthly_form.gathering", "lognormal(mean=12 min, cv=0.8)", "assumed", "", "",
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
        (4, 15.5, 16, "documents"), (4, 16, 17.5, "outreach"), (5, 9, 11, "inspections"),
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
    name = "" if category == "outreach" else "county_inspection"
    return WeekSpan(first, last, category, name, begin >= 17.5 or day > 4)


def _after(effect: float) -> np.ndarray:
    after = HOURS.copy()
    after[:, :-1] *= 1 - effect * (1 - KEPT)
    freed = HOURS.sum(axis=1) - after.sum(axis=1)
    after[:, -1] += np.clip(0.7 * freed, -HOURS[:, -1], None)
    return after


def _weekly(hours: np.ndarray, replications: int, chance: Generator) -> tuple[np.ndarray, np.ndarray]:
    month = np.array([int(monday[5:7]) for monday in WEEKS])
    season = np.where(np.isin(month, (11, 12)), 1.35, np.where(month == 1, 1.15, 0.95))
    workdays = np.ones(len(WEEKS))
    workdays[list(HOLIDAY_WEEKS)] = 0.35
    workdays[[0, -1]] = 0.6
    noise = chance.lognormal(0, 0.12, (replications, len(hours), len(WEEKS), hours.shape[1]))
    weekly = hours[None, :, None, :] * (season * workdays)[None, None, :, None] * noise
    weekly[..., 6:] = (hours[:, None, 6:] * workdays[None, :, None])[None] * noise[..., 6:]
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
                rows.append(_row(metric, scope, before, float(_after(effect)[role, :6].sum()) - before, n, chance, 0))
                continue
            change = effect * (-0.24 if metric.better != "more" else 0.12) * before * (0.4 if scope == ROLES[0] else 1)
            if metric.key.startswith("detection"):
                change = effect * 0.04 * before
            rows.append(_row(metric, scope, before, change, n, chance))
    return rows


def _level(metric: Metric, scope: str) -> float:
    if metric.key == "formality_hours" and scope in ROLES:
        return float(HOURS[ROLES.index(scope), :6].sum())
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


def _cadres(effect: float, replications: int, chance: Generator) -> list[CadreChange]:
    where = ground()
    made = []
    for name, role in zip(where.cadre_name, where.cadre_role, strict=True):
        before = HOURS[role, :6].sum() * (0.8 + 0.4 * chance.random())
        change = -effect * before * (0.02, 0.13, 0.22)[role] + 1.1 * chance.standard_normal()
        half = 0.5 + 0.8 * chance.random() if replications > 1 else math.inf
        made.append(CadreChange(name, ROLES[role], before, before + change, change - half, change + half))
    return made
