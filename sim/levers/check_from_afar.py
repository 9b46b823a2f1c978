"""Checks from afar: what data show is looked up, and nobody comes; somebody answers, and somebody looks."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import CheckedFromAfar
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels, effort_words


class CheckFromAfar(CheckedFromAfar, LeverBase):
    """Items that data show are checked without a visit. The unit uploads and answers, an inspector looks at it.

    A check from afar finds no problem that has to be seen on the spot.
    """

    lever: Literal["check_from_afar"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "远程核查", "en": "checks from afar"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "能看数据的事项不再到现场；要有人上传答复，也要有人看；现场才看得见的隐患看不到",
        "en": (
            "items that data show need no visit; somebody uploads and answers, somebody looks; what shows only on the "
            "spot is not found"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        answering, looking = effort_words(self.answering.value, lang), effort_words(self.looking.value, lang)
        if lang == "zh":
            return f"{self.shown.value}的事项看数据、不到现场；单位每次用{answering}上传答复，检查方每次用{looking}看"
        return (
            f"{self.shown.value} of the items are checked from data, without a visit; each time the unit spends "
            f"{answering} on uploading and answers, the inspectors spend {looking} on looking"
        )
