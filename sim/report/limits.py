"""Limits of a comparison, printed on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.standing import Standing
from sim.i18n.writing import number
from sim.report.inputs import standing_counts
from sim.report.numbers import percent
from sim.report.words import role_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang
    from sim.report.inputs import InputRow

_STANDING = {
    "zh": "输入：{total}个数值中有{assumed}个（{share}）是假设。区间只反映年与年之间的偶然，不反映输入的不确定。",
    "en": "Inputs: {assumed} of {total} numbers ({share}) are assumed. The intervals show the chance between years, "
    "not the uncertainty of the inputs.",
}
_SLICE = {
    "zh": "只是一个切片：模拟的是县里的一部分单位，每名模拟干部代表若干实有干部（{roles}）。",
    "en": "A slice: a part of the county's units is simulated, and each simulated cadre stands for several real ones "
    "({roles}).",
}
_JURISDICTIONS = {
    "zh": "{count}个辖区：每个数都是各辖区的平均，每个辖区有自己的随机数；“某名干部”指各辖区坐在同一位置的人的平均。",
    "en": "{count} jurisdictions: each number is the mean over them, each with chance of its own; a cadre named here "
    "is the mean of those who sit at the same desk in all of them.",
}
_ALWAYS = (
    {
        "zh": "走访巡查：只有够走访一户的空当、其中设定的一份、有走访职责的岗位才算走访巡查，其余为未安排时间。"
        "这一份没有测量过；表中列出一点不用和全部用上时问题发现的结果。",
        "en": "Home visits and patrol: a set share of the gaps that are long enough for one, in posts that do so; "
        "the rest is unassigned. The share was never measured; the table shows the detection of problems with none "
        "of these gaps used and with all of them.",
    },
    {
        "zh": "没有反应：群众的诉求、上级的要求不因改革而变，除非举措写明；干部不请病假、不换岗、不学得更快。",
        "en": "No reaction: the demands of residents and superiors do not change with the reform unless a lever states "
        "it; cadres do not fall ill, change posts or learn.",
    },
    {
        "zh": "没有质量：报表填得好不好、会开得有没有用、检查查得准不准（除能否发现问题外），都不在模型里。",
        "en": "No quality: whether forms are filled in well, meetings are useful or inspections are right (beyond "
        "finding a problem or not) is not modelled.",
    },
    {
        "zh": "没有过渡：两边各是完整的一年，不计过渡期的混乱；回潮只按举措写明的落实率和每月回潮比例计算。",
        "en": "No transition: both sides are whole years. The confusion of a transition is left out; requirements "
        "creep back only by the compliance and erosion of the levers.",
    },
    {
        "zh": "不是证明：报道的数字用作输入的，结果不能反过来证明它；举措的效果由机制算出，不由报道的降幅给定。",
        "en": "No proof: the result does not confirm published figures that are inputs; the effect of a lever "
        "follows from its mechanism, not from a published reduction.",
    },
)


def limits(comparison: Comparison, inputs: Sequence[InputRow], lang: Lang) -> list[str]:
    """Return sentences on assumptions, omissions, and the simulated slice."""
    told = [*_slice(comparison, lang), *_jurisdictions(comparison, lang), *_standing(inputs, lang)]
    return told + [words[lang] for words in _ALWAYS]


def _slice(comparison: Comparison, lang: Lang) -> list[str]:
    shares = comparison.ground.represents
    if not shares:
        return []
    told = [f"{role_label(comparison, role, lang)} {number(count, 0)}" for role, count in shares.items()]
    return [_SLICE[lang].format(roles={"zh": "，", "en": ", "}[lang].join(told))]


def _jurisdictions(comparison: Comparison, lang: Lang) -> list[str]:
    count = comparison.manifest.get("options", {}).get("jurisdictions", 1)
    return [_JURISDICTIONS[lang].format(count=number(count, 0))] if count > 1 else []


def _standing(inputs: Sequence[InputRow], lang: Lang) -> list[str]:
    if not inputs:
        return []
    assumed = standing_counts(inputs).get(Standing.ASSUMED, 0)
    return [_STANDING[lang].format(total=len(inputs), assumed=assumed, share=percent(assumed / len(inputs)))]
