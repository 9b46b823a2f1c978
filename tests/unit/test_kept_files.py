"""Files that were parsed once are read from the store with the same nodes and places; mistakes are found each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.kept.store import Store
from sim.files import kept as kept_files
from sim.files.extend import scenarios_folder
from sim.files.kept import pack, parse_once, unpack
from sim.files.parse import parse
from sim.files.scenario import read_with_places

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"
SHIPPED = sorted(scenarios_folder().rglob("*.yaml"))
ODD = """
plain: [1, -2.5, 1e3, .5, true, null, ~, 2024-03-05, 12:30, 010, no, ２４]
quoted: ["1", '2.5', "true", "", '2024-03-05', "null"]
text: |
  two
  lines
empty:
same: &anchor {a: 1, b: [x, "2"]}
again: *anchor
"""


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of every file that is parsed."""
    found: list[str] = []

    def noting(text: str, file: str) -> object:
        found.append(Path(file).name)
        return parse(text, file)

    monkeypatch.setattr(kept_files, "parse", noting)
    return found


def test_nodes_come_back_with_their_places_values_and_texts() -> None:
    trees = [parse(ODD, "odd.yaml"), *(parse(path.read_text("utf-8"), str(path)) for path in SHIPPED)]

    assert len(SHIPPED) > 20
    assert all(unpack(pack(tree), tree.place.file) == tree for tree in trees)
    assert unpack(pack(trees[0]), "other.yaml").place.file == "other.yaml"
    items = trees[0].child("plain")
    assert items is not None
    assert items.data() == (1, -2.5, 1000.0, 0.5, True, None, None, date(2024, 3, 5), "12:30", 10, "no", 24)


def test_a_scenario_is_parsed_once_and_again_if_a_text_or_an_entry_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "scenarios" / "place"
    place.mkdir(parents=True)
    (place / "base.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    file = place / "after.yaml"
    file.write_text("extends: base.yaml\ntitle: {zh: 题, en: title}\n", "utf-8")
    found, store = parsed(monkeypatch), Store(tmp_path)

    first = read_with_places(file, kept=store)
    again = read_with_places(file, kept=store)

    assert found == ["after.yaml", "base.yaml"]
    assert again == first == read_with_places(file)

    next(tmp_path.rglob("*.bin")).write_bytes(b"torn")
    assert read_with_places(file, kept=store) == first
    assert len(found) == 5  # two of them by the call without a store

    file.write_text("extends: base.yaml\ntitle: {zh: 题, en: another}\n", "utf-8")
    assert read_with_places(file, kept=store).scenario.title.en == "another"
    assert found[5:] == ["after.yaml"]


def test_mistakes_are_reported_each_time(tmp_path: Path) -> None:
    store = Store(tmp_path)

    for _ in range(2):
        with pytest.raises(ScenarioError, match=r"line 1"):
            parse_once("a: 1\na: 2\n", "twice.yaml", store)
    assert not list(tmp_path.rglob("*.bin"))
