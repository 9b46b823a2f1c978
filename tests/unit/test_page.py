"""The page states relief and price, hides nothing, needs no other file, and escapes all text."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from typing import get_args

import pytest

from sim.i18n import Lang
from sim.levers.base import describe_lever
from sim.levers.table import LEVERS
from sim.report.figures import FIGURES
from sim.report.inputs import InputRow, standing_counts
from sim.report.page import flat, inline_svg, write_report
from sim.report.tables import comparison_csv, printed_rows
from tests.comparisons import LABELS, comparison, inputs, levers

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


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(write_report(comparison(), request.param, levers=levers(), inputs=inputs()))


def section(text: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">(.*?)</section>', text, re.DOTALL)
    assert found
    return found[1]


def test_the_page_runs_nothing_and_refers_to_nothing_outside(page: Page) -> None:
    assert {"script", "link", "iframe", "img", "object", "form", "base"}.isdisjoint(page.tags)
    assert all(link.startswith("#") for link in page.links)


def test_style_sheets_fetch_nothing() -> None:
    text = write_report(comparison(), "zh", pictures=["waiting"])

    assert "@import" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))


def test_ids_are_unique_and_every_reference_finds_its_own(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_every_picture_stands_in_the_page_with_a_caption(page: Page) -> None:
    assert page.tags.count("svg") == page.tags.count("figcaption") == len(FIGURES)
    assert FIGURES.keys() <= set(page.ids)


def test_the_same_comparison_gives_the_same_page() -> None:
    first, second = (write_report(comparison(), "zh", pictures=["winners"]) for _ in range(2))

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

    text = write_report(hostile, lang, levers=levers(), inputs=[row], pictures=["time_budget"])

    assert "script" not in Page(text).tags
    assert "<script" not in text
    assert HOSTILE in Page(text).text


@everywhere
def test_an_interval_that_spans_zero_is_told_as_no_clear_change(lang: Lang) -> None:
    text = section(write_report(comparison(effect=0.0), lang, pictures=["winners"]), "found")

    told = {"zh": "没有明确变化", "en": "no clear change"}[lang]
    gone = {"zh": "降到", "en": "down from"}[lang]
    assert told in text
    assert gone not in text


@everywhere
def test_a_single_year_claims_nothing(lang: Lang) -> None:
    text = section(write_report(comparison(replications=1), lang, pictures=["winners"]), "found")

    assert {"zh": "不能说有变化", "en": "no change can be claimed"}[lang] in text
    assert 'class="tag better"' not in text


@everywhere
def test_what_became_worse_is_said_among_the_first_sentences(lang: Lang) -> None:
    text = section(write_report(comparison(effect=-0.6), lang, pictures=["winners"]), "found")

    assert {"zh": "变差的结果", "en": "Worse by their own 95% interval"}[lang] in text
    assert 'class="tag worse"' in text


def test_a_broken_twin_check_is_not_kept_quiet() -> None:
    usual = comparison()
    broken = replace(usual, twin_check=replace(usual.twin_check, changed=3))

    assert "不可信" in section(write_report(broken, "zh", pictures=["winners"]), "fair")
    assert "不可信" not in section(write_report(usual, "zh", pictures=["winners"]), "fair")


def test_inputs_are_listed_with_how_they_are_known() -> None:
    text = section(write_report(comparison(), "zh", inputs=inputs(), pictures=["winners"]), "inputs")

    words = Page(text).text
    assert standing_counts(inputs()) == {"reported": 2, "derived": 1, "assumed": 1, "calibrated": 1}
    assert "报道 2，推算 1，假设 1，标定 1" in words
    assert "s3_jiayu_one_form_records" in words
    assert words.index("demand.requests.rate") < words.index("obligations.monthly_form.gathering")


def test_a_page_without_levers_and_inputs_says_so() -> None:
    text = write_report(comparison(), "en", pictures=["winners"])

    assert "No lever was used." in section(text, "did")
    assert "No inputs are listed." in section(text, "inputs")


@everywhere
def test_every_lever_is_told_with_its_figures(lang: Lang) -> None:
    told = {lever.lever: describe_lever(lever, lang, LABELS) for lever in levers()}

    figures = {
        "cap_frequency": {"zh": ["每季度一次", "70%"], "en": ["once a quarter", "70%"]},
        "cut_items": {"zh": ["6项"], "en": ["6 items"]},
        "one_team": {"zh": ["30%", "55%", "85%"], "en": ["30%", "55%", "85%"]},
        "unannounced_visit": {"zh": ["50分钟", "2%", "2025-03-01"], "en": ["50 min", "2%", "2025-03-01"]},
        "share_one_form": {
            "zh": ["70%", "10秒", "30天", "720,000", "3%", "20秒", "县直部门", "4小时"],
            "en": ["70%", "10 s", "30 days", "720,000", "3%", "20 s", "County department", "4 h"],
        },
        "directory": {"zh": ["24种", "乡镇", "50%", "5分钟"], "en": ["24 kinds", "Township", "50%", "5 min"]},
        "bundle_checks": {"zh": ["8个工作日", "4个部门", "41%", "52%"], "en": ["8 workdays", "4 dep", "41%", "52%"]},
        "tier_risks": {"zh": ["高风险99%", "62%", "低风险13%"], "en": ["99% stay at high", "62%", "13% at low"]},
        "recognise_results": {"zh": ["90天", "9类"], "en": ["90 days", "9 subjects"]},
        "file_plans": {"zh": ["71%", "减6%", "减46%"], "en": ["71%", "by 6%", "by 46%"]},
        "cull_demonstrations": {"zh": ["11个"], "en": ["11 projects"]},
        "monitor": {"zh": ["81%", "64%"], "en": ["81%", "64%"]},
        "enforce": {"zh": ["31%", "26%"], "en": ["31%", "26%"]},
        "cap_volume": {"zh": ["70%"], "en": ["70%"]},
        "merge_channels": {"zh": ["2个群", "5%"], "en": ["2 groups", "5%"]},
        "merge_meetings": {"zh": ["5个工作日", "3个议题", "20分钟"], "en": ["5 workdays", "3 topics", "20 min"]},
        "meet_online": {"zh": ["传达"], "en": ["relays"]},
        "merge_training": {"zh": ["20个工作日", "2期", "45%"], "en": ["20 workdays", "2 at most", "45%"]},
        "cap_trips": {"zh": ["9次"], "en": ["9 trips"]},
        "sample_visits": {"zh": ["70%", "35%", "15%"], "en": ["70%", "35%", "15%"]},
        "return_secondees": {"zh": ["原岗位"], "en": ["own desks"]},
        "drop_check_ins": {"zh": ["1次", "35%", "12分钟"], "en": ["1 entries", "35%", "12 min"]},
        "ai_assistant": {"zh": ["填写", "45%", "110%", "7分钟"], "en": ["filling in", "45%", "110%", "7 min"]},
        "seamless_appraisal": {
            "zh": ["15个单位", "县直部门", "每月一次", "6小时", "2次", "10%", "30%、30%、40%", "20%", "3年", "8小时"],
            "en": ["15 of", "once a month", "6 h", "2 exams", "10%", "30%, 30%, 40%", "20%", "3 years", "8 h"],
        },
        "continuous_evidence": {"zh": ["每月一次", "20分钟", "45%"], "en": ["once a month", "20 min", "45%"]},
        "one_matter": {
            "zh": ["1,607种", "用得最多", "乡镇", "2分钟", "65%"],
            "en": ["1,607 kinds", "most used", "Township", "2 min", "65%"],
        },
        "duties_list": {
            "zh": ["117项", "99项", "124项", "45%", "15%"],
            "en": ["117 basic", "99 assisting", "124 taken back", "45%", "15%"],
        },
    }
    assert told.keys() == figures.keys() == LEVERS.keys()
    missing = [(kind, figure) for kind, text in told.items() for figure in figures[kind][lang] if figure not in text]
    assert missing == []


def test_the_csv_holds_every_row_with_its_numbers() -> None:
    usual = comparison()

    rows = list(csv.DictReader(StringIO(comparison_csv(usual, "en"))))

    assert len(rows) == len(usual.rows)
    assert float(rows[0]["difference"]) == pytest.approx(usual.rows[0].difference, rel=1e-5)
    assert {row["ratio"] for row in rows if row["metric"] == "gave_up"} == {""}


def test_printed_rows_mark_the_primary_outcome_and_never_show_minus_zero() -> None:
    rows = printed_rows(comparison(effect=0.0), "zh")

    assert [row.scope for row in rows if row.primary] == ["村（社区）干部"]
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
