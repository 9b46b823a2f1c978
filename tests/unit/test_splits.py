"""Metrics split up by post, unit, issuer and obligation add up to the metrics of roles, and are shown on request."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.cli.main import run
from sim.domain.category import Part
from sim.engine.simulate import simulate
from sim.experiment.jurisdictions import mean_outcome
from sim.experiment.splits import split_rows
from sim.i18n.writing import capital
from sim.metrics.counted import COUNTED_ROWS
from sim.metrics.measure import measure
from sim.metrics.sample import Sample
from sim.metrics.splits import SPLITS
from sim.metrics.table import METRICS
from sim.report.splits import change_cell, split_table
from tests.comparisons import comparison
from tests.regimes import everything, meeting, plan_of, regime, rows_of

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place" / "before.yaml"
VILLAGE = "village_cadre"


@pytest.fixture(scope="module")
def year() -> Sample:
    plan = plan_of(everything())
    return Sample(plan, simulate(plan))


def values(sample: Sample) -> dict[tuple[str, str], float]:
    outcome = measure(sample.plan, sample.log)
    return outcome.values | outcome.splits


def test_hours_of_posts_average_to_those_of_their_role(year: Sample) -> None:
    found = values(year)

    for metric in SPLITS["post"]:
        secretary, members = (found[metric, f"post:village/{post}"] for post in ("secretary", "members"))
        assert (secretary + 2 * members) / 3 == pytest.approx(found[metric, VILLAGE], rel=1e-12)


def test_hours_and_counts_by_issuer_and_by_obligation_add_up_to_the_same(year: Sample) -> None:
    found = values(year)

    for metric in ("hours_by_issuer", *COUNTED_ROWS):
        sums = [
            sum(
                value for (key, scope), value in found.items() if key == metric and scope.startswith(f"{kind}:village/")
            )
            for kind in ("issuer", "obligation")
        ]
        whole = sum(v for (key, scope), v in found.items() if key == metric and scope.partition("/")[0] == VILLAGE)
        assert sums == pytest.approx([whole, whole], rel=1e-12)
        assert whole > 0


def test_counts_of_units_average_to_those_of_their_role(year: Sample) -> None:
    found = values(year)

    for metric in COUNTED_ROWS:
        each = [v for (key, scope), v in found.items() if key == metric and "/village." in scope]
        assert len(each) == 2
        assert np.mean(each) == pytest.approx(found[metric, VILLAGE])


def test_how_many_meetings_of_an_issuer_a_village_gets_is_one_number() -> None:
    plan = plan_of(regime({"county": meeting(on="village"), "own": meeting(on="village", issuer="township",
                                                                          recurrence="weekly")}))  # fmt: skip

    found = measure(plan, simulate(plan)).splits

    ours = rows_of(plan, "county", Part.ATTEND)
    assert found["meetings_attended", "issuer:village/county_office"] == len(ours) / 2 == 12
    assert found["meetings_attended", "issuer:village/township"] == found["meetings_attended", "obligation:village/own"]
    assert ("meetings_attended", "issuer:township/county_office") not in found


def test_an_issuer_that_falls_silent_asks_for_nothing() -> None:
    asked, silent = {("forms_filled", "issuer:village/department"): 4.0}, {("forms_filled", "unit:village.01"): 1.0}

    rows = {row.scope: row for row in split_rows([asked, asked], [silent, silent])}

    gone = rows["issuer:village/department"]
    assert (gone.before, gone.after, gone.low, gone.high) == (4, 0, -4, -4)


def test_a_part_that_a_jurisdiction_leaves_out_is_nothing_there(year: Sample) -> None:
    one = measure(year.plan, year.log)
    key = ("meetings_attended", "issuer:village/department")
    other = replace(one, splits={other: value for other, value in one.splits.items() if other != key})

    assert mean_outcome([(one, 1), (other, 3)]).splits[key] == pytest.approx(one.splits[key] / 4)


def test_a_table_of_splits_has_a_line_for_each_and_says_where_no_change_is_clear() -> None:
    usual = comparison(effect=0.01)

    table = split_table("issuer", usual.splits, usual.labels, "en", change_cell)

    assert table.header == ("By issuer", "h/week", *(capital(METRICS[key].label["en"]) for key in COUNTED_ROWS))
    assert [line[0] for line in table.rows] == ["Village / County department", "Village / residents"]
    assert "≈" in str(table.rows[0][1])
    assert table.rows[0][-1] == "45.0", "nothing changed"


@pytest.mark.parametrize("kind", SPLITS)
def test_the_table_of_a_kind_is_printed_on_request(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", str(SMALL), "-n", "1", "-q"]) == 0
    short = capsys.readouterr().out
    assert run(["run", str(SMALL), "-n", "1", "-q", "--by", kind]) == 0
    long = capsys.readouterr().out

    assert long.startswith(short)
    assert len(long.splitlines()) > len(short.splitlines()) + 3
