"""Pictures are the same bytes for the same data, readable in both languages, and add up."""

import warnings
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sim.domain.category import CATEGORIES, PARTS
from sim.domain.recurrence import PER_YEAR
from sim.domain.standing import Standing
from sim.experiment.comparison import Comparison
from sim.i18n import Lang
from sim.i18n.labels import CATEGORY, CATEGORY_SHORT, FREQUENCY, PART, STANDING, UNIT
from sim.metrics.table import METRICS
from sim.report.figures import FIGURES, forest, freed_hours, time_budget, waiting
from sim.report.style import CATEGORY_COLOUR, look, png_bytes, svg_text, text_width, wrap
from sim.report.words import COLUMNS, FAMILY, OUTREACH, UNASSIGNED
from tests.comparisons import LABELS, ROLES, comparison

SLACK = 1.0
"""Pixels by which texts may overlap: extents are measured with some space around the ink."""
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
LONG = {
    f"role.{role}": {
        "zh": f"乡镇综合行政执法与应急管理岗位工作人员{n}",
        "en": f"Officer for joint enforcement and civil emergencies {n}",
    }
    for n, role in enumerate(ROLES)
}


def cases() -> dict[str, Comparison]:
    usual = comparison()
    return {
        "a relief": usual,
        "a reform that makes things worse": comparison(effect=-0.6),
        "a reform that changes nothing": comparison(effect=0.0),
        "a single year": comparison(replications=1),
        "long names": replace(usual, labels=LABELS | LONG),
        "promised times": replace(
            usual, manifest={"options": {"service_level_hours": {"requests": 24, "certificates": 8}}}
        ),
        "nothing to show": replace(
            usual,
            passport=None,
            cadres=(),
            before=replace(usual.before, waits=np.zeros(13, dtype=np.int64)),
            after=replace(usual.after, waits=np.zeros(13, dtype=np.int64)),
        ),
    }


CASES = cases()
IN_A_MINUTE = {("zh", "a relief"), ("zh", "nothing to show"), ("en", "nothing to show")}
"""Language and case of the pictures that `make fast` draws too."""
SHOWN = [
    pytest.param(lang, case, name, marks=() if (lang, case) in IN_A_MINUTE else pytest.mark.slow)
    for lang in LANGUAGES
    for case in CASES
    for name in FIGURES
    if case not in ("promised times", "nothing to show") or name in ("waiting", "passport", "winners")
]
"""Cases, and the pictures that look different in them."""
everywhere = pytest.mark.parametrize("lang", LANGUAGES)
every_picture = pytest.mark.parametrize("name", FIGURES)
every_case = pytest.mark.parametrize(("lang", "case", "name"), SHOWN)


@cache
def drawn(case: str, name: str, lang: Lang) -> tuple[Bbox, list[tuple[str, Bbox]]]:
    """Draw a picture; return its extent and every visible text with its extent. A missing character is an error."""
    with look(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = FIGURES[name].draw(CASES[case], lang)
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw(renderer)
        out_of_view = {label for axes in figure.axes for label in unseen_labels(axes)}
        texts = [text for text in figure.findobj(Text) if text.get_text().strip() and text not in out_of_view]
        return figure.bbox, [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def unseen_labels(axes: Axes) -> list[Text]:
    """Return the labels of ticks beyond the ends of an axis, which are not drawn."""
    return [
        label
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    ]


def overlap(one: Bbox, other: Bbox) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > SLACK and high > 3 * SLACK


@every_case
def test_every_text_lies_inside_its_picture_and_on_no_other(name: str, lang: Lang, case: str) -> None:
    page, texts = drawn(case, name, lang)

    room = Bbox.from_extents(-SLACK, -SLACK, page.x1 + SLACK, page.y1 + SLACK)
    assert [text for text, box in texts if not (room.contains(box.x0, box.y0) and room.contains(box.x1, box.y1))] == []
    assert [(one, other) for (one, a), (other, b) in combinations(texts, 2) if overlap(a, b)] == []


@pytest.mark.slow
@everywhere
@every_picture
def test_the_same_data_give_the_same_bytes_and_nothing_from_outside(name: str, lang: Lang) -> None:
    first, second = (FIGURES[name].draw(comparison(), lang) for _ in range(2))

    svg = svg_text(first)

    root = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    links = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert svg_text(second) == svg == svg_text(first)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert tags.isdisjoint({"text", "image", "script", "metadata", "date", "foreignObject"})
    assert all(link.startswith("#") for link in links)


@pytest.mark.slow
@everywhere
def test_the_same_data_give_the_same_pixels(lang: Lang) -> None:
    first, second = (png_bytes(FIGURES["passport"].draw(comparison(), lang)) for _ in range(2))

    assert first == second


def test_drawing_leaves_no_setting_behind() -> None:
    before = dict(mpl.rcParams)

    png_bytes(FIGURES["time_budget"].draw(comparison(), "zh"))

    assert dict(mpl.rcParams) == before


@everywhere
@every_picture
def test_every_picture_has_its_data_as_a_table(name: str, lang: Lang) -> None:
    table = FIGURES[name].data(comparison(), lang)

    assert len(table.rows) > 5
    assert {len(row) for row in table.rows} == {len(table.header)}
    assert table.csv().count("\n") == len(table.rows) + 1


@pytest.mark.parametrize("case", ["a relief", "a reform that makes things worse", "a reform that changes nothing"])
def test_freed_hours_add_up_and_none_is_negative(case: str) -> None:
    for i, shift in enumerate(freed_hours.shifts(CASES[case])):
        falls, rises = (sum(flow.hours for flow in flows) for flows in (shift.falls, shift.rises))
        ends = {flow.name: flow.hours for flow in shift.rises if flow.name not in COLUMNS}
        longer = sum(flow.hours for flow in shift.falls if flow.name == "more")
        change = CASES[case].after.hours[i].sum() - CASES[case].before.hours[i].sum()
        assert falls == pytest.approx(rises)
        assert all(flow.hours > 0 for flow in (*shift.falls, *shift.rises))
        assert longer - ends.get("over", 0) - ends.get("less", 0) == pytest.approx(change)


def test_hours_saved_above_the_regular_week_are_overtime_and_the_rest_is_a_shorter_week() -> None:
    usual = comparison()
    week = usual.before.hours.copy()
    week[2] *= 43 / week[2].sum()  # one hour above the regular 42
    short = week.copy()
    short[2, 3] -= 3

    shift = freed_hours.shifts(
        replace(usual, before=replace(usual.before, hours=week), after=replace(usual.after, hours=short))
    )[2]

    assert [(flow.name, round(flow.hours, 6)) for flow in shift.rises] == [("over", 1), ("less", 2)]


def test_the_time_budget_tells_every_hour_of_every_role() -> None:
    usual = comparison()

    table = time_budget.data(usual, "en")

    told = sum(float(row[3]) for row in table.rows if row[1] == "before" and isinstance(row[3], float))
    assert told == pytest.approx(usual.before.hours.sum())


def test_shares_of_matters_begun_only_rise_and_end_at_all_of_them() -> None:
    shares = waiting.begun_within(comparison().before.waits)

    assert (np.diff(shares) >= 0).all()
    assert shares[-1] == pytest.approx(1.0)


def test_the_forest_tells_each_role_of_the_primary_outcome() -> None:
    table = forest.data(comparison(), "zh")

    primary = [row[1] for row in table.rows if row[0] == "形式性事务时间"]
    assert primary == [LABELS[f"role.{role}"]["zh"] for role in ROLES]
    detail = {metric.label["zh"] for metric in METRICS.values() if metric.detail}
    assert detail
    assert detail.isdisjoint({row[0] for row in table.rows})


def test_a_finding_that_is_not_clear_is_called_so_in_the_title() -> None:
    _, texts = drawn("a reform that changes nothing", "time_budget", "en")

    assert any("no clear change" in text for text, _ in texts)


def test_each_module_of_a_picture_stands_in_the_table() -> None:
    folder = Path(forest.__file__).parent
    drawing = {path.stem for path in folder.glob("*.py") if "\ndef draw(" in path.read_text(encoding="utf-8")}

    assert drawing == FIGURES.keys()
    assert all(picture.caption.keys() == {"zh", "en"} for picture in FIGURES.values())


def test_lines_are_broken_within_their_width_and_lose_nothing() -> None:
    text = "村（社区）干部每周的形式性事务减少6.1小时：29.7 → 23.6，a longer English clause, and an end。"

    lines = wrap(text, 1.5, 9)

    assert all(text_width(line, 9) <= 1.5 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_everything_that_is_named_has_words_in_both_languages() -> None:
    tables = {
        "category": (CATEGORY, {*CATEGORIES, OUTREACH, UNASSIGNED}),
        "short category": (CATEGORY_SHORT, {*CATEGORIES, OUTREACH, UNASSIGNED}),
        "part": (PART, set(PARTS)),
        "standing": (STANDING, set(Standing)),
        "frequency": (FREQUENCY, set(PER_YEAR)),
        "family": (FAMILY, {metric.family for metric in METRICS.values()}),
    }

    for what, (table, names) in tables.items():
        assert table.keys() == names, what
        assert all(words.keys() == {"zh", "en"} and all(words.values()) for words in table.values()), what
    assert UNIT.keys() >= {metric.unit for metric in METRICS.values()}
    assert CATEGORY_COLOUR.keys() == {*CATEGORIES, OUTREACH, UNASSIGNED}
