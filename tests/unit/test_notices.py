"""Notices about a sound scenario: parts that have no effect in the simulated years, with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.main import run
from sim.domain.obligations import Inspection
from sim.files.notices import notices
from sim.files.scenario import read_with_places
from sim.levers.cull import Cull

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"
LATE = """\
title: {{zh: 较晚, en: Late}}
extends: small.yaml
calendar:
  days_off: [2023-12-29 to 2024-01-05, 2025-06-02]
levers:
  - lever: cap_frequency
    of: [county_inspection]
    to: quarterly
    starts: {starts}
"""


def written(folder: Path, starts: str) -> Path:
    path = folder / "late.yaml"
    (folder / SMALL.name).write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    path.write_text(LATE.format(starts=starts), encoding="utf-8")
    return path


@pytest.mark.parametrize(("starts", "years", "late"), [("2024-12-31", 1, False), ("2025-01-01", 1, True),
                                                       ("2025-01-01", 2, False), ("2020-03-01", 1, False)])  # fmt: skip
def test_a_lever_that_starts_after_the_simulated_years_is_named(
    tmp_path: Path, starts: str, years: int, late: bool
) -> None:
    found = notices(read_with_places(written(tmp_path, starts)), years)

    assert [(notice.key, notice.line) for notice in found if "levers" in notice.key] == [("levers[0].starts", 9)] * late


def test_an_own_day_outside_the_years_is_named_and_one_that_reaches_into_them_is_not(tmp_path: Path) -> None:
    found = notices(read_with_places(written(tmp_path, "2024-07-01")))

    assert [(notice.key, notice.line) for notice in found] == [("calendar.days_off[1]", 4)]


@pytest.mark.parametrize("command", [["validate"], ["run", "--dry-run"], ["compare", str(SMALL), "--dry-run"]])
def test_commands_warn_and_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    code = run([*command, str(written(tmp_path, "2030-01-01")), "--lang", "en"])

    assert code == 0
    assert "2030-01-01 lies after the last year that is simulated (2024)" in capsys.readouterr().err


def test_former_chances_of_seeing_are_read_as_sight_and_told(tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8").replace(
        "    sight: 30%\n", "    sight_announced: 10%\n    sight_unannounced: 25%\n", 1
    )
    path = tmp_path / "old.yaml"
    path.write_text(text, "utf-8")

    read = read_with_places(path)
    told = notices(read)

    obligations = {name: entry for name, entry in read.scenario.obligations.items() if isinstance(entry, Inspection)}
    assert 0.25 in [entry.sight.value for entry in obligations.values()]
    assert [one.line for one in told] == [text[: text.index("sight_unannounced")].count("\n") + 1]
    assert "sight" in told[0].render("en")
    assert "旧键" in told[0].render("zh")


def test_former_levers_are_read_as_culls_under_their_names_and_told(tmp_path: Path) -> None:
    (tmp_path / SMALL.name).write_text(SMALL.read_text("utf-8"), "utf-8")
    path = tmp_path / "old.yaml"
    path.write_text(
        "title: {zh: 旧, en: old}\nextends: small.yaml\nlevers:\n"
        "  - {lever: cut_items, of: county_inspection, items: 1}\n"
        "  - then:\n"
        "      - {lever: cap_frequency, of: safety_inspection, to: yearly}\n"
        "      - {lever: cut_items, name: later, of: safety_inspection, items: 0}\n",
        "utf-8",
    )

    read = read_with_places(path)
    told = notices(read)

    cut, _, later = read.scenario.every_lever
    assert isinstance(cut, Cull)
    assert cut.number is not None
    assert (cut.name, cut.number.value, later.name) == ("cut_items", 1, "later")
    assert [(one.line, one.key) for one in told] == [(4, "levers[0].lever"), (7, "levers[1].then[1].lever")]
