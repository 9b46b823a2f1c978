"""Tutorials do what they say: their steps are applied to a copy of the project, and their commands are executed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tutorials import FOLDER, ROOT, Step, carry_out, copy_project, files_of, steps_of, take_back
from tools import plain_words

MOST_FILES = {"lever": 6, "metric": 2, "obligation_kind": 8, "picture": 3}
"""Files of the project that a tutorial may touch."""
SHIPPED = ("lever", "metric")
"""Tutorials about parts that the project already has; their changes are in the project."""


@pytest.mark.slow
@pytest.mark.parametrize("name", MOST_FILES)
def test_the_steps_of_a_tutorial_lead_to_a_program_that_works(name: str, tmp_path: Path) -> None:
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    copy_project(tmp_path)
    if name in SHIPPED:
        take_back(page, tmp_path)

    carry_out(page, tmp_path)

    if name in SHIPPED:  # others may have added lines beside those of the page since
        assert [path for path in files_of(page) if lines_of(tmp_path / path) != lines_of(ROOT / path)] == []
        return

    changed = [path for path in files_of(page) if path.endswith(".py")]
    assert [found for path in changed for found in plain_words.findings((tmp_path / path).read_text("utf-8"))] == []
    for check in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "--follow-imports=silent"]):
        done = subprocess.run(
            [sys.executable, "-m", *check, *changed], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def lines_of(file: Path) -> list[str]:
    return sorted(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_project_holds_the_changes_of_a_tutorial_about_a_shipped_part(name: str, tmp_path: Path) -> None:
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for path in files_of(page):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, tmp_path / path)

    take_back(page, tmp_path)

    assert all(not (tmp_path / step.path).exists() for step in steps_of(page) if step.path and not step.how)


def test_every_tutorial_is_executed_and_touches_few_files() -> None:
    pages = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}

    assert pages.keys() == MOST_FILES.keys()
    assert {name: len(files_of(page)) <= MOST_FILES[name] for name, page in pages.items()} == dict.fromkeys(pages, True)


def test_steps_are_read_from_the_markers_of_a_page() -> None:
    page = """
<!-- file: sim/new.py -->
```python
ONE = 1
```
Only shown:
```python
TWO = 2
```
<!-- in: sim/old.py, after: HERE, -->
```python
    NEW,
```
```console
$ jianfu list kinds
```
"""

    assert steps_of(page) == [
        Step("sim/new.py", "ONE = 1\n"),
        Step("sim/old.py", "    NEW,\n", "after", "HERE,"),
        Step("", "$ jianfu list kinds\n"),
    ]
    assert files_of(page) == ["sim/new.py", "sim/old.py"]


@pytest.mark.parametrize(
    ("how", "expected"), [("after", "a\n  b\nnew\nc\n"), ("instead of", "a\nnew\nc\n")], ids=["after", "instead of"]
)
def test_a_step_changes_one_place(how: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\n  b\nc\n")

    Step("old.py", "new\n", how, "b").apply(tmp_path)

    assert (tmp_path / "old.py").read_text() == expected


@pytest.mark.parametrize("line", ["d", "a"], ids=["no such line", "two such lines"])
def test_a_step_whose_line_is_not_clear_fails(line: str, tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\nb\na\n")

    with pytest.raises(AssertionError, match=f"lines '{line}'"):
        Step("old.py", "new\n", "after", line).apply(tmp_path)


@pytest.mark.parametrize("how", ["after", "instead of"])
def test_taking_a_step_back_is_the_opposite_of_applying_it(how: str, tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\n  b\nc\n")
    step = Step("old.py", "  new\n  b\n" if how == "instead of" else "  new\n", how, "b")

    step.apply(tmp_path)
    step.take_back(tmp_path)

    assert (tmp_path / "old.py").read_text() == "a\n  b\nc\n"


def test_a_change_that_the_project_does_not_hold_cannot_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\n")

    with pytest.raises(AssertionError, match="holds 0 times"):
        Step("old.py", "b\n", "after", "a").take_back(tmp_path)


def test_a_new_file_is_new(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\n")

    with pytest.raises(AssertionError, match="exists already"):
        Step("old.py", "new\n").apply(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "expected",
    ["Levers", "...\n  cap_frequency        cap on frequency\n...", ""],
    ids=["first line", "line among others", "nothing"],
)
def test_a_command_prints_the_lines_of_its_block(expected: str) -> None:
    carry_out(f"```console\n$ jianfu list levers\n{expected}\n```\n", ROOT)


@pytest.mark.slow
@pytest.mark.parametrize("block", ["$ jianfu list levers\nKinds", "$ jianfu list nothing"], ids=["other", "fails"])
def test_a_command_that_prints_something_else_or_fails_is_found(block: str) -> None:
    with pytest.raises(AssertionError, match=r"\$ jianfu list"):
        carry_out(f"```console\n{block}\n```\n", ROOT)
