"""Tutorials: pages whose blocks change a copy of the project, step by step, and whose commands are executed in it.

The line above a fenced block tells the use of the block:

    <!-- file: sim/plan/messages/public_accounts.py -->       the block is a new file
    <!-- in: sim/plan/planners.py, after: THE LINE -->        the block is inserted after the only line that reads so
    <!-- in: sim/plan/planners.py, instead of: THE LINE -->   the block replaces that line

Spaces at both ends of THE LINE do not count. A part of a file is a block of the language `text`, because `ruff format`
formats blocks of Python. A block of the language `console` needs no marker. Its lines that begin with `$ ` are
commands, `jianfu ...` or `pytest ...`; the other lines must be printed by the command above them, in this order, and
`...` stands for any number of lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "tutorials"
COPIED = ("sim", "scenarios", "seeds", "tests", "docs", "pyproject.toml", "CHANGELOG.md")
_STEP = re.compile(
    r"(?:<!-- (?P<use>file|in): (?P<path>\S+?)(?:, (?P<how>after|instead of): (?P<line>.+?))? -->\n)?"
    r"```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_PROGRAMS = {"jianfu": ["-c", "from sim.cli.main import main; main()"], "pytest": ["-m", "pytest", "-q"]}


@dataclass(frozen=True)
class Step:
    """One block of a page: a change of one file, or commands where it has no path."""

    path: str
    text: str
    how: str = ""
    """`after`, `instead of`, or empty for a new file."""
    line: str = ""

    def apply(self, folder: Path) -> None:
        """Change the file in the copy of the project."""
        file = folder / self.path
        if not self.how:
            assert not file.exists(), f"{self.path} exists already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        found = [place for place, line in enumerate(lines) if line.strip() == self.line.strip()]
        assert len(found) == 1, f"{self.path} has {len(found)} lines '{self.line}'"
        place = found[0]
        lines[place + (self.how == "after") : place + 1] = [self.text]
        file.write_text("".join(lines), encoding="utf-8")

    def take_back(self, folder: Path) -> None:
        """Remove the change from the copy of the project, which holds it: the opposite of `apply`.

        Raises:
            AssertionError: the file holds other text than the block.
        """
        file = folder / self.path
        text = file.read_text(encoding="utf-8")
        if not self.how:
            assert text == self.text, f"{self.path} differs from the page"
            file.unlink()
            return
        assert text.count(self.text) == 1, f"{self.path} holds {text.count(self.text)} times\n{self.text}"
        before = "" if self.how == "after" else self._replaced()
        file.write_text(text.replace(self.text, before), encoding="utf-8")

    def _replaced(self) -> str:
        """Return the line that the block replaced, as far to the right as the block's first line."""
        first = self.text.split("\n", 1)[0]
        return " " * (len(first) - len(first.lstrip())) + self.line.strip() + "\n"


def steps_of(page: str) -> list[Step]:
    """List the steps of a page in their order; blocks with neither a marker nor commands only show something."""
    steps = []
    for found in _STEP.finditer(page):
        if found["use"]:
            assert (found["use"] == "in") == bool(found["how"]), f"unclear step: {found[0].splitlines()[0]}"
            steps.append(Step(found["path"], found["text"], found["how"] or "", found["line"] or ""))
        elif found["language"] == "console":
            steps.append(Step("", found["text"]))
    return steps


def files_of(page: str) -> list[str]:
    """List the files of the project that a page changes or adds, each once."""
    return sorted({step.path for step in steps_of(page) if "/" in step.path or step.path == "CHANGELOG.md"})


def copy_project(folder: Path) -> None:
    """Copy the sources of the project, with compiled modules, which stay valid because the times of files stay."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy2(ROOT / name, folder / name)


def carry_out(page: str, folder: Path) -> None:
    """Apply the steps of a page to the copy of the project in `folder`.

    Raises:
        AssertionError: a line to change is not there, a command fails, or a command prints something else.
    """
    for step in steps_of(page):
        if step.path:
            step.apply(folder)
        else:
            _try_commands(step.text, folder)


def take_back(page: str, folder: Path) -> None:
    """Remove the changes of a page from the copy of the project, the last one first.

    Raises:
        AssertionError: the copy does not hold a change as the page shows it.
    """
    for step in reversed(steps_of(page)):
        if step.path:
            step.take_back(folder)


def _try_commands(text: str, folder: Path) -> None:
    for block in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *expected = block.rstrip().splitlines()
        printed = _printed(command, folder)
        assert _holds(printed, expected), f"$ {command}\nprinted\n{printed}\ninstead of\n" + "\n".join(expected)


def _printed(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    environment = {**os.environ, "PYTHONPATH": str(folder), "JIANFU_LANG": "en", "JIANFU_RUNS": str(folder / "runs")}
    done = subprocess.run(
        [sys.executable, *_PROGRAMS[program], *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
    return done.stdout


def _holds(printed: str, expected: list[str]) -> bool:
    """Check that the lines were printed one after the other; before the first and after the last there may be more."""
    parts = (r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r" *\n" for line in expected)
    return re.search("^" + "".join(parts), printed.rstrip() + "\n", re.MULTILINE) is not None
