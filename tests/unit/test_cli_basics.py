"""The command line: exit codes, JSON documents, both languages, and a quick start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.cli.main import COMMANDS, run
from sim.cli.output import printable

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "scenarios"
SMALL = str(SCENARIOS / "base" / "small.yaml")
BEFORE = str(SCENARIOS / "place" / "before.yaml")
AFTER = str(SCENARIOS / "place" / "after.yaml")
HEAVY = {"numpy", "matplotlib", "scipy", "simpy", "numba", "pydantic", "ruamel"}


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANFU_LANG", raising=False)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "wrong.yaml"
    path.write_text("title: 5\nextend: x\n", encoding="utf-8")
    return str(path)


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    said = capsys.readouterr()
    assert said.err == ""
    found: dict[str, Any] = json.loads(said.out)
    assert found["schema"] == 1
    return found


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules that a call of the command imports."""
    code = (
        "import sys; from sim.cli.main import run; code = run(sys.argv[1:]);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


def test_help_imports_nothing_heavy() -> None:
    assert loaded_by("--help") & HEAVY == set()


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["validate", AFTER, "-q"], ["explain", AFTER, "-q"], ["diff", BEFORE, AFTER]])
def test_commands_that_do_not_simulate_import_no_simulation(arguments: list[str]) -> None:
    assert loaded_by(*arguments) & {"matplotlib", "scipy", "simpy", "numba"} == set()


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("zh", "没有 numba"), ("en", "no numba")])
def test_without_numba_a_run_says_so_once_and_goes_on(lang: str, words: str, tmp_path: Path) -> None:
    code = "import sys; sys.modules['numba'] = None; from sim.cli.main import run; sys.exit(run(sys.argv[1:]))"
    call = ["run", SMALL, "-n", "2", "-j", "2", "--lang", lang]

    done = subprocess.run([sys.executable, "-c", code, *call], capture_output=True, text=True, check=True, cwd=tmp_path)

    assert done.stderr.count(words) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("zh", "正在编译仿真内核"), ("en", "compiling the kernel")])
def test_the_first_compilation_is_announced_in_the_language_of_the_call(lang: str, words: str, tmp_path: Path) -> None:
    call = ["run", SMALL, "-n", "1", "--engine", "compiled", "--lang", lang]
    jianfu = [sys.executable, "-c", "from sim.cli.main import main; main()", *call]
    env = {**os.environ, "JIANFU_CACHE": str(tmp_path / "cache")}

    said = [
        subprocess.run(jianfu, capture_output=True, text=True, check=True, cwd=tmp_path, env=env).stderr
        for _ in range(2)
    ]

    assert [text.count(words) for text in said] == [1, 0]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_in_both_languages(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help", "--lang", lang]) == 0

    said = capsys.readouterr().out
    assert "--lang" in said
    assert ("选项" in said) == (lang == "zh")
    assert ("Options" in said) == (lang == "en")


def test_the_help_of_the_program_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0

    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("jianfu ")


def test_the_language_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANFU_LANG", "en")

    run(["--help"])
    run(["--help", "--lang", "zh"])

    said = capsys.readouterr().out
    assert said.index("Commands:") < said.index("命令:")


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["valdate"], "是不是“validate”", "did you mean 'validate'?"),
        (["validate"], "缺少参数 FILE", "FILE is missing"),
        (["validate", SMALL, "--jsn"], "没有选项“--jsn”", "no option '--jsn'"),
        (["validate", SMALL, "--format", "xml"], "须为以下之一：text, json, github", "one of text, json, github"),
        (["validate", SMALL, "-s"], "需要一个值", "requires an argument"),
        (["explain", SMALL, "a", "b"], "多余的参数：b", "unexpected extra argument (b)"),
        (["explain", SMALL, "polcy"], "相近的有：policy", "similar keys: policy"),
        (["explain", "nothing.yaml"], "没有这个文件", "no such file"),
        (["init", "CON.yaml"], "Windows", "Windows"),
        (["init", "plain.txt"], ".yaml", ".yaml"),
        (["init", "x.yaml", "--base", "nowhere.yaml"], "没有这个文件", "no such file"),
        (["--nothing"], "没有选项", "no option"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_both_languages(
    arguments: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert zh in said.err
    assert said.out == ""

    english = ["--lang=en", *arguments]
    assert run(english) == 2
    assert en in capsys.readouterr().err


def test_validate_tells_all_mistakes_on_stdout(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", SMALL, wrong, "--lang", "en"]) == 2

    said = capsys.readouterr()
    assert f"{wrong}:1:1: title:" in said.out
    assert f"{wrong}:2:1: extend: there is no key 'extend'" in said.out
    assert said.err.startswith("files: 2, mistakes: ")


def test_validate_as_one_document(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", SMALL, wrong, "--json"]) == 2

    found = document(capsys)
    assert found["ok"] is False
    assert [row["ok"] for row in found["data"]["files"]] == [True, False]
    assert found["problems"][0] | {"message": ..., "hint": ...} == {
        "file": wrong, "line": 1, "column": 1, "key": "calendar", "message": ..., "hint": ...,
    }  # fmt: skip


def test_validate_for_github(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", wrong, "--format", "github", "-q"]) == 2

    said = capsys.readouterr()
    assert said.out.startswith(f"::error file={wrong},line=1,col=1::")
    assert said.err == ""


def test_validate_takes_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(SCENARIOS), "--json"]) == 0

    found = document(capsys)
    assert found["ok"] is True
    assert [Path(row["file"]).name for row in found["data"]["files"]] == ["small.yaml", "after.yaml", "before.yaml"]


def test_validate_lists_numbers_without_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", SMALL, "--sources", "--lang", "en"]) == 2

    said = capsys.readouterr().out
    assert "obligations.notices.groups: '8' has no source" in said
    assert "obligations.county_inspection.programmes" not in said


def test_explain_tells_where_values_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", AFTER, "-s", "run.root=3", "--json"]) == 0

    rows = {row["key"]: row for row in document(capsys)["data"]}
    programmes = rows["obligations.county_inspection.programmes"]
    assert (programmes["origin"], programmes["line"], programmes["standing"]) == ("base", 5, "assumed")
    assert rows["run.root"]["origin"] == "set"
    assert rows["run.primary"]["origin"] == "default"
    assert rows["levers[one_team].strength"]["origin"] == "file"
    assert rows["demand.certificates.patience"]["value"] == "3 workdays"


def test_diff_tells_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", BEFORE, AFTER]) == 0
    chinese = capsys.readouterr().out
    assert run(["diff", BEFORE, AFTER, "--lang", "en", "-s", "obligations.county_inspection.notice=3 workdays"]) == 0
    english = capsys.readouterr().out

    assert "新增 levers[cap_frequency]：压减频次：县级督查" in chinese
    assert "added levers[cap_frequency]: cap on frequency: county inspection (to quarterly)" in english
    assert "changed obligations.county_inspection.notice: 5 workdays → 3 workdays" in english


def test_nothing_differs_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", AFTER, AFTER, "--json"]) == 0

    assert document(capsys)["data"] == []


def test_list_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--json"]) == 0

    data = document(capsys)["data"]
    assert set(data) == {"scenarios", "levers", "kinds", "metrics"}
    assert {"base/county.yaml", "outside/haining_bundling/after.yaml"} <= {row["name"] for row in data["scenarios"]}


def test_init_writes_a_scenario_that_holds_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["init", "mine.yaml"]) == 0
    assert run(["validate", "mine.yaml"]) == 0
    before = Path("mine.yaml").read_bytes()
    assert run(["init", "mine.yaml"]) == 2

    assert Path("mine.yaml").read_bytes() == before
    assert "已存在" in capsys.readouterr().err


def test_init_into_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")

    assert run(["init", str(tmp_path / "file" / "mine.yaml")]) == 2

    assert "无法写入" in capsys.readouterr().err


def test_a_failure_is_a_document_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "nothing.yaml", "--json"]) == 2
    found = document(capsys)
    assert (found["ok"], found["data"], found["problems"][0]["file"]) == (False, None, "nothing.yaml")

    assert run(["nonsense", "--json"]) == 2
    assert document(capsys)["ok"] is False


@pytest.mark.parametrize(
    ("fault", "code"), [(KeyboardInterrupt(), 130), (RuntimeError("odd\nthing"), 3), (BrokenPipeError(), 0)]
)
def test_faults_have_their_own_exit_codes(
    fault: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("sim.files.explain.explain_values", fail)

    assert run(["explain", SMALL]) == code

    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == (code != 0)


def test_a_traceback_comes_with_debug_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr("sim.files.explain.explain_values", fail)

    assert run(["explain", SMALL, "--debug"]) == 3

    assert "Traceback" in capsys.readouterr().err


def test_what_a_terminal_would_obey_is_spelt_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "titles.yaml"
    text = Path(SMALL).read_text(encoding="utf-8").replace("zh: 测试县", 'zh: "\\e[2J\\u202e县\\u009b1m"')
    path.write_text(text, encoding="utf-8")

    run(["explain", str(path), "title"])
    said = capsys.readouterr().out
    run(["explain", str(path), "title", "--json"])
    in_json = capsys.readouterr().out

    assert "\\x1b[2J\\u202e县\\x9b1m" in said
    assert printable(in_json) == in_json
    assert json.loads(in_json)["data"][0]["value"] == "\x1b[2J\u202e县\x9b1m / Test county"


@pytest.mark.slow
def test_a_closed_pipe_is_no_failure() -> None:
    call = f"{sys.executable} -c 'import sys; from sim.cli.main import main; sys.argv[1:] = [\"list\"]; main()' | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", call], capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_output_survives_a_narrow_encoding() -> None:
    code = "import sys; from sim.cli.main import main; sys.argv[1:] = ['list', 'levers']; main()"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)

    assert done.returncode == 0
    assert b"\\u538b" in done.stdout
