"""One form on shared records: departments read the fields in the store, missing ones are asked for once."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Report
from sim.domain.obligations.report import SharedForm
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.labels import FREQUENCY
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    duration_words,
    effort_words,
    unit_in_words,
)

_TABLE = {
    "zh": "常规报表要而库里没有的，各单位{often}填进一张大表。",
    "en": "Each unit enters {often} into one table what regular forms ask for and the store lacks. ",
}


class ShareOneForm(SharedForm, LeverBase):
    """Departments read covered fields in the store; a unit looks them over where a form comes with them."""

    lever: Literal["share_one_form"]
    acts_on: ClassVar[type[Ruled]] = Report
    label: ClassVar[dict[str, str]] = {"zh": "一套表", "en": "one shared form"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "共享库里有的数据项由部门自取，没有的只问一次；共享库要维护",
        "en": "departments read the fields in the store; missing ones are asked for once; the store needs upkeep",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        store = self.store
        covered, glance = self.coverage.value, duration_words(self.glance.value, lang)
        fresh = duration_words(self.fresh.value, lang)
        records, changed = number(store.records.value, 0), store.changed.value
        renewal, upkeep = duration_words(store.renewal.value, lang), effort_words(store.grassroots.value, lang)
        keeper = unit_in_words(store.kept_by, lang, labels)
        table = "" if self.table is None else _TABLE[lang].format(often=FREQUENCY[self.table][lang])
        if lang == "zh":
            return (
                f"{covered}的数据项在共享库里，部门自取；基层从库里核对或取用一项{glance}；库里没有的，{fresh}内只问一次。{table}"
                f"库中{records}条记录每月更新{changed}，每条{renewal}，由{keeper}承担；每个填表单位每月另用{upkeep}维护"
            )
        return (
            f"departments read {covered} of the fields in shared records; a unit looks one over, or takes it from "
            f"there, in {glance}; other fields are asked for once in {fresh}. {table}Of {records} records {changed} "
            f"are renewed each month, {renewal} each, by: {keeper}; each unit that fills in forms spends {upkeep} a "
            "month on its own records"
        )
