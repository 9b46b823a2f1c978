"""A file that extends another: merging, replacement, and folders it must not leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.files.scenario import read_scenario

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "scenarios"
SMALL = (SCENARIOS / "base" / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder `scenarios` with a base, and a place to write in."""
    (tmp_path / "scenarios" / "base").mkdir(parents=True)
    (tmp_path / "scenarios" / "base" / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "scenarios" / "place").mkdir()
    return tmp_path / "scenarios" / "place"


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    return caught.value.render("en")


def test_mappings_merge_and_lists_are_replaced(place: Path) -> None:
    path = write(
        place,
        """
extends: ../base/small.yaml
obligations:
  county_inspection: {programmes: 3, posts: [member]}
""",
    )

    inspection = read_scenario(path).obligations["county_inspection"]

    assert inspection.programmes.value == 3
    assert inspection.posts == ("member",)
    assert inspection.label.en == "county inspection"


def test_a_new_value_does_not_keep_the_range_and_source_of_the_old_one(place: Path) -> None:
    bare = write(place, "extends: ../base/small.yaml\nobligations: {county_inspection: {programmes: 30}}\n")
    given = write(
        place, "extends: ../base/small.yaml\nobligations: {county_inspection: {programmes: {value: 30}}}\n", "b.yaml"
    )
    noted = write(
        place, "extends: ../base/small.yaml\nobligations: {county_inspection: {programmes: {note: x}}}\n", "c.yaml"
    )

    for path in (bare, given):
        programmes = read_scenario(path).obligations["county_inspection"].programmes
        assert (programmes.value, programmes.range, programmes.source) == (30, None, None)
    programmes = read_scenario(noted).obligations["county_inspection"].programmes
    assert (programmes.value, programmes.range, programmes.source, programmes.note) == (15, (10, 20), "assumed", "x")


def test_another_kind_replaces_the_entry(place: Path) -> None:
    path = write(
        place,
        """
extends: ../base/small.yaml
obligations:
  notices:
    {kind: duty, label: {zh: 值, en: duty}, issuer: own, on: village, recurrence: daily, effort: 1 h}
""",
    )

    assert read_scenario(path).obligations["notices"].kind == "duty"


def test_a_tilde_deletes(place: Path) -> None:
    path = write(place, "extends: ../base/small.yaml\nobligations:\n  ~notices:\n")

    assert "notices" not in read_scenario(path).obligations


def test_a_deletion_of_nothing_is_told(place: Path) -> None:
    path = write(place, "extends: ../base/small.yaml\nobligations:\n  ~notice:\n  ~county_meeting: 3\n")

    told = refusal(path)

    assert f"{path}:3:3: obligations.~notice" in told
    assert "did you mean 'notices'?" in told
    assert f"{path}:4:3: obligations.~county_meeting" in told


def test_a_mistake_is_told_in_the_file_it_stands_in(place: Path) -> None:
    base = place.parent / "base" / "small.yaml"
    base.write_text(SMALL.replace("groups: 8", "groups: eight"), encoding="utf-8")
    path = write(place, "extends: ../base/small.yaml\nobligations:\n  county_inspection:\n    hosts: two\n")

    told = refusal(path)

    line = SMALL[: SMALL.index("groups: 8")].count("\n") + 1
    assert f"{base}:{line}:5: obligations.notices.groups" in told
    assert f"{path}:4:5: obligations.county_inspection.hosts" in told


def test_files_that_extend_each_other_are_told_as_a_chain(place: Path) -> None:
    a = write(place, "extends: b.yaml\n", "a.yaml")
    write(place, "extends: a.yaml\n", "b.yaml")

    told = refusal(a)

    assert "a.yaml → b.yaml → a.yaml" in told
    assert "b.yaml:1:1: extends" in told


def test_a_file_that_extends_itself_is_told(place: Path) -> None:
    assert "circle" in refusal(write(place, "extends: mine.yaml\n"))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("/etc/passwd", "relative path"),
        ("C:/windows/x.yaml", "relative path"),
        ("..\\\\base\\\\small.yaml", "relative path"),
        ("../../outside.yaml", "outside the folder 'scenarios'"),
        ("../base/../../outside.yaml", "outside the folder 'scenarios'"),
        ("link.yaml", "outside the folder 'scenarios'"),
        ("jianfu:../pyproject.toml", "outside the folder"),
        ("smal.yaml", "no such file"),
        ("../base", "is a folder"),
        ("con.yaml", "Windows"),
        ("''", "name of a file"),
        ("[a, b]", "name of a file"),
        ("5", "name of a file"),
    ],
)
def test_extends_leads_nowhere_else(place: Path, target: str, told: str) -> None:
    (place.parent.parent / "outside.yaml").write_text(SMALL, encoding="utf-8")
    (place / "link.yaml").symlink_to(place.parent.parent / "outside.yaml")
    path = write(place, f"title: {{zh: x, en: x}}\nextends: {target}\n")

    told_by_reader = refusal(path)

    assert f"{path}:2:1: extends" in told_by_reader
    assert told in told_by_reader


def test_a_missing_base_is_told_with_its_neighbours(place: Path) -> None:
    path = write(place, "extends: ../base/smal.yaml\n")

    assert "did you mean 'small.yaml'?" in refusal(path)


def test_scenarios_of_the_program_can_be_extended_from_anywhere(tmp_path: Path) -> None:
    path = write(tmp_path, "extends: jianfu:base/county.yaml\n")

    assert read_scenario(path).obligations
