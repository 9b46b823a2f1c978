"""Parts of the sentences of levers: durations, names of entries, choices by use, limits of reach."""

from __future__ import annotations

from collections.abc import Mapping

from sim.domain.distribution import Distribution
from sim.domain.recurrence import Recurrence
from sim.domain.rule import Rule
from sim.i18n import Lang
from sim.i18n.labels import FREQUENCY
from sim.i18n.writing import counted, listed, number
from sim.units import DAY_SECONDS, HOUR, MINUTE

Labels = Mapping[str, Mapping[str, str]]
"""Labels in zh and en of obligations, demand and unit types, under `assignment.x`,
`obligation.x`, `demand.x`, `unit.x`."""

BY_USE = {
    "most_used": {"zh": "用得最多的", "en": "the most used ones"},
    "least_used": {"zh": "用得最少的", "en": "the least used ones"},
    "by_chance": {"zh": "由随机数选定", "en": "chosen by chance"},
}
"""How kinds are chosen."""
_TIMES = ((DAY_SECONDS, "天", "days"), (HOUR, "小时", "h"), (MINUTE, "分钟", "min"), (1, "秒", "s"))


def duration_words(seconds: float, lang: Lang) -> str:
    """Return a duration in the largest unit that it reaches; with one decimal if it is not a whole number of it."""
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


def window_words(workdays: int, lang: Lang) -> str:
    """Write the window in which events count as simultaneous; 0 workdays are the same day."""
    if workdays == 0:
        return {"zh": "同一天", "en": "on the same day"}[lang]
    within = counted(workdays, "workday", "workdays")
    return {"zh": f"{workdays}个工作日内", "en": f"within {within}"}[lang]


def often_words(cycle: Recurrence, lang: Lang) -> str:
    """Return a recurrence as text: its calendar slot, or the times a year of a rate."""
    if cycle.every is not None:
        return FREQUENCY[cycle.every][lang]
    times = number(cycle.per_year, 0)
    return {"zh": f"每年{times}次", "en": f"{times} times a year"}[lang]


def names_in_words(names: tuple[str, ...], lang: Lang, labels: Labels) -> str:
    """Return the labels of the entries as a list; a name without label as it is."""
    return listed([_name(name, lang, labels) for name in names], lang)


def _name(name: str, lang: Lang, labels: Labels) -> str:
    kinds = ("assignment", "obligation", "demand", "unit")
    words = next((labels[key] for kind in kinds if (key := f"{kind}.{name}") in labels), None)
    return words[lang] if words else name


def unit_in_words(name: str, lang: Lang, labels: Labels) -> str:
    """Return the label of a unit type; a name without label as it is."""
    words = labels.get(f"unit.{name}")
    return words[lang] if words else name


def reach_in_words(rule: Rule, lang: Lang) -> str:
    """Return the limits of a rule in brackets: strength, compliance, erosion, a late start; empty without limits."""
    words = {
        "zh": ("力度{}", "落实率{}", "每月回潮{}", "自{}起"),
        "en": ("strength {}", "compliance {}", "erosion {} a month", "from {}"),
    }[lang]
    parts = [
        words[0].format(f"{100 * rule.strength:.10g}%") if rule.strength < 1 else "",
        words[1].format(rule.compliance.value) if rule.compliance.value < 1 else "",
        words[2].format(rule.erosion.value) if rule.erosion.value else "",
        words[3].format(rule.starts.isoformat()) if rule.starts else "",
    ]
    limits = [part for part in parts if part]
    if not limits:
        return ""
    return f"（{'，'.join(limits)}）" if lang == "zh" else f" ({', '.join(limits)})"
