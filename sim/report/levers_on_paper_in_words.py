"""Sentences of the levers on meetings, documents, groups and check-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.i18n.labels import PART
from sim.report.lever_words import effort_words, names_in_words
from sim.report.numbers import number

if TYPE_CHECKING:
    from sim.i18n import Lang
    from sim.levers.ai_assistant import AiAssistant
    from sim.levers.cap_trips import CapTrips
    from sim.levers.cap_volume import CapVolume
    from sim.levers.drop_check_ins import DropCheckIns
    from sim.levers.meet_online import MeetOnline
    from sim.levers.merge_channels import MergeChannels
    from sim.levers.merge_meetings import MergeMeetings
    from sim.levers.merge_training import MergeTraining
    from sim.report.lever_words import Labels

PAPER_LABEL: dict[str, dict[str, str]] = {
    "cap_volume": {"zh": "精文减会", "en": "Cap on volume"},
    "merge_channels": {"zh": "整合工作群", "en": "Groups merged"},
    "merge_meetings": {"zh": "会议合并", "en": "Meetings merged"},
    "meet_online": {"zh": "视频开会", "en": "Online meetings"},
    "drop_check_ins": {"zh": "取消打卡计分", "en": "Check-ins no longer scored"},
    "merge_training": {"zh": "培训合并", "en": "Training merged"},
    "cap_trips": {"zh": "调研督查总量控制", "en": "Control total of trips"},
    "ai_assistant": {"zh": "智能助手", "en": "Assistant that drafts"},
}


def _cap_volume(lever: CapVolume, lang: Lang, _: Labels) -> str:
    if lever.kept is not None:
        kept = lever.kept.value
        return {"zh": f"只保留{kept}", "en": f"{kept} of them stay"}[lang]
    most = number(lever.most.value if lever.most else 0, 0)
    return {"zh": f"每年至多{most}次（件）", "en": f"{most} a year at most"}[lang]


def _merge_channels(lever: MergeChannels, lang: Lang, _: Labels) -> str:
    groups, copies = number(lever.groups.value, 0), lever.duplicates.value
    if lang == "zh":
        return f"每人至多看{groups}个群，该收的通知照收，重复消息剩{copies}"
    return f"{groups} groups at most for each cadre; the notices that matter still come, with {copies} of copies"


def _merge_meetings(lever: MergeMeetings, lang: Lang, _: Labels) -> str:
    days, topics = number(int(lever.window.value), 0), number(lever.topics.value, 0)
    further = effort_words(lever.further_topic.value, lang)
    if lang == "zh":
        return f"{days}个工作日内召集同一批单位的会议合为一次，每次至多{topics}个议题，每多一个议题加{further}"
    return (
        f"what is called for the same units within {days} workdays is one sitting of {topics} topics at most; each "
        f"further topic adds {further}"
    )


def _meet_online(lever: MeetOnline, lang: Lang, _: Labels) -> str:
    if lang == "zh":
        return "改为视频会议，不再赶路" + ("，传达也用视频" if lever.relays else "")
    return "held on screen, without travel" + (", and so are their relays" if lever.relays else "")


def _drop_check_ins(lever: DropCheckIns, lang: Lang, labels: Labels) -> str:
    left = number(lever.entries.value, 0)
    told = {"zh": f"打卡不再计分，每人每天只做{left}次", "en": f"no longer scored; {left} entries a day are left"}[lang]
    if lever.remote is None:
        return told
    patrols = names_in_words(lever.remote.patrols, lang, labels)
    share, watching = lever.remote.share.value, effort_words(lever.remote.watching.value, lang)
    if lang == "zh":
        return f"{told}；{patrols}的{share}改为远程监测，每次{watching}"
    return f"{told}; {share} of {patrols} is done at a screen, {watching} each time"


def _ai_assistant(lever: AiAssistant, lang: Lang, labels: Labels) -> str:
    parts = {"zh": "、", "en": ", "}[lang].join(PART[part.value][lang] for part in lever.parts)
    low, high = (f"{100 * factor.value:.10g}%" for factor in (lever.quickest, lever.slowest))
    checked, matters = effort_words(lever.verification.value, lang), names_in_words(lever.matters, lang, labels)
    if lang == "zh":
        also = f"（含{matters}）" if matters else ""
        return f"助手帮助{parts}{also}，每件用时为原来的{low}至{high}，另加复核{checked}"
    also = f", also of {matters}," if matters else ""
    return (
        f"help with {parts}{also} leaves {low} to {high} of the time of each piece of work, and adds {checked} to check"
    )


def _merge_training(lever: MergeTraining, lang: Lang, _: Labels) -> str:
    days, courses = number(int(lever.window.value), 0), number(lever.courses.value, 0)
    if lang == "zh":
        return f"{days}个工作日内的培训合为一期，至多{courses}期合一，每多一期共用{lever.shared.value}的课时"
    return (
        f"courses within {days} workdays become one, {courses} at most; the common programme covers "
        f"{lever.shared.value} of each further one"
    )


def _cap_trips(lever: CapTrips, lang: Lang, _: Labels) -> str:
    most = number(lever.most.value, 0)
    return {"zh": f"每个单位每年合计至多{most}次", "en": f"{most} trips to a unit in a year at most, all together"}[
        lang
    ]


PAPER_SENTENCES: dict[str, Callable[[Any, Lang, Labels], str]] = {
    "cap_volume": _cap_volume,
    "merge_channels": _merge_channels,
    "merge_meetings": _merge_meetings,
    "meet_online": _meet_online,
    "drop_check_ins": _drop_check_ins,
    "ai_assistant": _ai_assistant,
    "merge_training": _merge_training,
    "cap_trips": _cap_trips,
}
"""How each of these levers is told."""
