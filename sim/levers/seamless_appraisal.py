"""Seamless appraisal: routine data and an unannounced exam replace ledgers and self-reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.obligations import Appraisal
from sim.domain.obligations.appraisal import Seamless
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import listed, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    effort_words,
    often_words,
    unit_in_words,
)


class SeamlessAppraisal(Seamless, LeverBase):
    """Units are scored from data that departments hold, and by a field exam without notice, meeting or self-report."""

    lever: Literal["seamless_appraisal"]
    acts_on: ClassVar[type[Ruled]] = Appraisal
    label: ClassVar[dict[str, str]] = {"zh": "无感考核", "en": "seamless appraisal"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "用部门现有数据和不打招呼的实地考评打分；不备台账，不写自评",
        "en": ("scores come from data that departments hold and from an unannounced exam; no ledgers, no self-report"),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        feed, exam = self.feed, self.exam
        keeper, often = unit_in_words(feed.fed_by, lang, labels), often_words(feed.cycle.value, lang)
        departments, passing = number(feed.departments.value, 0), effort_words(feed.effort.value, lang)
        weights = listed([str(weight) for weight in exam.weights.value], lang)
        papers, looking = number(exam.papers.value, 0), effort_words(exam.length.value, lang)
        steps = _STEPS[exam.steps][lang]
        if lang == "zh":
            said = (
                f"不打招呼、不见面、不报自评；{departments}个单位（{keeper}）{often}交换数据，每次{passing}；"
                f"现场考{papers}次，每次{looking}，占{exam.share.value}，指标权重{weights}，分五等，{steps}{exam.step.value}"
            )
        else:
            said = (
                f"no notice, no meeting, no self-report; {departments} units ({keeper}) exchange data {often}, "
                f"{passing} each time; {papers} exams on the spot of {looking} count for {exam.share.value}, "
                f"indicators weigh {weights}, in five grades, {steps} {exam.step.value}"
            )
        return said + self._trend_in_words(lang) + self._readiness_in_words(lang)

    def _trend_in_words(self, lang: Lang) -> str:
        if self.trend is None:
            return ""
        years = number(self.trend.years.value, 0)
        return {
            "zh": f"；看{years}年趋势，只辅导、不扣分",
            "en": f"; the trend of {years} years brings coaching, never a lower score",
        }[lang]

    def _readiness_in_words(self, lang: Lang) -> str:
        if self.readiness is None:
            return ""
        effort = effort_words(self.readiness.value, lang)
        return {
            "zh": f"；每单位每月另用{effort}保持常备",
            "en": f"; each unit spends {effort} a month to stay ready",
        }[lang]

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each appraisal without scoring."""
        for name in sorted(self.of):
            if getattr(regime.obligations[name], "scoring", None) is None:
                yield _unscored(name)


_STEPS = {
    "subtract": {"zh": "每降一等减", "en": "each grade subtracts"},
    "multiply": {"zh": "每降一等按余分减", "en": "each grade reduces the rest by"},
}


def _unscored(name: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.scoring",
        message={
            "zh": f"“{name}”没有写评分办法（scoring），不能改为无感考核",
            "en": f"'{name}' has no scoring, so it cannot be made seamless",
        },
    )
