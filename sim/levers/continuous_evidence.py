"""Continuous evidence: the evidence of an appraisal is uploaded at fixed times through the year."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Appraisal
from sim.domain.obligations.appraisal import KeptEvidence
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    effort_words,
    often_words,
)


class ContinuousEvidence(KeptEvidence, LeverBase):
    """Ledgers are kept in instalments instead of at the year's end. The peak falls; the total may rise."""

    lever: Literal["continuous_evidence"]
    acts_on: ClassVar[type[Ruled]] = Appraisal
    label: ClassVar[dict[str, str]] = {"zh": "平时留存依据", "en": "continuous evidence"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "台账分期备，不堆到年末；高峰平了，总量可能更多",
        "en": "ledgers are kept in instalments, not at the year's end: the peak falls, the total may rise",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        often, upload = often_words(self.nodes.value, lang), effort_words(self.upload.value, lang)
        dresses = self.still_dresses.value
        if lang == "zh":
            return f"考核依据{often}上传，每个项目每次另用{upload}，年底不再突击补台账；包装作用剩{dresses}"
        return (
            f"evidence is uploaded {often}, with {upload} more for each programme each time; no ledgers are compiled "
            f"at the year's end; the evidence dresses up the score {dresses} as much as ledgers did"
        )
