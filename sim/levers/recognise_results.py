"""Mutual recognition: an item that another body has checked recently is not checked again."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations.inspected import Inspected, Recognition
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    duration_words,
)


class RecogniseResults(Recognition, LeverBase):
    """The bodies of the named inspections or checks accept one another's findings while these are valid."""

    lever: Literal["recognise_results"]
    acts_on: ClassVar[type[Ruled]] = Inspected
    label: ClassVar[dict[str, str]] = {"zh": "结果互认", "en": "results recognised"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "有效期内别的部门查过的，不再查",
        "en": "an item that another body has checked within the time of validity is not checked again",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        subjects, valid = number(self.subjects.value, 0), duration_words(self.valid.value, lang)
        if lang == "zh":
            return f"同一内容{valid}内别家查过的不再查（共{subjects}类内容）"
        many = counted(self.subjects.value, "subject", "subjects")
        return f"items that another body has checked within {valid} are not checked again ({many} in all)"
