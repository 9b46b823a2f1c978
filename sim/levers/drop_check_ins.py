"""Check-ins no longer scored: cadres make only the entries that work needs; part of the patrol can move to a screen."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import CheckIn, Duty
from sim.domain.obligations.channel import Unscored
from sim.domain.obligations.duty import RemotePatrol
from sim.domain.regime import Listing, Regime
from sim.domain.rule import Rule, Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase, write_rule, written_fields
from sim.levers.wording import (
    Labels,
    effort_words,
    names_in_words,
)


class DropCheckIns(Unscored, LeverBase):
    """App entries no longer count in the appraisal."""

    lever: Literal["drop_check_ins"]
    acts_on: ClassVar[type[Ruled]] = CheckIn
    label: ClassVar[dict[str, str]] = {"zh": "取消打卡计分", "en": "check-ins no longer scored"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "每天打卡次数减少；部分巡查可改在屏幕上做",
        "en": "fewer entries a day; part of the patrol can move to a screen",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        left = counted(self.entries.value, "entry a day is", "entries a day are")
        said = {
            "zh": f"打卡不再计分，每人每天只做{number(self.entries.value, 0)}次",
            "en": f"no longer scored; {left} left",
        }
        if self.remote is None:
            return said[lang]
        patrols = names_in_words(self.remote.patrols, lang, labels)
        share, watching = self.remote.share.value, effort_words(self.remote.watching.value, lang)
        if lang == "zh":
            return f"{said[lang]}；{patrols}的{share}改为远程监测，每次{watching}"
        return f"{said[lang]}; {share} of {patrols} is done at a screen, {watching} each time"

    def touches(self, listing: Listing) -> frozenset[str]:
        """List the check-ins, and the duties of which a part moves to a screen."""
        patrols = self.remote.patrols if self.remote is not None else ()
        return super().touches(listing) | written_fields(Duty, patrols, RemotePatrol)

    def apply(self, regime: Regime) -> Regime:
        """Return the regime with fewer entries, and with part of the patrols at a screen.

        Raises:
            ScenarioError: a name is not a check-in, or not a duty.
        """
        regime = super().apply(regime)
        if self.remote is None:
            return regime
        limits = {name: getattr(self, name) for name in Rule.model_fields if name != "of"}
        return write_rule(
            regime, Duty, self.remote.patrols, RemotePatrol(terms=self.remote, of=self.remote.patrols, **limits)
        )
