"""The house keeps its shape: small modules, named after what they own."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "sim").rglob("*.py"))
LONGEST = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home)/|\b[A-Z]:\\Users")


def module_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_texts() -> list[Path]:
    """List the files under version control that are text; an unpacked release has none to check."""
    if not (ROOT / ".git").exists():
        return []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def test_a_module_fits_in_the_head() -> None:
    lines = {module_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_a_module_is_named_after_what_it_owns() -> None:
    assert [module_name(path) for path in MODULES if NAMELESS & {*path.relative_to(ROOT).with_suffix("").parts}] == []


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
