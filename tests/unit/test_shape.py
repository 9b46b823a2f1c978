"""The shape of the code: small modules, named after what they own, each with a docstring."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "sim").rglob("*.py"))
LONGEST = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home)/|\b[A-Z]:\\Users")


def module_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_texts() -> list[Path]:
    """Return the text files under version control; none in an unpacked release."""
    if not (ROOT / ".git").exists():
        return []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_named_after_what_it_owns(path: Path) -> None:
    assert NAMELESS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = {
        (module_name(path), match.group())
        for path in tracked_texts()
        for match in MACHINE_PATHS.finditer(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_the_lock_names_versions_and_no_place_to_get_them_from() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert all("==" in line for line in lock.splitlines() if not line.startswith("#"))
