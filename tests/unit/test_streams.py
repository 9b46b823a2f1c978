"""Texts on streams of any encoding are readable, and printed commands can be typed as they stand."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.cli.streams import PLAIN
from sim.cli.wording import command_line

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
HEADLINE = "−4.5 [−5.0,\u00a0−4.1] – — → … ≤ ’"


def printed(code: str, encoding: str) -> bytes:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True).stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "cp1252", "big5", "shift_jis", "cp936"])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_signs_that_an_encoding_lacks_are_written_plainly(encoding: str, stream: str) -> None:
    code = f"import sys; from sim.cli.streams import make_readable; make_readable(); sys.{stream}.write({HEADLINE!r})"
    environment = {**os.environ, "PYTHONIOENCODING": encoding}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)

    text = getattr(done, stream).decode(encoding)
    assert "\\" not in text
    assert "4.5 [" in text
    assert "".join(PLAIN.get(letter, letter) for letter in text) == "-4.5 [-5.0, -4.1] - - -> ... <= '"


def test_a_stream_of_utf_8_is_written_as_it_is() -> None:
    code = f"from sim.cli.streams import make_readable; make_readable(); print({HEADLINE!r})"

    assert printed(code, "utf-8").decode().strip() == HEADLINE


def test_every_equivalent_is_ascii() -> None:
    assert [plain for plain in PLAIN.values() if not plain.isascii()] == []


@pytest.mark.slow
def test_a_document_reads_back_the_same_from_every_encoding() -> None:
    code = "import sys; from sim.cli.main import main; sys.argv[1:] = ['list', 'metrics', '--json']; main()"

    documents = [json.loads(printed(code, encoding).decode(encoding)) for encoding in ("utf-8", "ascii", "gbk")]

    assert documents[0] == documents[1] == documents[2]


@pytest.mark.skipif(os.name == "nt", reason="the shell of Windows has other rules")
@pytest.mark.parametrize("name", ["plain", "with space", "it's", "$HOME", "a;b", "年&度", "*", "-rf", "--help", "a\nb"])
def test_a_printed_command_is_what_a_shell_reads(name: str) -> None:
    command, said, path = shlex.split(command_line("jianfu report", Path(name)))

    assert (command, said) == ("jianfu", "report")
    assert Path(path) == Path(name)
    assert not path.startswith("-")


def test_a_new_scenario_names_commands_that_a_shell_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["init", "my county.yaml", "--lang", "en"]) == 0

    assert "next: jianfu validate 'my county.yaml'" in capsys.readouterr().err
    assert "jianfu explain 'my county.yaml'" in (tmp_path / "my county.yaml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_comparison_that_cannot_be_saved_prints_no_next_command(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "file" / "runs"))

    assert run(["compare", str(PLACE), "-n", "1", "-j", "1", "--lang", lang]) == 0

    told = capsys.readouterr().err
    assert "jianfu report" not in told
    assert "report.html" not in told.splitlines()[-1]


@pytest.mark.slow
def test_the_next_command_of_a_comparison_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "my runs"))
    assert run(["compare", str(PLACE), "-n", "1", "-j", "1", "--lang", "en"]) == 0
    _, _, command = capsys.readouterr().err.strip().splitlines()[-1].partition("next: jianfu ")

    assert run([*shlex.split(command), "--lang", "en"]) == 0
