"""Durations and names in the sentences about levers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.report.numbers import number
from sim.units import DAY_SECONDS, HOUR, MINUTE

if TYPE_CHECKING:
    from sim.domain.distribution import Distribution
    from sim.i18n import Lang

Labels = Mapping[str, Mapping[str, str]]
"""Labels of obligations, demand and unit types in zh and en, as a comparison holds them."""

_TIMES = ((DAY_SECONDS, "天", "days"), (HOUR, "小时", "h"), (MINUTE, "分钟", "min"), (1, "秒", "s"))


def duration_words(seconds: float, lang: Lang) -> str:
    """Return a duration in the largest unit that it reaches."""
    size, zh, en = next((entry for entry in _TIMES if seconds >= entry[0]), _TIMES[-1])
    count = seconds / size
    words = number(count, 0 if count == round(count) else 1)
    return f"{words}{zh}" if lang == "zh" else f"{words} {en}"


def effort_words(effort: Distribution, lang: Lang) -> str:
    """Return the mean of a duration, marked as a mean unless the duration is constant."""
    words = duration_words(effort.mean, lang)
    if effort.family == "always":
        return words
    return f"平均{words}" if lang == "zh" else f"{words} on average"


def names_in_words(names: tuple[str, ...], lang: Lang, labels: Labels) -> str:
    """Return the labels of obligations, streams of demand or unit types as a list in one line."""
    told = [_name(name, lang, labels) for name in names]
    return {"zh": "、", "en": ", "}[lang].join(told)


def _name(name: str, lang: Lang, labels: Labels) -> str:
    words = labels.get(f"obligation.{name}") or labels.get(f"demand.{name}") or labels.get(f"unit.{name}")
    return words[lang] if words else name


def unit_in_words(name: str, lang: Lang, labels: Labels) -> str:
    """Return the label of a unit type; a name without label as it is."""
    words = labels.get(f"unit.{name}")
    return words[lang] if words else name
