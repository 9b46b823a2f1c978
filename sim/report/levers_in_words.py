"""What a place did: each lever as a sentence with its figures, for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.i18n.labels import FREQUENCY
from sim.report.lever_words import Labels, duration_words, effort_words, names_in_words, unit_in_words
from sim.report.levers_of_appraisal_in_words import APPRAISAL_LABEL, APPRAISAL_SENTENCES
from sim.report.levers_on_checks_in_words import CHECKS_LABEL, CHECKS_SENTENCES
from sim.report.levers_on_paper_in_words import PAPER_LABEL, PAPER_SENTENCES
from sim.report.numbers import number
from sim.report.words import capital

if TYPE_CHECKING:
    from sim.i18n import Lang
    from sim.levers.base import LeverBase
    from sim.levers.cap_frequency import CapFrequency
    from sim.levers.cut_items import CutItems
    from sim.levers.directory import Directory
    from sim.levers.one_team import OneTeam
    from sim.levers.share_one_form import ShareOneForm
    from sim.levers.table import Lever
    from sim.levers.unannounced_visit import UnannouncedVisit

LEVER_LABEL: dict[str, dict[str, str]] = {
    "cap_frequency": {"zh": "压减频次", "en": "Frequency cap"},
    "cut_items": {"zh": "减少检查事项", "en": "Fewer inspection items"},
    "one_team": {"zh": "一支队伍一次完成", "en": "One team, one visit"},
    "unannounced_visit": {"zh": "四不两直", "en": "Unannounced visits"},
    "share_one_form": {"zh": "一套表", "en": "One shared form"},
    "directory": {"zh": "事项清单", "en": "Directory of matters"},
    "return_secondees": {"zh": "借调干部返岗", "en": "Secondees return"},
    **PAPER_LABEL,
    **CHECKS_LABEL,
    **APPRAISAL_LABEL,
}
_KEPT = {
    "most_used": {"zh": "用得最多的", "en": "the most used ones"},
    "least_used": {"zh": "用得最少的", "en": "the least used ones"},
    "by_chance": {"zh": "由随机数选定", "en": "chosen by chance"},
}


def describe_lever(lever: Lever, lang: Lang, labels: Labels | None = None) -> str:
    """Tell what a lever does, to what, with its figures, and how far it carries."""
    named = names_in_words(lever.of, lang, labels or {})
    sentence = SENTENCES[lever.lever](lever, lang, labels or {})
    mark, stop = {"zh": ("：", "。"), "en": (": ", ".")}[lang]
    return capital(f"{named}{mark}{sentence}{_reach(lever, lang)}{stop}")


def lever_title(lever: Lever, lang: Lang) -> str:
    """Give the words for the kind of lever."""
    return LEVER_LABEL[lever.lever][lang]


def _cap_frequency(lever: CapFrequency, lang: Lang, _: Labels) -> str:
    often = FREQUENCY[lever.to][lang]
    return {"zh": f"最多{often}", "en": f"no more often than {often}"}[lang]


def _cut_items(lever: CutItems, lang: Lang, _: Labels) -> str:
    count = number(lever.items.value, 0)
    return {"zh": f"合计取消{count}项", "en": f"{count} items abolished in all"}[lang]


def _one_team(lever: OneTeam, lang: Lang, _: Labels) -> str:
    hosting, saved, team = lever.marginal_hosting.value, lever.shared_preparation.value, lever.team.value
    if lang == "zh":
        return f"同期到同一单位的合为一次，至多{team}人；每多一项，接待时间只加原来的{hosting}，准备时间省去{saved}"
    return (
        f"what falls due at one unit at one time is done in a single visit by {team} cadres at most; each further item "
        f"adds {hosting} of its hosting time and saves {saved} of its preparation"
    )


def _unannounced_visit(lever: UnannouncedVisit, lang: Lang, _: Labels) -> str:
    reading = effort_words(lever.reading.value, lang)
    if lang == "zh":
        return f"不打招呼，不再备检；每名接待人员当场另用{reading}翻看日常记录"
    return f"no notice and no preparation; each host spends a further {reading} on showing ordinary records"


def _share_one_form(lever: ShareOneForm, lang: Lang, labels: Labels) -> str:
    store = lever.store
    covered, glance = lever.coverage.value, duration_words(lever.glance.value, lang)
    fresh = duration_words(lever.fresh.value, lang)
    records, changed = number(store.records.value, 0), store.changed.value
    renewal, upkeep = duration_words(store.renewal.value, lang), effort_words(store.grassroots.value, lang)
    keeper = unit_in_words(store.kept_by, lang, labels)
    if lang == "zh":
        return (
            f"{covered}的数据项从共享库取，基层每项只核对{glance}；库里没有的，{fresh}内只问一次。库中{records}条记录每月更新"
            f"{changed}，每条{renewal}，由{keeper}承担；每个填表单位每月另用{upkeep}维护"
        )
    return (
        f"{covered} of the fields come from shared records, each looked over for {glance}; what the records lack is "
        f"asked once in {fresh}. Of {records} records {changed} are renewed each month, {renewal} each, by: "
        f"{keeper}; each unit that fills in forms spends {upkeep} a month on its own records"
    )


def _directory(lever: Directory, lang: Lang, labels: Labels) -> str:
    kinds, kept = number(lever.kinds.value, 0), _KEPT[lever.kept][lang]
    come, refusal = lever.still_come.value, effort_words(lever.refusal.value, lang)
    keeper = unit_in_words(lever.moves_to, lang, labels) if lever.moves_to else None
    if lang == "zh":
        moved = f"其余转由{keeper}办理" if keeper else "其余不再要求"
        return f"清单保留{kinds}种（{kept}），{moved}；{come}的群众仍会前来，每次解释转介{refusal}"
    moved = f"the others move to: {keeper}" if keeper else "the others are no longer asked for"
    return (
        f"{kinds} kinds stay on the list ({kept}), {moved}; {come} of residents with an unlisted matter still come and "
        f"are sent on, {refusal} each"
    )


def _return_secondees(_: LeverBase, lang: Lang, __: Labels) -> str:
    return {"zh": "借调到上级的干部回原岗位，不再借调", "en": "cadres lent to superiors are back at their own desks"}[
        lang
    ]


SENTENCES: dict[str, Callable[[Any, Lang, Labels], str]] = {
    "cap_frequency": _cap_frequency,
    "cut_items": _cut_items,
    "one_team": _one_team,
    "unannounced_visit": _unannounced_visit,
    "share_one_form": _share_one_form,
    "directory": _directory,
    "return_secondees": _return_secondees,
    **PAPER_SENTENCES,
    **CHECKS_SENTENCES,
    **APPRAISAL_SENTENCES,
}
"""How each kind of lever is told; the keys are those of the table of levers."""


def _reach(lever: LeverBase, lang: Lang) -> str:
    """Tell what limits the lever: strength, compliance, erosion, a late start."""
    words = {
        "zh": ("力度{}", "执行率{}", "每月回潮{}", "自{}起"),
        "en": ("strength {}", "compliance {}", "{} creeps back each month", "from {}"),
    }[lang]
    parts = [
        words[0].format(f"{100 * lever.strength:.10g}%") if lever.strength < 1 else "",
        words[1].format(lever.compliance.value) if lever.compliance.value < 1 else "",
        words[2].format(lever.erosion.value) if lever.erosion.value else "",
        words[3].format(lever.starts.isoformat()) if lever.starts else "",
    ]
    told = [part for part in parts if part]
    if not told:
        return ""
    return f"（{'，'.join(told)}）" if lang == "zh" else f" ({', '.join(told)})"
