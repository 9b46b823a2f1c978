"""Checks on enterprises: departments plan items by risk class, and carry out most of them."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.inspected import NOTHING, Inspected
from sim.domain.quantity import CountQ, EffortQ, Quantity, ShareQ
from sim.domain.risk import KeptByRisk, TimesByRisk
from sim.domain.rule import Rule
from sim.units import Share, Workdays


class Bundle(Rule):
    """Items that fall due at one enterprise inside a window are checked in one trip."""

    window: Quantity[Workdays]
    """Items that fall due within this time after the first one join it; `same day` joins only items of one day."""
    departments: CountQ
    """Most departments in one trip."""
    marginal_hosting: ShareQ
    """Time on the spot that each further item adds, as a share of its time alone."""
    shared_paperwork: ShareQ
    """Share of each further item's paperwork that is saved because the same papers serve several items."""
    same_department: bool = False
    """Whether items of one department join each other too; otherwise a trip has one item of each department."""

    subjects: CountQ | None = None
    """Number of subjects that a department's plan for a month can have, all equally often. Plans of different
    departments with one subject become one plan, and their items in one trip one task. Without it none overlap."""
    dropped: ShareQ = NOTHING
    """Share of the overlapping items whose department leaves them to the other one; the others come along."""

    @model_validator(mode="after")
    def _is_about_something(self) -> Self:
        if self.subjects is not None and self.subjects.value < 1:
            raise ValueError("subjects must be at least 1 / 检查内容至少一类")
        return self

    @model_validator(mode="after")
    def _somebody_comes(self) -> Self:
        if self.departments.value < 1:
            raise ValueError("departments must be at least 1 / 部门数至少为 1")
        return self


class RiskTiers(Rule):
    """Part of the items at enterprises is removed from the plan, by risk class."""

    kept: KeptByRisk
    """Share of the items in each risk class that is kept on the plan."""


class CheckCap(Rule):
    """An enterprise gets a limited number of visits in a period; the others do not take place."""

    most: CountQ
    """Most visits to one enterprise in a period, of all named checks together."""
    period: Literal["monthly", "quarterly", "half_yearly", "yearly"] = "yearly"
    """Period for which the visits are counted."""


class EntryScan(Rule):
    """Each entry is registered with the code of a filed check; some entries without a right to it are refused."""

    refused: ShareQ
    """Share of the entries on no plan, or above a cap, that are refused."""


class EnterpriseCheck(Inspected):
    """Items that departments check at enterprises. Each programme is one department with its own plan."""

    kind: Literal["enterprise_check"] = "enterprise_check"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="涉企检查", en="enterprise check"),
        meaning=Label(
            zh="企业备材料、检查人员上门与路途、企业接待；按风险等级定事项",
            en="papers of the enterprise, the inspectors' visit and trip, its hosts' time; items by risk class",
        ),
    )
    bodies: str | None = None
    """Name of the list of departments; obligations with the same list are checks by the same departments."""
    competent: ShareQ = ShareQ(value=Share(1.0))
    """Share of departments that are competent for an enterprise."""
    times: TimesByRisk
    """Items planned at an enterprise of each risk class, as a factor on the recurrence."""
    executed: ShareQ = ShareQ(value=Share(1.0))
    """Share of planned items that are checked."""
    notice: Quantity[Workdays]
    """Working days between notice and check; `same day` for an unannounced one."""
    paperwork: EffortQ
    """Time to prepare the papers for one item before an announced check."""
    length: EffortQ
    """Time of the check of one item on the spot."""
    hosts: CountQ
    """People of the enterprise who receive the inspectors."""
    inspectors: CountQ
    """Cadres of the department who come."""
    bundle: Bundle | None = None
    """Set by the lever `bundle_checks`."""
    tiers: RiskTiers | None = None
    """Set by the lever `tier_risks`."""
    visit_cap: CheckCap | None = None
    """Set by the lever `cap_checks`."""
    scan: EntryScan | None = None
    """Set by the lever `scan_to_enter`."""

    @model_validator(mode="after")
    def _fits_into_its_slots(self) -> Self:
        if self.recurrence.value.rate is None and max(self.times.by_class) > 1:
            raise ValueError("with calendar slots, times must not exceed 1 / 按固定频次时，倍数不得超过 1")
        return self
