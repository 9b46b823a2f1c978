"""The reference page: every key of a scenario file, every lever and every kind, written from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.domain.calendar import ClockRange, ClockTime
from sim.domain.demand import Demand
from sim.domain.distribution import Distribution
from sim.domain.frozen import Label
from sim.domain.kinds import KIND_TEXTS
from sim.domain.obligations import OBLIGATION_KINDS
from sim.domain.obligations.base import ObligationBase
from sim.domain.own_days import DayRange
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.domain.rule import rule_fields
from sim.domain.study import Study
from sim.files.field_docs import field_docs
from sim.files.leaves import range_of, text_of
from sim.files.shape import alternatives, models_of
from sim.i18n.fields import FIELD_ZH
from sim.levers.base import LeverBase
from sim.levers.table import LEVERS
from sim.scenario.ordered import InOrder
from sim.scenario.scenario import Scenario
from sim.units import Duration, Length, Rate, Share, TextQuantity, Workdays

_HEAD = """\
# 情景文件参考 / Reference of scenario files

由 `jianfu schema --markdown` 从程序生成，请勿手改。Written by `jianfu schema --markdown`; do not edit.

凡是数，都可以只写值，也可以写成 `{value: 4 h, range: [2 h, 8 h], source: ...}`：`range` 为合理范围，`source` 为
`seeds/` 中的数据 id、`assumed` 或 `calibrated`。A number may stand alone or with its range and its source.

继承：`extends: ../base/county.yaml` 或 `extends: jianfu:base/county.yaml`。同名键逐层合并，列表整体替换，给出新值的数
连同范围和出处整体替换，`~名称:` 删去一项。Mappings merge, lists are replaced, a number that is given again is replaced
with its range and source, `~name:` deletes.
"""

_WORDS = {
    Duration: ("时长", "duration"),
    Length: ("大于零的时长", "duration longer than zero"),
    Share: ("比例", "share"),
    Rate: ("频率", "rate"),
    Workdays: ("工作日数", "number of workdays"),
    Distribution: ("时长分布", "distribution of a duration"),
    ClockTime: ("时刻", "time of day"),
    ClockRange: ("时段", "range of times"),
    DayRange: ("日期或日期段", "date or range of dates"),
    Recurrence: ("频次", "recurrence"),
    Label: ("中英文名称", "name in zh and en"),
    int: ("整数", "whole number"),
    float: ("数字", "number"),
    bool: ("true / false", "true / false"),
    str: ("文字", "text"),
}
_BASES = (ObligationBase, LeverBase)


def reference_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *_units(), *_sections()])


def _units() -> Iterator[str]:
    yield "## 单位 / Units\n\n| 写法 Form | 例 Examples |\n|---|---|"
    for kind, (zh, en) in _WORDS.items():
        if issubclass(kind, TextQuantity):
            examples = ", ".join(f"`{example}`" for example in kind.examples)
            yield f"| {zh} {en} | {examples} |"
    yield "| 频次 recurrence | `daily`, `weekly`, `monthly`, `quarterly`, `half_yearly`, `yearly`, `3 per week` |\n"


def _sections() -> Iterator[str]:
    done: set[type[BaseModel]] = {
        Quantity,
        Label,
        Recurrence,
        *OBLIGATION_KINDS.values(),
        *LEVERS.values(),
        *models_of(Demand),
    }
    yield from _models(Scenario, "情景 / Scenario", done)
    yield "## 任务事项 / Obligations\n"
    yield from _model(ObligationBase, "各种事项共有 / Common to all kinds", "###")
    for name, kind in OBLIGATION_KINDS.items():
        yield from _models(kind, _heading(name), done, "###")
    yield "## 群众诉求 / Demand\n"
    for model in models_of(Demand):
        names = get_args(model.model_fields["kind"].annotation)
        yield from _models(model, "; ".join(map(_heading, names)), done, "###")
    yield "## 减负举措 / Levers\n"
    yield from _model(LeverBase, "各种举措共有 / Common to all levers", "###")
    for name, lever in LEVERS.items():
        yield from _models(lever, f"`{name}` {lever.label['zh']} / {lever.label['en']}", done, "###")
    yield from _models(Study, "`study.yaml` 研究 / Study", done)


def _heading(kind: str) -> str:
    label = KIND_TEXTS[kind].label
    return f"`{kind}` {label.zh} / {label.en}"


def _models(model: type[BaseModel], title: str, done: set[type[BaseModel]], level: str = "##") -> Iterator[str]:
    """Describe a model and the models in its fields that are not in `done`; add them to `done`."""
    done.add(model)
    yield from _model(model, title, level)
    for name, field in model.model_fields.items():
        if name in rule_fields(model):
            continue
        for below in models_of(_inside(field.annotation)):
            if below not in done and not issubclass(below, Quantity):
                yield from _models(below, f"`{name}` {FIELD_ZH.get(name, '')}（{below.__name__}）", done, "###")


def _model(model: type[BaseModel], title: str, level: str) -> Iterator[str]:
    yield f"{level} {title}\n\n{' '.join((model.__doc__ or '').split())}\n"
    skipped = rule_fields(model) | {
        name for base in _BASES if issubclass(model, base) and model is not base for name in base.model_fields
    }
    docs = field_docs(model)
    rows = [_row(name, field, docs.get(name, "")) for name, field in model.model_fields.items() if name not in skipped]
    if rows:
        yield "| 键 Key | 中文 | 写法 Form | 默认 Default | 含义 Meaning |\n|---|---|---|---|---|"
        yield "\n".join(rows)
    yield ""


def _row(name: str, field: FieldInfo, text: str) -> str:
    default = "必填 required" if field.is_required() else f"`{_default(field)}`"
    meaning = " ".join(text.split()).replace("|", "\\|")
    return f"| `{name}` | {FIELD_ZH.get(name, '')} | {_form(field.annotation)} | {default} | {meaning} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, BaseModel) and not isinstance(value, (Quantity, Recurrence, Label)):
        return "…"
    within = range_of(value)
    return "{}" if value == {} else f"{text_of(value)} ({within})" if within else text_of(value)


def _form(shape: Any) -> str:
    """Return the allowed forms of a value as Markdown."""
    forms = [_one_form(choice) for choice in alternatives(shape) if choice is not type(None)]
    return " / ".join(dict.fromkeys(forms))


def _one_form(choice: Any) -> str:
    origin = get_origin(choice)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in get_args(choice))
    if origin is tuple:
        return f"[ {_form(get_args(choice)[0])} ]"
    if origin is dict:
        return f"名称: {_form(get_args(choice)[1])}"
    if isinstance(choice, type) and issubclass(choice, Quantity):
        return _form(choice.model_fields["value"].annotation)
    if choice in _WORDS:
        return " ".join(dict.fromkeys(_WORDS[choice]))
    if hasattr(choice, "__members__"):
        return ", ".join(f"`{member.value}`" for member in choice)
    if choice is InOrder:
        return "`then`"
    name = str(getattr(choice, "__name__", choice))
    kinds = (
        choice.model_fields.get("kind") or choice.model_fields.get("lever") if hasattr(choice, "model_fields") else None
    )
    return ", ".join(f"`{tag}`" for tag in get_args(kinds.annotation)) if kinds else name


def _inside(shape: Any) -> Any:
    """Return the type of the values of a list or of a mapping of names."""
    for choice in alternatives(shape):
        if get_origin(choice) in (tuple, dict):
            return _inside(get_args(choice)[-1 if get_origin(choice) is dict else 0])
    return shape if get_origin(shape) is not Annotated else get_args(shape)[0]
