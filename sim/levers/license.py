"""Licence with expiry: assignments and programmes lapse unless they are renewed."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.assignment import Licence as Expiring
from sim.domain.obligations.base import ObligationBase
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels


class License(Expiring, LeverBase):
    """Work whose licence has expired may be ignored."""

    lever: Literal["license"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "许可到期", "en": "licence with expiry"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "任务和表格的许可到期，没有续期的，基层可以不理",
        "en": "the licences of assignments and forms expire; units may ignore what is not renewed",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        renewed, ignored = self.renewed.value, self.ignored.value
        if lang == "zh":
            return f"许可到期，{renewed}续期；没有续期的，{ignored}不予理会"
        return f"licences expire, {renewed} are renewed; {ignored} of the work without a licence is ignored"
