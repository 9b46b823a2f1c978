"""Notices about a sound scenario: keys of earlier versions, and parts without effect in the simulated years."""

from __future__ import annotations

from sim.errors import Problem
from sim.files.node import dotted, locate
from sim.files.scenario import ReadScenario
from sim.files.wording import problem_at
from sim.scenario.ordered import placed_levers


def notices(read: ReadScenario, years: int = 1) -> list[Problem]:
    """List former keys, levers that start after the simulated years, and own days outside these, with their places."""
    last = read.scenario.calendar.year + years - 1
    return [*read.former, *_late_levers(read, last), *_other_days(read, last)]


def _late_levers(read: ReadScenario, last: int) -> list[Problem]:
    found = []
    for place, lever in placed_levers(read.scenario.levers):
        if lever.starts is not None and lever.starts.year > last:
            way = ("levers", *place, "starts")
            found.append(
                problem_at(
                    locate(read.tree, way)[0].place,
                    dotted(way),
                    f"{lever.starts} 在模拟的最后一年（{last} 年）之后，举措在结果中不起作用；"
                    "请改日期，或改 calendar.year",
                    f"{lever.starts} lies after the last year that is simulated ({last}), so the lever has no effect in"
                    " the results; change the date or calendar.year",
                )
            )
    return found


def _other_days(read: ReadScenario, last: int) -> list[Problem]:
    calendar = read.scenario.calendar
    found = []
    for name in ("days_off", "workdays"):
        for place, days in enumerate(getattr(calendar, name)):
            if days[1].year < calendar.year or days[0].year > last:
                way = ("calendar", name, place)
                found.append(
                    problem_at(
                        locate(read.tree, way)[0].place,
                        dotted(way),
                        f"{days} 不在模拟的年份（{calendar.year} 至 {last} 年）之内，不起作用",
                        f"{days} lies outside the simulated years ({calendar.year} to {last}) and has no effect",
                    )
                )
    return found
