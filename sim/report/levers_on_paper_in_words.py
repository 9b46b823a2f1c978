"""Sentences of the levers on meetings, documents, groups and check-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.report.lever_words import effort_words
from sim.report.numbers import number

if TYPE_CHECKING:
    from sim.i18n import Lang
    from sim.levers.cap_volume import CapVolume
    from sim.levers.meet_online import MeetOnline
    from sim.levers.merge_channels import MergeChannels
    from sim.levers.merge_meetings import MergeMeetings
    from sim.report.lever_words import Labels

PAPER_LABEL: dict[str, dict[str, str]] = {
    "cap_volume": {"zh": "精文减会", "en": "Cap on volume"},
    "merge_channels": {"zh": "整合工作群", "en": "Groups merged"},
    "merge_meetings": {"zh": "会议合并", "en": "Meetings merged"},
    "meet_online": {"zh": "视频开会", "en": "Online meetings"},
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


PAPER_SENTENCES: dict[str, Callable[[Any, Lang, Labels], str]] = {
    "cap_volume": _cap_volume,
    "merge_channels": _merge_channels,
    "merge_meetings": _merge_meetings,
    "meet_online": _meet_online,
}
"""How each of these levers is told."""
