"""The differences between two scenarios, key by key, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sim.domain.frozen import Frozen, Label
from sim.files.leaves import leaves, range_of, text_of
from sim.i18n.fields import in_words
from sim.levers.base import LeverBase
from sim.scenario.apply import lever_name
from sim.scenario.ordered import InOrder
from sim.scenario.scenario import Scenario

Change = Literal["added", "removed", "changed"]

_SAID = {
    "added": ("新增", "added"),
    "removed": ("取消", "removed"),
    "changed": ("改动", "changed"),
}
_COMMON = ("name", "lever", "of", "strength", "compliance", "erosion", "starts", "source")


@dataclass(frozen=True)
class Difference:
    """One difference between two scenarios."""

    key: str
    change: Change
    before: str
    """Value before; empty if the key was added."""
    after: str
    """Value after; empty if the key was removed."""
    words: dict[str, str]
    """The difference as a sentence, by language."""


def diff_scenarios(before: Scenario, after: Scenario) -> list[Difference]:
    """List the differences: levers first, then obligations and demand, then the rest in the order of the schema."""
    found = list(_named(_levers(before), _levers(after), "levers[{}]", after))
    found += _order(before, after)
    for section in ("assignments", "obligations", "demand"):
        old, new = getattr(before, section), getattr(after, section)
        found += _named(old, new, section + ".{}", after)
    for field in type(before).model_fields:
        if field not in ("levers", "assignments", "obligations", "demand"):
            found += _changes(getattr(before, field), getattr(after, field), field)
    return found


def lever_in_words(lever: LeverBase, scenario: Scenario, lang: str) -> str:
    """Describe a lever: its label, the entries it acts on, and its settings."""
    of = "、" if lang == "zh" else ", "
    targets = of.join(_called(scenario, name, lang) for name in lever.of)
    settings = {field: getattr(lever, field) for field in type(lever).model_fields if field not in _COMMON}
    if lever.strength != 1:
        settings["strength"] = lever.strength
    said = [
        f"{in_words(key.rpartition('.')[2], lang)} {text_of(value)}"
        for field, setting in settings.items()
        for key, _, value in leaves(setting, field)
    ]
    label = lever.label[lang]
    return f"{label}：{targets}（{'，'.join(said)}）" if lang == "zh" else f"{label}: {targets} ({', '.join(said)})"


def _levers(scenario: Scenario) -> dict[str, LeverBase]:
    return {lever_name(lever): lever for lever in scenario.every_lever}


def _order(before: Scenario, after: Scenario) -> Iterator[Difference]:
    """Yield ordered lists of levers whose order changed, if all their members exist in both scenarios."""
    old, new = (_lists(scenario) for scenario in (before, after))
    known = _levers(before).keys() & _levers(after).keys()
    for members in new - old:
        if known >= set(members):
            were = next((one for one in old if set(one) == set(members)), ())
            yield _value("levers.then", {"levers.then": were} if were else {}, {"levers.then": members})
    for members in old - new:
        if known >= set(members) and not any(set(one) == set(members) for one in new):
            yield _value("levers.then", {"levers.then": members}, {})


def _lists(scenario: Scenario) -> set[tuple[str, ...]]:
    found = (entry.then for entry in scenario.levers if isinstance(entry, InOrder))
    return {tuple(lever_name(lever) for lever in levers) for levers in found}


def _called(scenario: Scenario, name: str, lang: str) -> str:
    sections = (scenario.assignments, scenario.obligations, scenario.demand, scenario.organisation.units)
    entry = next((found[name] for found in sections if name in found), None)
    return entry.label[lang] if entry else name


def _named(old: Mapping[str, Frozen], new: Mapping[str, Frozen], form: str, scenario: Scenario) -> Iterator[Difference]:
    """Compare entries by name: an entry added or removed is one difference, a changed entry one for each value."""
    for name in dict.fromkeys((*old, *new)):
        key = form.format(name)
        if name in old and name in new and type(old[name]) is type(new[name]):
            yield from _changes(old[name], new[name], key)
            continue
        if name in old:
            yield _entry(key, "removed", old[name], scenario)
        if name in new:
            yield _entry(key, "added", new[name], scenario)


def _entry(key: str, change: Change, entry: Any, scenario: Scenario) -> Difference:
    if isinstance(entry, LeverBase):
        words = {lang: lever_in_words(entry, scenario, lang) for lang in ("zh", "en")}
    else:
        words = {"zh": entry.label.zh, "en": entry.label.en}
    said = dict(zip(("zh", "en"), _SAID[change], strict=True))
    sentence = {"zh": f"{said['zh']} {key}：{words['zh']}", "en": f"{said['en']} {key}: {words['en']}"}
    return Difference(
        key,
        change,
        before=words["en"] if change == "removed" else "",
        after=words["en"] if change == "added" else "",
        words=sentence,
    )


def _changes(old: Any, new: Any, key: str) -> Iterator[Difference]:
    before = {name: value for name, _, value in leaves(old, key)}
    after = {name: value for name, _, value in leaves(new, key)}
    for name in dict.fromkeys((*before, *after)):
        if name in before and name in after and before[name] == after[name]:
            continue
        yield _value(name, before, after)


def _value(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    old, new = (_told(side[key]) if key in side else "" for side in (before, after))
    if old == new:
        old, new = (_in_full(side[key]) for side in (before, after))
    change: Change = "changed" if old and new else "added" if new else "removed"
    sides = ((before, old), (after, new))
    field = key.rpartition(".")[2]
    zh, en = in_words(field, "zh"), _SAID[change][1]
    from_to = {
        lang: " → ".join(filter(None, (_in_language(side.get(key), text, lang) for side, text in sides)))
        for lang in ("zh", "en")
    }
    return Difference(
        key,
        change,
        old,
        new,
        {"zh": f"{_SAID[change][0]} {key}（{zh}）：{from_to['zh']}", "en": f"{en} {key}: {from_to['en']}"},
    )


def _in_language(value: Any, text: str, lang: str) -> str:
    return value[lang] if isinstance(value, Label) else text


def _told(value: Any) -> str:
    limits = range_of(value)
    return f"{text_of(value)} ({limits})" if limits else text_of(value)


def _in_full(value: Any) -> str:
    """Write the value with its sources, for values that differ in the sources only."""
    sources = ", ".join(getattr(value, "sources", ()))
    return f"{_told(value)} [{sources or '—'}]" if not isinstance(value, Label) else text_of(value)
