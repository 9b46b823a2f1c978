"""Hostile and clumsy files: each is refused in a sentence, with exit code 2, quickly, and without a traceback."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.files.parse import DEEPEST, parse
from sim.files.sheet import csv_text
from sim.files.text import LARGEST, read_text
from sim.files.write import json_text

TEXT = (Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml").read_text(encoding="utf-8")


def put(content: bytes | str) -> Callable[[Path], Path]:
    """Write a file."""

    def made(folder: Path) -> Path:
        path = folder / "hostile.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return made


def changed(old: str, new: str) -> Callable[[Path], Path]:
    """Write the small scenario with one change."""
    assert old in TEXT
    return put(TEXT.replace(old, new, 1))


def alias_bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 12)]
    return "\n".join(lines)


def nested(levels: int) -> str:
    return "a: " + "[" * levels + "]" * levels


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.yaml")
    return folder / "pipe.yaml"


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty file": (put(""), "empty"),
    "only a comment": (put("# nothing\n"), "empty"),
    "only a scalar": (put("hello\n"), "key: value"),
    "a list": (put("- a\n- b\n"), "key: value"),
    "binary file": (put(bytes(range(256)) * 8), "NUL"),
    "picture": (put(b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 40), "NUL"),
    "50 MB": (put(b"a: " + b"x" * 50_000_000), "larger than"),
    "UTF-16": (put(TEXT.encode("utf-16")), "UTF-16"),
    "UTF-16 without a mark": (put(TEXT.encode("utf-16-le")), "NUL"),
    "GBK": (put(TEXT.encode("gbk")), "GBK"),
    "neither UTF-8 nor GBK": (put(b"title: \xff\xff\xff"), "UTF-8"),
    "escape sequence": (put(TEXT.replace("Test county", "\x1b[31mred")), "U+001B"),
    "escaped escape sequence": (changed("on: township", 'on: "\\e[31mtownship"'), "\\u001b[31mtownship"),
    "tab": (changed("      tier: county", "\ttier: county"), "not valid YAML"),
    "duplicate keys": (changed("tier: county", "tier: county\n      tier: county"), "already in line 19"),
    "zero-width character in a key": (changed("tier: county", "ti\u200ber: county"), "\\u200b"),
    "zero-width character in a name": (changed("on: township", "on: town\u200bship"), "\\u200b"),
    "full-width colon": (changed("tier: county", "tier：county"), "full-width colon"),
    "alias bomb": (put(alias_bomb()), "aliases"),
    "alias of itself": (put("a: &a [*a]"), "anchor 'a' does not exist"),
    "merge key": (put("a: &a {b: 1}\nc: {<<: *a}"), "merge key"),
    "tag": (put("a: !!python/object:os.system {}"), "tags are not supported"),
    "two documents": (put("a: 1\n---\nb: 2\n"), "one document"),
    "mapping as a key": (put("{a: 1}: 2"), "key must be plain text"),
    "60 levels deep": (put(nested(DEEPEST + 1)), "levels deep"),
    "200,000 levels deep": (put(nested(200_000)), "levels deep"),
    "open quote": (put('a: "b\n'), "not valid YAML"),
    "number of 5000 digits": (changed("groups: 8", "groups: " + "9" * 5000), "whole number"),
    "number of 400 digits": (changed("groups: 8", "groups: " + "9" * 299), "at most"),
    "length of 400 digits": (changed("notice: 5 workdays", "notice: " + "9" * 400 + " workdays"), "not a number of"),
    "duration of 400 digits": (changed("switching: 30 s", "switching: " + "9" * 400 + " h"), "not a duration"),
    "rate of 400 digits": (changed("rate: 20 per week", "rate: " + "9" * 400 + " per week"), "not a rate"),
    "huge spread": (changed("cv=0.3", "cv=" + "9" * 300), "not a distribution"),
    "negative spread": (changed("cv=0.3", "cv=-1"), "not a distribution"),
    "spread that is no number": (changed("cv=0.3", "cv=nan"), "not a distribution"),
    "negative duration": (changed("switching: 30 s", "switching: -30 s"), "not a duration"),
    "share without sign": (changed("share: 50%", "share: 0.5"), "no unit"),
    "unknown year": (changed("year: 2024", "year: 1949"), "not known"),
    "year of many digits": (changed("year: 2024", "year: " + "9" * 200), "not known"),
    "formula as a name": (changed("  notices:", "  =cmd|' /C calc'!A0:"), "letters, digits"),
    "markup as a name": (changed("  notices:", "  <script>alert(1)</script>:"), "letters, digits"),
    "point in a name": (changed("  notices:", "  a.b:"), "letters, digits"),
    "weights that are all zero": (changed("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 2]", str([0] * 12)), "one month"),
    "eleven weights": (changed("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 2]", str([1] * 11)), "at least 12"),
    "negative weight": (changed("1.5, 2]", "1.5, -2]"), "at least 0"),
    "hours out of order": (changed("[08:30-12:00, 14:00-17:30]", "[14:00-17:30, 08:30-12:00]"), "in order"),
    "hours past midnight": (changed("14:00-17:30", "14:00-24:30"), "not a range of times"),
    "no hours": (changed("[08:30-12:00, 14:00-17:30]", "[]"), "in order"),
    "a lever on nothing": (put(TEXT + "levers: [{lever: cap_frequency, of: [], to: yearly}]"), "at least 1"),
    "section of the wrong kind": (changed("demand:\n", "demand: 5\nx:\n"), "mapping"),
    "list for a mapping": (put("obligations: [a, b]\n"), "mapping"),
    "null for everything": (put("\n".join(f"{key}:" for key in ("title", "calendar", "obligations"))), "mapping"),
    "number for all levers": (put(TEXT + "levers: 5"), "must be a list"),
    "true for all levers": (put(TEXT + "levers: true"), "must be a list"),
    "number for the entries of a lever": (put(TEXT + "levers: [{lever: enforce, of: 5}]"), "must be a list"),
    "numbers in the entries of a lever": (put(TEXT + "levers: [{lever: enforce, of: [5, [a]]}]"), "must be text"),
    "number for a list in order": (put(TEXT + "levers: [{then: 5}]"), "must be a list"),
    "seasons left empty": (changed("  seasons:\n", "  seasons:\n  other:\n"), "mapping"),
    "missing file": (lambda folder: folder / "nothing.yaml", "no such file"),
    "folder without files": (lambda folder: folder, "no YAML files"),
    "device": (lambda _: Path("/dev/zero"), "no ordinary file"),
    "pipe": (pipe, "no ordinary file"),
    "name too long": (lambda folder: folder / ("x" * 300 + ".yaml"), "cannot be read"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_a_sentence(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, told = CASES[name]
    path = make(tmp_path)
    began = time.perf_counter()

    code = run(["validate", str(path), "--lang", "en"])

    said = "".join(capsys.readouterr())
    assert code == 2
    assert told in said
    assert path.name[:40] in said
    assert "Traceback" not in said
    assert "internal fault" not in said
    assert "\x1b" not in said
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_chinese_too(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = CASES[name][0](tmp_path)

    assert run(["explain", str(path)]) == 2

    said = "".join(capsys.readouterr())
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = put(b"\xef\xbb\xbf" + TEXT.encode())(tmp_path)

    assert run(["validate", str(path), "-q"]) == 0


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    path = put(TEXT.replace("\n", "\r\n"))(tmp_path)

    assert run(["validate", str(path), "-q"]) == 0


def test_a_modest_use_of_aliases_is_accepted() -> None:
    tree = parse("a: &a {b: 1}\nc: *a\n", "file")

    assert tree.data() == {"a": {"b": 1}, "c": {"b": 1}}


def test_the_deepest_file_that_is_allowed_is_read() -> None:
    assert parse(nested(DEEPEST - 2), "file")


@pytest.mark.slow
def test_a_file_of_the_largest_size_is_parsed_in_time(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    row = "  county_inspection_of_villages: {value: 4 h, range: [2 h, 8 h], source: assumed}\n"
    path.write_text("a:\n" + "".join(row.replace("county", f"c{at}") for at in range(LARGEST // len(row) - 100)))
    began = time.process_time()

    parse(read_text(path), str(path))

    assert time.process_time() - began < 10


def test_a_table_starts_no_formula() -> None:
    text = csv_text(["name", "hours"], [["=cmd|' /C calc'!A0", -1.5], ["@x", 2], ["+1", None], ["plain", True]])

    assert text == "name,hours\n'=cmd|' /C calc'!A0,-1.5\n'@x,2\n'+1,\nplain,true\n"


def test_json_holds_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"a": float("nan")})
