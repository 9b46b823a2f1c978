"""Admission: a gate that new and standing work must pass."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.assignment import Admission as Gate
from sim.domain.obligations.base import ObligationBase
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels


class Admit(Gate, LeverBase):
    """A share of the work demanded passes the gate; the rest is refused and counted."""

    lever: Literal["admit"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "任务准入", "en": "gate of admission"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "任务、表格和每一次临时要求都须准入；没有准入的连同它的各项工作一起挡回，并计数",
        "en": "assignments, forms and single requests must pass a gate; refused ones are counted",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        passed = self.admitted.value
        return {"zh": f"{passed}准入，其余挡回", "en": f"{passed} admitted, the rest refused"}[lang]
