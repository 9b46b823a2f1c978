"""Sentences of the levers on checks of enterprises, lists of inspections, demonstrations, and those who watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.report.lever_words import duration_words
from sim.report.numbers import number

if TYPE_CHECKING:
    from sim.i18n import Lang
    from sim.levers.bundle_checks import BundleChecks
    from sim.levers.cull_demonstrations import CullDemonstrations
    from sim.levers.enforce import Enforce
    from sim.levers.file_plans import FilePlans
    from sim.levers.monitor import Monitor
    from sim.levers.recognise_results import RecogniseResults
    from sim.levers.sample_visits import SampleVisits
    from sim.levers.tier_risks import TierRisks
    from sim.report.lever_words import Labels

CHECKS_LABEL: dict[str, dict[str, str]] = {
    "bundle_checks": {"zh": "涉企检查拼单", "en": "Checks bundled"},
    "tier_risks": {"zh": "信用风险分级", "en": "Risk tiers"},
    "recognise_results": {"zh": "结果互认", "en": "Results recognised"},
    "file_plans": {"zh": "计划与备案", "en": "Plan and filing"},
    "cull_demonstrations": {"zh": "清理示范创建", "en": "Demonstrations culled"},
    "monitor": {"zh": "减负监测", "en": "Burden monitors"},
    "enforce": {"zh": "监督执纪", "en": "Enforcement"},
    "sample_visits": {"zh": "抽查", "en": "Visits by sample"},
}


def _bundle_checks(lever: BundleChecks, lang: Lang, _: Labels) -> str:
    days, most = number(int(lever.window.value), 0), number(lever.departments.value, 0)
    hosting, saved = lever.marginal_hosting.value, lever.shared_paperwork.value
    if lang == "zh":
        return (
            f"同一企业{days}个工作日内的检查合为一次上门，至多{most}个部门；每多一项，现场时间只加原来的{hosting}，"
            f"备材料时间省去{saved}"
        )
    return (
        f"what falls due at one enterprise within {days} workdays is one trip of {most} departments at most; each "
        f"further item adds {hosting} of its time on the spot and saves {saved} of its papers"
    )


def _tier_risks(lever: TierRisks, lang: Lang, _: Labels) -> str:
    high, medium, low = lever.kept.high.value, lever.kept.medium.value, lever.kept.low.value
    if lang == "zh":
        return f"按风险保留计划事项：高风险{high}、中风险{medium}、低风险{low}"
    return f"of the planned items {high} stay at high, {medium} at medium and {low} at low risk"


def _sample_visits(lever: SampleVisits, lang: Lang, _: Labels) -> str:
    high, medium, low = lever.kept.high.value, lever.kept.medium.value, lever.kept.low.value
    if high == medium == low:
        return {"zh": f"每轮只抽{high}的单位", "en": f"{high} of the units are drawn for each round"}[lang]
    if lang == "zh":
        return f"每轮按风险抽取：高风险{high}、中风险{medium}、低风险{low}的单位"
    return f"of the units {high} at high, {medium} at medium and {low} at low risk are drawn for each round"


def _recognise_results(lever: RecogniseResults, lang: Lang, _: Labels) -> str:
    subjects, valid = number(lever.subjects.value, 0), duration_words(lever.valid.value, lang)
    if lang == "zh":
        return f"同一内容{valid}内别家查过的不再查（共{subjects}类内容）"
    return f"what another body has checked within {valid} is not checked again ({subjects} subjects in all)"


def _file_plans(lever: FilePlans, lang: Lang, _: Labels) -> str:
    away, planned, filed = lever.turned_away.value, lever.planned_cut.value, lever.filed_cut.value
    if lang == "zh":
        return f"未列入计划也未备案的，{away}被挡回；计划事项减{planned}，备案事项减{filed}"
    return (
        f"{away} of what is neither planned nor filed is turned away; the plan is cut by {planned}, what is filed "
        f"by {filed}"
    )


def _cull_demonstrations(lever: CullDemonstrations, lang: Lang, _: Labels) -> str:
    kept = number(lever.projects.value, 0)
    return {"zh": f"合计只保留{kept}个项目", "en": f"{kept} projects stay in all"}[lang]


def _monitor(lever: Monitor, lang: Lang, _: Labels) -> str:
    prevents, away = lever.prevents.value, lever.turns_away.value
    if lang == "zh":
        return f"每月要回潮的，当场制止{prevents}；计划外的检查和报表，{away}被挡回"
    return f"{prevents} of what would creep back is stopped as it happens; {away} of unplanned work is turned away"


def _enforce(lever: Enforce, lang: Lang, _: Labels) -> str:
    deters, restores = lever.deters.value, lever.restores.value
    if lang == "zh":
        return f"震慑住{deters}的回潮和计划外任务，每月抽查纠正已回潮部分的{restores}"
    return (
        f"{deters} of what would creep back, and of unplanned work, is forgone for fear of a case; spot checks put "
        f"right {restores} of what has crept back each month"
    )


CHECKS_SENTENCES: dict[str, Callable[[Any, Lang, Labels], str]] = {
    "bundle_checks": _bundle_checks,
    "tier_risks": _tier_risks,
    "recognise_results": _recognise_results,
    "file_plans": _file_plans,
    "cull_demonstrations": _cull_demonstrations,
    "monitor": _monitor,
    "enforce": _enforce,
    "sample_visits": _sample_visits,
}
