"""The page states relief and price, hides nothing, needs no other file, and escapes all text."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from typing import Any, get_args

import pytest

from sim.experiment.comparison import Comparison
from sim.i18n import Lang
from sim.report.figures import FIGURES
from sim.report.headlines import headline
from sim.report.inputs import InputRow, standing_counts
from sim.report.page import flat, inline_svg, write_page
from sim.report.pictures import SVG, draw
from sim.report.tables import comparison_csv, printed_rows
from tests.casebook import levers
from tests.comparisons import LABELS, comparison, inputs

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
HOSTILE = "<script>alert('减负')</script> & \"$x^2$\" --> ]]>"
everywhere = pytest.mark.parametrize("lang", LANGUAGES)


class Page(HTMLParser):
    """Collects the parts that a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            if key.endswith(("href", "src", "action", "data")):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module", params=[pytest.param(lang, marks=pytest.mark.slow) for lang in LANGUAGES])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(page_of(comparison(), request.param, levers=levers(), inputs=inputs()))


def page_of(shown: Comparison, lang: Lang, names: Sequence[str] = tuple(FIGURES), **more: Any) -> str:
    """Draw the named pictures and write the page with them."""
    drawn = draw(shown, lang, [(name, SVG) for name in names])
    return write_page(shown, lang, {name: svg.decode() for (name, _), svg in drawn.items()}, **more)


def section(text: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">(.*?)</section>', text, re.DOTALL)
    assert found
    return found[1]


def test_the_page_runs_nothing_and_refers_to_nothing_outside(page: Page) -> None:
    assert {"script", "link", "iframe", "img", "object", "form", "base"}.isdisjoint(page.tags)
    assert all(link.startswith("#") for link in page.links)


def test_style_sheets_fetch_nothing() -> None:
    text = page_of(comparison(), "zh", names=["waiting"])

    assert "@import" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))


def test_ids_are_unique_and_every_reference_finds_its_own(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_every_picture_stands_in_the_page_with_a_caption(page: Page) -> None:
    assert page.tags.count("svg") == page.tags.count("figcaption") == len(FIGURES)
    assert FIGURES.keys() <= set(page.ids)


def test_the_same_comparison_gives_the_same_page() -> None:
    first, second = (page_of(comparison(), "zh", names=["winners"]) for _ in range(2))

    assert first == second


@everywhere
def test_hostile_titles_labels_and_sources_stay_text(lang: Lang) -> None:
    usual = comparison()
    words = {"zh": HOSTILE, "en": HOSTILE}
    hostile = replace(
        usual,
        before=replace(usual.before, title=words),
        labels=LABELS | {"role.village_cadre": words, "obligation.requests": words},
        manifest={"options": {HOSTILE: HOSTILE}},
    )
    row = InputRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, words)

    text = page_of(hostile, lang, levers=levers(), inputs=[row], names=["time_budget"])

    assert "script" not in Page(text).tags
    assert "<script" not in text
    assert HOSTILE in Page(text).text


@everywhere
def test_an_interval_that_spans_zero_is_told_as_no_clear_change(lang: Lang) -> None:
    text = section(page_of(comparison(effect=0.0), lang, names=["winners"]), "found")

    told = {"zh": "没有明确变化", "en": "no clear change"}[lang]
    gone = {"zh": "降到", "en": "down from"}[lang]
    assert told in text
    assert gone not in text


@everywhere
def test_a_single_year_claims_nothing(lang: Lang) -> None:
    text = section(page_of(comparison(replications=1), lang, names=["winners"]), "found")

    assert {"zh": "不能说有变化", "en": "no change can be claimed"}[lang] in text
    assert 'class="tag better"' not in text


@everywhere
def test_what_became_worse_is_said_among_the_first_sentences(lang: Lang) -> None:
    text = section(page_of(comparison(effect=-0.6), lang, names=["winners"]), "found")

    assert {"zh": "变差的结果", "en": "Worse by their own 95% interval"}[lang] in text
    assert 'class="tag worse"' in text


def test_a_broken_twin_check_is_not_kept_quiet() -> None:
    usual = comparison()
    broken = replace(usual, twin_check=replace(usual.twin_check, changed=3))

    assert "不可信" in section(page_of(broken, "zh", names=["winners"]), "fair")
    assert "不可信" not in section(page_of(usual, "zh", names=["winners"]), "fair")


def test_inputs_are_listed_with_how_they_are_known() -> None:
    text = section(page_of(comparison(), "zh", inputs=inputs(), names=["winners"]), "inputs")

    words = Page(text).text
    assert standing_counts(inputs()) == {"reported": 2, "derived": 1, "assumed": 1, "calibrated": 1}
    assert "报道 2，推算 1，假设 1，标定 1" in words
    assert "s3_jiayu_one_form_records" in words
    assert words.index("demand.requests.rate") < words.index("obligations.monthly_form.receiving")


def test_a_page_without_levers_and_inputs_says_so() -> None:
    text = page_of(comparison(), "en", names=["winners"])

    assert "No lever was used." in section(text, "did")
    assert "No inputs are listed." in section(text, "inputs")


def test_a_quantity_that_nothing_changed_is_called_unchanged() -> None:
    usual = comparison()
    first = usual.rows[0]
    row = replace(first, after=first.before, difference=0.0, low=0.0, high=0.0)

    said = {lang: headline(usual, row, lang) for lang in get_args(Lang)}

    assert said["en"].text == "County department staff, formality hours: unchanged, 31.0 h/week."
    assert said["zh"].text == "县直部门干部的形式性事务时间没有变化：31.0小时/周。"
    assert {told.verdict for told in said.values()} == {"unclear"}


def test_the_csv_holds_every_row_with_its_numbers() -> None:
    usual = comparison()

    rows = list(csv.DictReader(StringIO(comparison_csv(usual, "en"))))

    assert [row["scope"] for row in rows] == [row.scope for row in (*usual.rows, *usual.splits)]
    assert float(rows[-1]["after"]) == pytest.approx(usual.splits[-1].after, rel=1e-5)
    assert rows[-1]["adjusted p"] == ""
    assert float(rows[0]["difference"]) == pytest.approx(usual.rows[0].difference, rel=1e-5)
    assert {row["ratio"] for row in rows if row["metric"] == "gave_up"} == {""}


def test_printed_rows_mark_the_primary_outcome_and_never_show_minus_zero() -> None:
    rows = printed_rows(comparison(effect=0.0), "zh")

    marked = [(row.metric, row.scope) for row in rows if row.primary]
    assert marked == [("形式性事务时间", "村（社区）干部"), ("加班时间", "村（社区）干部")]
    assert not any(re.fullmatch(r"[+−]0(\.0+)?", row.difference) for row in rows)


def test_a_manifest_is_told_leaf_by_leaf() -> None:
    assert list(flat({"root": 1, "scenarios": {"before": "a", "after": "b"}})) == [
        ("root", "1"),
        ("scenarios.before", "a"),
        ("scenarios.after", "b"),
    ]


def test_a_picture_in_the_page_has_ids_of_its_own_and_the_width_of_the_page() -> None:
    head = '<svg width="9pt" height="4pt" viewBox="0 0 9 4">'

    made = inline_svg(f'{head}<!-- text --><g id="a"/><use xlink:href="#a" clip-path="url(#a)"/></svg>', "x")

    assert made == '<svg viewBox="0 0 9 4"><g id="x-a"/><use xlink:href="#x-a" clip-path="url(#x-a)"/></svg>'
