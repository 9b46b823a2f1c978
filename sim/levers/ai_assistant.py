"""An assistant that drafts: the steps it helps with take less time, and its draft must be checked."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.demand import ResidentRequest
from sim.domain.obligations import ObligationBase
from sim.domain.obligations.base import Assistance
from sim.domain.regime import Listing, Regime
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.labels import PART
from sim.i18n.writing import listed
from sim.levers.base import LeverBase, write_rule, written_fields
from sim.levers.wording import (
    Labels,
    effort_words,
    names_in_words,
)


class AiAssistant(Assistance, LeverBase):
    """A tool helps with some steps of the named obligations; appointments keep their length."""

    lever: Literal["ai_assistant"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "智能助手", "en": "assistant that drafts"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "某些步骤省下一部分时间，写出来的东西要核对",
        "en": "some steps take a share of their time, and what the tool wrote is checked",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        parts = listed([PART[part.value][lang] for part in self.parts], lang)
        low, high = (f"{100 * factor.value:.10g}%" for factor in (self.quickest, self.slowest))
        zh, en = (low, low) if low == high else (f"{low}至{high}", f"{low} to {high}")
        checked, matters = effort_words(self.verification.value, lang), names_in_words(self.matters, lang, labels)
        if lang == "zh":
            also = f"（含{matters}）" if matters else ""
            return f"助手帮助{parts}{also}，每件用时为原来的{zh}，另加复核{checked}"
        also = f", also of {matters}," if matters else ""
        return f"help with {parts}{also} leaves {en} of the time of each piece of work, and adds {checked} to check"

    def touches(self, listing: Listing) -> frozenset[str]:
        """List the obligations and the streams of demand that it helps with."""
        return super().touches(listing) | written_fields(ResidentRequest, self.matters, Assistance)

    def apply(self, regime: Regime) -> Regime:
        """Return the regime with the tool in use.

        Raises:
            ScenarioError: a name is not an obligation, or not a request of residents.
        """
        return write_rule(super().apply(regime), ResidentRequest, self.matters, self.rule())
