"""Collections of data from many units: the moment of the asking, and the days until the last answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.metrics.example import Example, SmallPlan, form
from sim.metrics.metric import Metric

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.collected import Collected
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_TWO_UNITS = SmallPlan(
    (form(1, at=9), form(1, at=33), form(1, at=14, unit=1), form(99, at=32, unit=1)),
    cadres=(1, 1),
    facts={"collected": ({"name": "monthly", "asked": (9 * 3600, 33 * 3600, 34 * 3600), "due": (DAY, 3 * DAY, 9 * DAY),
                          "collection": (0, 0, 1, 1), "fill": (0, 2, 1, 3), "last": (0, 2, 1, 3)},)},
)  # fmt: skip
"""Two units are asked on Monday at nine; the second begins at two, because it waits for somebody's answer. The second
collection begins on Tuesday at nine, and the second unit never finishes. The third is due after the week."""

COLLECTING = (
    Metric("collection_days", unit="days", better="less", scopes="stream", family="counted",
           label={"zh": "收齐一次数据的天数", "en": "days to collect data"},
           meaning={"zh": "从布置到最后一家报来的天数；直接从共享库取的不用等，到年末未报齐的算到年末",
                    "en": "days on the clock from the asking to the last unit's answer; data read from a store takes "
                          "none, and an answer that is missing has lasted until the year's end"},
           example=Example(_TWO_UNITS, {"monthly": (6 / 24 + (7 * 24 - 33) / 24) / 2},
                           "from 9 to 15 o'clock, and from Tuesday at 9 to the end of the week")),
)  # fmt: skip


def measure_collecting(sample: Sample) -> Values:
    """Compute the metric of `COLLECTING` by obligation; nothing for one without a collection due in the year."""
    values: Values = {}
    for one in sample.setting.collected:
        in_year = one.due < sample.plan.horizon
        if np.any(in_year):
            lasted = (_answered(sample, one) - one.asked)[in_year]
            values["collection_days", one.name] = int(lasted.sum()) / (DAY * int(in_year.sum()))
    return values


def _answered(sample: Sample, one: Collected) -> NDArray[np.int64]:
    """Return the second of the last answer of each collection, the horizon if one is missing."""
    finish = np.where(one.last >= 0, sample.log.finish[one.last], -1)
    last = one.asked.copy()
    np.maximum.at(last, one.collection, np.where(finish >= 0, finish, sample.plan.horizon))
    return last


def asked_at(sample: Sample) -> NDArray[np.int64]:
    """Return the second at which each row was asked for, shape (rows,): a form is asked for before its data is in."""
    second = sample.rows.release.copy()
    for one in sample.setting.collected:
        begun = one.fill >= 0
        second[one.fill[begun]] = one.asked[one.collection[begun]]
    return second
