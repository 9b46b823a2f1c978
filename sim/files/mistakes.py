"""Turns the errors of a model into plain Chinese and English sentences, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.domain.recurrence import PER_YEAR
from sim.errors import Problem
from sim.files.extend import EXTENDS
from sim.files.node import KINDS, Keys, Node, dotted, locate
from sim.files.shape import keys_of, shape_at
from sim.files.wording import hint_for, listed, problem_at, visible
from sim.scenario.ordered import ONE, SEVERAL
from sim.units import hint_about

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Words = tuple[str, str, dict[str, str]]
"""The sentence in zh and en, and a hint by language."""

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_BARE = re.compile(r"-?\d+(?:\.\d+)?")
_UNITS_ZH = {
    "duration": "时长",
    "duration longer than zero": "大于零的时长",
    "share": "比例",
    "rate": "频率",
    "number of workdays": "工作日数",
    "distribution of a duration": "时长（分布）",
    "time of day": "时刻",
    "range of times": "时段",
    "recurrence": "频次",
    "date or range of dates": "日期或日期段",
}
_TYPES = {
    "int_type": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "float_type": ("数字", "a number"),
    "string_type": ("文字（数字或日期须加引号）", "text (numbers and dates need quotes)"),
    "bool_type": (" true 或 false", "true or false"),
    "date_type": ("日期，如 2024-07-01", "a date such as 2024-07-01"),
    "tuple_type": ("列表，如 [a, b]", "a list such as [a, b]"),
    "dict_type": ("若干“键: 值”", "a mapping of 'key: value'"),
    "model_type": ("若干“键: 值”", "a mapping of 'key: value'"),
    "model_attributes_type": ("若干“键: 值”", "a mapping of 'key: value'"),
    "finite_number": ("有限的数字", "a finite number"),
}
_LIMITS = {
    "greater_than_equal": ("须不小于 {ge}", "must be at least {ge}"),
    "greater_than": ("须大于 {gt}", "must be more than {gt}"),
    "less_than_equal": ("须不大于 {le}", "must be at most {le}"),
    "less_than": ("须小于 {lt}", "must be less than {lt}"),
    "too_short": ("至少需要 {min_length} 项", "too few items; at least {min_length}"),
    "too_long": ("最多 {max_length} 项", "too many items; at most {max_length}"),
}

_MOVED = {key: key for key in ("universe", "at_hand", "entering", "checking", "sign_off")} | {
    "gathering": "known, recorded, asked, look_up, asking, round"
}
"""Keys that were written on each report and now stand in the pool of its line of work."""


def mistakes(error: ValidationError, tree: Node, shape: Any) -> list[Problem]:
    """Return one problem for each place that the model `shape` refused, in the order of the file."""
    found: dict[tuple[Keys, str], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        detail["loc"] = tuple(step for step in detail["loc"] if step not in (ONE, SEVERAL))
        if detail["type"] == "too_short" and len(detail["input"]) >= detail.get("ctx", {})["min_length"]:
            continue  # pydantic reports a list as too short if it refused one of its items
        _, taken = locate(tree, detail["loc"])
        own = str(detail["loc"][-1]) if detail["type"] in ("missing", "extra_forbidden") else ""
        found.setdefault((taken, own), []).append(detail)
    return [_problem(details, tree, shape) for details in found.values()]


def _problem(details: Sequence[ErrorDetails], tree: Node, shape: Any) -> Problem:
    detail = details[0]
    node, taken = locate(tree, detail["loc"])
    key: Keys = taken
    match detail["type"]:
        case "missing":
            key = (*taken, detail["loc"][-1])
            words = _missing(detail)
        case "extra_forbidden":
            words = _unknown_key(detail, shape)
        case "union_tag_invalid" | "union_tag_not_found":
            node, key = _discriminator(node, taken, detail)
            words = _wrong_kind(detail)
        case _:
            words = _wrong_value(details)
    zh, en, hint = words
    return problem_at(node.place, dotted(key), zh, en, hint)


def _missing(detail: ErrorDetails) -> Words:
    name = str(detail["loc"][-1])
    return f"缺少“{name}”", f"'{name}' is missing", {}


def _unknown_key(detail: ErrorDetails, shape: Any) -> Words:
    name = str(detail["loc"][-1])
    allowed = keys_of(shape_at(shape, tuple(detail["loc"][:-1])))
    if name == "returned" and "wrong" in allowed:
        return (
            "汇总没有“returned”这一项",
            "a collation has no key 'returned'",
            {"zh": "写 wrong：填错的数据项比例", "en": "write wrong, the share of entered fields that are wrong"},
        )
    if {"popularity", "domain"} <= set(allowed) and name in _MOVED:
        return (
            f"报表没有“{name}”这一项",
            f"a report has no key '{name}'",
            {
                "zh": f"移到 policy.pools 下的业务领域：{_MOVED[name]}",
                "en": f"now in policy.pools, by domain: {_MOVED[name]}",
            },
        )
    if len(detail["loc"]) == 1:
        allowed = (EXTENDS, *allowed)
    there = listed(allowed, name)
    return (
        f"没有“{visible(name)}”这一项；可用：{there}",
        f"there is no key '{visible(name)}'; allowed are {there}",
        hint_for(name, allowed),
    )


def _discriminator(node: Node, taken: Keys, detail: ErrorDetails) -> tuple[Node, Keys]:
    name = str(detail.get("ctx", {}).get("discriminator", KINDS[0])).strip("'")
    child = node.child(name)
    return (child or node), (*taken, name)


def _wrong_kind(detail: ErrorDetails) -> Words:
    ctx = detail.get("ctx", {})
    name = str(ctx.get("discriminator", KINDS[0])).strip("'")
    if detail["type"] == "union_tag_not_found":
        return f"缺少“{name}”", f"'{name}' is missing", {}
    allowed = _QUOTED.findall(str(ctx["expected_tags"]))
    return _not_among(str(ctx["tag"]), allowed)


def _not_among(found: str, allowed: Sequence[str]) -> Words:
    there = listed(allowed, found)
    return (
        f"“{visible(found)}”不在可选之列；可用：{there}",
        f"'{visible(found)}' is not allowed; allowed are {there}",
        hint_for(found, allowed),
    )


def _wrong_value(details: Sequence[ErrorDetails]) -> Words:
    if len(details) > 1:
        return _none_of(details)
    detail = details[0]
    kind = detail["type"]
    for sign, say in _SENTENCES.items():
        if kind.startswith(sign):
            return say(detail)
    if kind in _LIMITS:
        zh, en = (text.format(**detail.get("ctx", {})) for text in _LIMITS[kind])
        return _but_found(zh, en, detail)
    message = detail["msg"]
    return f"不合要求：{message}", message, {}


def _none_of(details: Sequence[ErrorDetails]) -> Words:
    """Write one sentence for all alternatives that a union refused."""
    kinds = dict.fromkeys(_TYPES.get(detail["type"], ("其他值", "another value")) for detail in details)
    zh, en = (list(words) for words in zip(*kinds, strict=True))
    return _but_found(f"须为{'，或'.join(zh)}", f"must be {', or '.join(en)}", details[0])


def _but_found(zh: str, en: str, detail: ErrorDetails) -> Words:
    value = detail["input"]
    if value is None:
        return f"{zh}；现为空", f"{en}; found nothing", {}
    if isinstance(value, str):
        return f"{zh}；现为“{visible(value)}”", f"{en}; found '{visible(value)}'", {}
    found = visible(_plain(value))
    return f"{zh}；现为 {found}", f"{en}; found {found}", {}


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(str(key) for key in value) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(_plain(item) for item in value)}]"
    try:
        return str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:  # a whole number with thousands of digits
        return "…"


def _sentence_of_type(detail: ErrorDetails) -> Words:
    zh, en = _TYPES[detail["type"]]
    return _but_found(f"须为{zh}", f"must be {en}", detail)


def _sentence_of_choice(detail: ErrorDetails) -> Words:
    return _not_among(_plain(detail["input"]), _QUOTED.findall(str(detail.get("ctx", {}).get("expected", ""))))


def _sentence_of_unit(detail: ErrorDetails) -> Words:
    ctx = detail.get("ctx", {})
    code, examples = detail["type"].removeprefix("not_a_"), ctx.get("examples", "")
    found = visible(str(ctx.get("found", "")))
    if _BARE.fullmatch(found):
        return (
            f"{found} 没有单位，须写成{_UNITS_ZH.get(code, code)}，例如 {examples}",
            f"{found} has no unit; write a {code}, for example {examples}",
            {},
        )
    return (
        f"“{found}”不是{_UNITS_ZH.get(code, code)}；例如 {examples}",
        f"'{found}' is not a {code}; write for example {examples}",
        _hint_about(code, found),
    )


def _hint_about(code: str, found: str) -> dict[str, str]:
    if code == "recurrence":
        return hint_about("rate", found) or hint_for(found, PER_YEAR)
    return hint_about("duration" if "duration" in code else code, found)


def _sentence_of_rule(detail: ErrorDetails) -> Words:
    english, _, chinese = detail["msg"].removeprefix("Value error, ").partition(" / ")
    return chinese or english, english, {}


_SENTENCES: dict[str, Callable[[ErrorDetails], Words]] = {
    "not_a_": _sentence_of_unit,
    "value_error": _sentence_of_rule,
    "literal_error": _sentence_of_choice,
    "enum": _sentence_of_choice,
    **dict.fromkeys(_TYPES, _sentence_of_type),
}
"""Maps the beginning of an error type to the function that writes the sentence."""
