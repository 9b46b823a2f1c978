"""Sentences of the levers on appraisals, approvals and duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.i18n.labels import FREQUENCY
from sim.report.lever_words import effort_words, unit_in_words
from sim.report.numbers import number

if TYPE_CHECKING:
    from sim.domain.recurrence import Recurrence
    from sim.i18n import Lang
    from sim.levers.continuous_evidence import ContinuousEvidence
    from sim.levers.duties_list import DutiesList
    from sim.levers.one_matter import OneMatter
    from sim.levers.seamless_appraisal import SeamlessAppraisal
    from sim.report.lever_words import Labels

APPRAISAL_LABEL: dict[str, dict[str, str]] = {
    "seamless_appraisal": {"zh": "无感考核", "en": "Seamless appraisal"},
    "continuous_evidence": {"zh": "平时留存依据", "en": "Continuous evidence"},
    "one_matter": {"zh": "一件事一网办", "en": "One matter, one network"},
    "duties_list": {"zh": "履职事项清单", "en": "Duties list"},
}
BY_USE = {
    "most_used": {"zh": "用得最多的", "en": "the most used ones"},
    "least_used": {"zh": "用得最少的", "en": "the least used ones"},
    "by_chance": {"zh": "由随机数选定", "en": "chosen by chance"},
}
_STEPS = {
    "subtract": {"zh": "每降一等减", "en": "each grade takes off"},
    "multiply": {"zh": "每降一等打去", "en": "each grade takes off what is left by"},
}


def _seamless_appraisal(lever: SeamlessAppraisal, lang: Lang, labels: Labels) -> str:
    feed, exam = lever.feed, lever.exam
    keeper, often = unit_in_words(feed.fed_by, lang, labels), _often(feed.cycle.value, lang)
    departments, passing = number(feed.departments.value, 0), effort_words(feed.effort.value, lang)
    weights = {"zh": "、", "en": ", "}[lang].join(str(weight) for weight in exam.weights.value)
    papers, looking = number(exam.papers.value, 0), effort_words(exam.length.value, lang)
    steps = _STEPS[exam.steps][lang]
    if lang == "zh":
        said = (
            f"不打招呼、不见面、不报自评；{departments}个单位（{keeper}）{often}交换数据，每次{passing}；现场考{papers}次，"
            f"每次{looking}，占{exam.share.value}，指标权重{weights}，分五等，{steps}{exam.step.value}"
        )
    else:
        said = (
            f"no notice, no meeting, no self-report; {departments} of {keeper} pass data on {often}, {passing} each "
            f"time; {papers} exams on the spot of {looking} count for {exam.share.value}, indicators weigh {weights}, "
            f"in five grades, {steps} {exam.step.value}"
        )
    return said + _trend(lever, lang) + _readiness(lever, lang)


def _continuous_evidence(lever: ContinuousEvidence, lang: Lang, _: Labels) -> str:
    often, upload = _often(lever.nodes.value, lang), effort_words(lever.upload.value, lang)
    dresses = lever.still_dresses.value
    if lang == "zh":
        return f"考核依据{often}上传，每个项目每次另用{upload}，年底不再突击补台账；包装作用剩{dresses}"
    return (
        f"evidence is uploaded {often}, with {upload} more for each programme and time, and ledgers are not made up at "
        f"the year's end; it dresses up the score by {dresses} of what they did"
    )


def _one_matter(lever: OneMatter, lang: Lang, labels: Labels) -> str:
    kinds, which = number(lever.kinds.value, 0), BY_USE[lever.joined][lang]
    skipped = {"zh": "、", "en": ", "}[lang].join(unit_in_words(name, lang, labels) for name in lever.skips)
    glance, caught = effort_words(lever.glance.value, lang), lever.caught.value
    if lang == "zh":
        past = f"，不再经过{skipped}" if skipped else ""
        return (
            f"{kinds}种事项（{which}）在一张网上办，只录入一次，其后每环节只核对{glance}{past}；"
            f"首次核对免去{caught}的退回"
        )
    past = f"; they no longer stop at: {skipped}" if skipped else ""
    return (
        f"{kinds} kinds ({which}) are handled on one network: entered once, then looked over for {glance} at each "
        f"stop{past}; the first check makes {caught} of returns needless"
    )


def _duties_list(lever: DutiesList, lang: Lang, _: Labels) -> str:
    basic, assisting = (number(count.value, 0) for count in (lever.basic, lever.assisting))
    rest = {"zh": "其余各", "en": "the rest"}[lang]
    reclaimed = rest if lever.reclaimed is None else number(lever.reclaimed.value, 0)
    which, shared, leaks = BY_USE[lever.by_use][lang], lever.done_above.value, lever.leakage.value
    if lang == "zh":
        return (
            f"三张清单：基本{basic}项（{which}在前），配合{assisting}项，收回{reclaimed}项；配合事项部门承担{shared}，"
            f"收回的由部门办理，其中{leaks}仍下派"
        )
    return (
        f"three sheets: {basic} basic duties ({which} first), {assisting} assisting ones, {reclaimed} taken back; "
        f"departments do {shared} of an assisting duty and all that is taken back, of which {leaks} is sent down again"
    )


def _often(cycle: Recurrence, lang: Lang) -> str:
    if cycle.every is not None:
        return FREQUENCY[cycle.every][lang]
    times = number(cycle.per_year, 0)
    return {"zh": f"每年{times}次", "en": f"{times} times a year"}[lang]


def _trend(lever: SeamlessAppraisal, lang: Lang) -> str:
    if lever.trend is None:
        return ""
    years = number(lever.trend.years.value, 0)
    return {
        "zh": f"；看{years}年趋势，只辅导、不扣分",
        "en": f"; the trend of {years} years brings coaching, never a lower score",
    }[lang]


def _readiness(lever: SeamlessAppraisal, lang: Lang) -> str:
    if lever.readiness is None:
        return ""
    effort = effort_words(lever.readiness.value, lang)
    return {"zh": f"；每单位每月另用{effort}保持常备", "en": f"; each unit spends {effort} a month on being ready"}[
        lang
    ]


APPRAISAL_SENTENCES: dict[str, Callable[[Any, Lang, Labels], str]] = {
    "seamless_appraisal": _seamless_appraisal,
    "continuous_evidence": _continuous_evidence,
    "one_matter": _one_matter,
    "duties_list": _duties_list,
}
"""How each of these levers is told."""
