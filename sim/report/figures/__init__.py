"""The pictures, one per module; each is drawn from a comparison only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures import forest, freed_hours, passport, time_budget, waiting, winners, year_timeline

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang
    from sim.report.tables import Table


@dataclass(frozen=True)
class Picture:
    """One entry of the table of pictures."""

    draw: Callable[[Comparison, Lang], Figure]
    data: Callable[[Comparison, Lang], Table]
    caption: dict[str, str]
    """Content of the picture and how to read it, in zh and en."""


FIGURES: dict[str, Picture] = {
    "time_budget": Picture(
        time_budget.draw,
        time_budget.data,
        {
            "zh": "一周的时间账：每个角色在普通工作周里的小时数，改革前后对照，短竖线为正常工时。",
            "en": "The weekly time budget: hours of each role in an ordinary week, before and after; the short "
            "vertical lines are regular hours.",
        },
    ),
    "freed_hours": Picture(
        freed_hours.draw,
        freed_hours.data,
        {
            "zh": "省下的时间去了哪里：左边是减少的，右边是增加的，也包括加班和总工时的减少。",
            "en": "Use of the freed hours: falls on the left, rises on the right; less overtime and a "
            "shorter week are included.",
        },
    ),
    "year_timeline": Picture(
        year_timeline.draw,
        year_timeline.data,
        {
            "zh": "一年的起伏：形式性事务和加班逐周的均值与波动范围，节假日与岁末年初已标出。",
            "en": "The course of the year: formality and overtime by week with their spread; holidays and the "
            "turn of the year are marked.",
        },
    ),
    "passport": Picture(
        passport.draw,
        passport.data,
        {
            "zh": "负担护照：同一名干部的同一周，改革前后并排。",
            "en": "The burden passport: the same week of the same cadre, before and after side by side.",
        },
    ),
    "forest": Picture(
        forest.draw,
        forest.data,
        {
            "zh": "全部结果一览：前后配对之差及95%区间；区间跨过零的，不能说有变化。",
            "en": "All outcomes at a glance: paired differences with 95% intervals. If an interval includes zero, no "
            "change can be claimed.",
        },
    ),
    "waiting": Picture(
        waiting.draw,
        waiting.data,
        {
            "zh": "群众等多久：在某一时间以内已开始办理的事项占比。",
            "en": "Waiting times of residents: the share of matters begun within a given time.",
        },
    ),
    "winners": Picture(
        winners.draw,
        winners.data,
        {
            "zh": "谁减负、谁加负：按角色统计人数，并逐人排列。",
            "en": "Winners and losers: counted by role, and cadre by cadre.",
        },
    ),
}
"""Every picture by name, in the order of the page."""
