"""CONTRIBUTING.md names everything that CI asks for: checks, tests of completeness, folders, tutorials."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def recipe(target: str) -> str:
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found
    return found[1]


def test_every_check_is_named() -> None:
    checks = re.findall(r"\$\(BIN\)/(?:python )?([\w./-]+(?: (?:check|format))?)", recipe("check"))

    assert len(checks) > 4
    assert [check for check in checks if f"`{check}`" not in PAGE] == []


def test_ci_runs_what_the_page_says() -> None:
    assert "make test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "--durations=10" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_folder_with_tests_is_named() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}

    assert [folder for folder in sorted(folders) if f"`{folder}`" not in PAGE] == []


def test_every_tutorial_is_linked_from_both_pages() -> None:
    tutorials = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "tutorials").glob("*.md")]
    pages = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "ARCHITECTURE.md")}

    assert [(name, path) for name, text in pages.items() for path in tutorials if f"({path})" not in text] == []


def test_every_file_of_tests_that_is_named_exists() -> None:
    named = set(re.findall(r"`(?:tests/unit/)?(test_\w+\.py)`", PAGE))

    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / "tests" / "unit" / name).exists()] == []
