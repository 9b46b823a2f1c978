"""The documents are true: commands parse, links resolve, tables and shown output are the program's own.

An HTML comment before a fenced block names the origin of the block:

    <!-- output of: jianfu list levers | 1-3 -->     the block is these lines of the command's output, with `...` for
                                                     lines left out; without `| ...` it is the whole output
    <!-- file: scenarios/mine.yaml -->               the block is a file, which exists before commands of the page run;
                                                     tutorials have more markers (`tests/tutorials.py`)
    <!-- table: kinds -->                            the rows of the table are the program's own

`JIANFU_GOLDEN=write pytest tests/unit/test_docs.py` writes the blocks, tables and pictures again.
"""

import os
import re
import shlex
import shutil
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest

from sim.cli.main import COMMANDS, run
from sim.cli.output import Output
from sim.domain.kinds import KIND_TEXTS
from sim.i18n import Lang
from sim.levers.table import LEVERS
from sim.metrics.table import METRICS
from sim.report.figures import FIGURES
from sim.report.words import unit_label

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TWINS = [("README.md", "README.zh.md"), ("docs/guide/en.md", "docs/guide/zh.md")]
"""Pages with the same content in English and in Chinese."""
REWRITES = os.environ.get("JIANFU_GOLDEN") == "write"
PICTURES = {lang: ROOT / "docs" / "pictures" / f"time_budget.{lang}.png" for lang in ("en", "zh")}
SIMULATING = {"compare", "run", "trace"}

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_SHOWN = re.compile(
    r"<!-- output of: (jianfu [^|\n]+?)(?: \| ([\d, -]+))? -->\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_FILE = re.compile(r"<!-- file: (\S+) -->\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"<!-- table: (\w+) -->\n((?:\|.*\n)+)")
_PLACE = re.compile(r"(?:sim|scenarios|seeds|tests|docs|tools)/[\w./*-]*|[A-Z]\w+\.(?:md|cff)|Makefile|LICENSE")
_WRITTEN_BY_READERS = {"scenarios/mine.yaml", "scenarios/wrong.yaml", "docs/decisions/NNNN-title.md"}
_TARGET = re.compile(r"^make (\w+)", re.MULTILINE)


def language(page: Path) -> Lang:
    return "zh" if "zh" in page.stem else "en"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands_of(page: Path) -> list[str]:
    """Return every call of `jianfu` on a page, in order; a bare name is a mention, not a call."""
    text = page.read_text(encoding="utf-8")
    fenced = [(found.start(), line) for found in _FENCE.finditer(text) for line in found[2].splitlines()]
    inline = [(found.start(), found[1]) for found in _CODE.finditer(_FENCE.sub(lambda f: " " * len(f[0]), text))]
    lines = [line.strip().removeprefix("$ ") for _, line in sorted(fenced + inline)]
    return [line for line in lines if re.match(r"(JIANFU_\w+=\S+ )?jianfu( |$)", line)]


def arguments(command: str) -> list[str]:
    words = shlex.split(command, comments=True)
    return words[words.index("jianfu") + 1 :]


pages = pytest.mark.parametrize("page", PAGES, ids=name_of)
twins = pytest.mark.parametrize("names", TWINS, ids=lambda names: names[0])


@pages
def test_every_command_on_a_page_can_be_called_so(page: Path) -> None:
    for command in commands_of(page):
        words = arguments(command)
        if not words or words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, command
        entry = COMMANDS[words[0]]
        loaded: click.Command = getattr(import_module(f"sim.cli.commands.{entry.module}"), entry.module)
        if len(words) == 1:
            continue
        try:
            loaded.make_context(f"jianfu {words[0]}", words[1:], obj=Output())
        except click.exceptions.Exit:
            pass
        except click.ClickException as error:
            pytest.fail(f"{command}: {error.format_message()}")


@pages
def test_every_target_of_make_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    told = {name for found in _FENCE.finditer(text) for name in _TARGET.findall(found[2])}
    told |= {found[1].split()[1] for found in _CODE.finditer(text) if re.fullmatch(r"make \w+", found[1])}

    there = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert told <= there


@pages
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, part = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{name_of(page)}: {target}"
        if part:
            assert part in anchors(there.read_text(encoding="utf-8")), f"{name_of(page)}: {target}"


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub writes them."""
    plain = (heading.replace("`", "").strip().lower() for heading in _HEADING.findall(_FENCE.sub("", text)))
    return {
        "".join("-" if c == " " else c for c in heading if c in " -_" or unicodedata.category(c)[0] in "LN")
        for heading in plain
    }


@pages
def test_every_place_in_the_tree_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {found[1] for found in _CODE.finditer(text) if _PLACE.fullmatch(found[1])}
    written = _WRITTEN_BY_READERS.union(re.findall(r"<!-- file: (\S+) -->", text))

    missing = [place for place in named - written if not any(ROOT.glob(place.rstrip("/")))]

    assert missing == []


@twins
def test_both_languages_name_the_same_commands(names: tuple[str, str]) -> None:
    one, other = (sorted(arguments(command) for command in commands_of(ROOT / name)) for name in names)

    assert one == other


@twins
def test_both_languages_have_the_same_sections_pictures_and_tables(names: tuple[str, str]) -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in names]

    levels = [
        [heading.count("#") for heading in re.findall(r"^#+(?= )", _FENCE.sub("", text), re.MULTILINE)]
        for text in texts
    ]
    blocks = [[found[1] for found in _FENCE.finditer(text)] for text in texts]
    tables = [[found[1] for found in _TABLE.finditer(text)] for text in texts]

    assert levels[0] == levels[1]
    assert blocks[0] == blocks[1]
    assert tables[0] == tables[1]


# --- tables -------------------------------------------------------------------------------


def rows(table: str, lang: Lang) -> list[tuple[str, ...]]:
    """Return the rows of a table."""
    better = {"less": {"zh": "少", "en": "less"}, "more": {"zh": "多", "en": "more"}, "neither": {"zh": "—", "en": "—"}}
    if table == "metrics":
        return [
            (
                f"`{key}`",
                metric.label[lang],
                unit_label(metric.unit, lang),
                better[metric.better][lang],
                metric.meaning[lang],
            )
            for key, metric in METRICS.items()
        ]
    if table == "pictures":
        return [(f"`{name}`", picture.caption[lang]) for name, picture in FIGURES.items()]
    if table == "kinds":
        return [(f"`{kind}`", text.label[lang], text.meaning[lang]) for kind, text in KIND_TEXTS.items()]
    return [(f"`{name}`", lever.label[lang], lever.meaning[lang]) for name, lever in LEVERS.items()]


def written_again(table: str, text: str, lang: Lang) -> str:
    """Return a table with the rows of the program under its heading."""
    head, rule, *_ = text.splitlines()
    return "\n".join([head, rule, *(f"| {' | '.join(row)} |" for row in rows(table, lang))]) + "\n"


@pytest.mark.parametrize("name", [name for names in TWINS for name in names])
def test_the_tables_are_those_of_the_program(name: str) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    if REWRITES:
        text = _TABLE.sub(lambda f: f"<!-- table: {f[1]} -->\n{written_again(f[1], f[2], language(page))}", text)
        page.write_text(text, encoding="utf-8")

    for table, lines in _TABLE.findall(text):
        assert lines == written_again(table, lines, language(page)), f"{name}: {table}"


def test_the_guides_list_every_lever_kind_metric_and_picture() -> None:
    for name in TWINS[1]:
        tables = dict(_TABLE.findall((ROOT / name).read_text(encoding="utf-8")))
        assert tables.keys() == {"levers", "kinds", "metrics", "pictures"}


# --- shown output -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the shipped scenarios, in which calls run and results are kept."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("JIANFU_LANG", raising=False)
        patch.setenv("JIANFU_RUNS", str(folder / "runs"))
        yield folder


def shown(*, simulated: bool) -> list[tuple[str, str, str]]:
    """Return page, command and lines of every block of output."""
    return [
        (name_of(page), command, lines)
        for page in PAGES
        for command, lines, _ in _SHOWN.findall(page.read_text(encoding="utf-8"))
        if (arguments(command)[0] in SIMULATING) == simulated
    ]


@cache
def chosen(lines: str) -> list[range]:
    parts = [part.partition("-") for part in lines.split(",") if part.strip()]
    return [range(int(first) - 1, int(last or first)) for first, _, last in parts]


def abridged(printed: str, lines: str) -> str:
    """Return the chosen lines of an output; three dots stand for lines left out."""
    every = [line.rstrip() for line in printed.splitlines()]
    kept: list[str] = []
    at = 0
    for part in chosen(lines) or [range(len(every))]:
        kept += ["..."] * (part.start > at) + every[part.start : part.stop]
        at = part.stop
    return "\n".join([*kept, *["..."] * (at < len(every))]) + "\n"


def printed(command: str, lang: Lang, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a call and return its output; a comparison draws the picture of the README as well."""
    capsys.readouterr()
    words = arguments(command)
    run([*words, "--lang", lang, *(["-o", f"{lang}/time_budget.png"] if words[0] == "compare" else [])])
    return capsys.readouterr().out


def check_block(page: Path, command: str, lines: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, content in _FILE.findall(page.read_text(encoding="utf-8")):
        (place / file).write_text(content, encoding="utf-8")
    block = abridged(printed(command, language(page), capsys), lines)
    head = f"<!-- output of: {command} | {lines} -->" if lines else f"<!-- output of: {command} -->"
    text = page.read_text(encoding="utf-8")
    if REWRITES:
        there = re.compile(re.escape(head) + r"\n```text\n.*?^```$", re.MULTILINE | re.DOTALL)
        text = there.sub(lambda _: f"{head}\n```text\n{block}```", text)
        page.write_text(text, encoding="utf-8")

    assert f"{head}\n```text\n{block}```" in text


@pytest.mark.parametrize(("name", "command", "lines"), shown(simulated=False))
def test_shown_output_is_what_the_command_prints(
    name: str, command: str, lines: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_block(ROOT / name, command, lines, place, capsys)


@pytest.mark.slow
@pytest.mark.golden
@pytest.mark.parametrize(("name", "command", "lines"), shown(simulated=True))
def test_shown_results_are_those_of_the_shipped_scenarios(
    name: str, command: str, lines: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_block(ROOT / name, command, lines, place, capsys)

    drawn, picture = place / language(ROOT / name) / "time_budget.png", PICTURES[language(ROOT / name)]
    if REWRITES and drawn.exists():
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(drawn.read_bytes())
    assert not drawn.exists() or picture.read_bytes() == drawn.read_bytes()
