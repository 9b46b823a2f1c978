"""Draw the rooms of `sim`, their imports and the straight line; part of `make docs`.

The picture and the list of rooms (`tools/house.py`) stand in `ARCHITECTURE.md`, and a test compares them with the code.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path as Outline

from sim.report.style import (
    BETTER,
    BODY,
    FAINT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    bare,
    figure,
    look,
    svg_text,
    text_width,
    wrap,
)
from tools.house import ROOT, House, Room, described, needed, read_house

PICTURE = ROOT / "docs" / "pictures" / "house.svg"
PAGE = ROOT / "ARCHITECTURE.md"
BLOCK = re.compile(r"(?<=<!-- written by `make docs` -->\n```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)

PLACES: dict[str, tuple[float, float, str]] = {
    "cli": (0.3, 8.7, "One module a command. Commands print; they compute nothing."),
    "scoring": (0.3, 4.2, "The scoreboard, read as a straight line."),
    "tracing": (4.5, 8.7, "A week of one cadre, read as a straight line."),
    "running": (2.5, 4.2, "One scenario."),
    "study": (4.5, 8.7, "The straight line of a comparison; calls the eight steps."),
    "report": (4.5, 8.7, "Pictures, tables and the page."),
    "scoreboard": (0.3, 2.2, "Published figures beside simulated ones."),
    "experiment": (2.5, 8.7, "Many years, fairly compared."),
    "files": (0.3, 3.2, "YAML, JSON and CSV, with file and line."),
    "verification": (3.6, 6.3, "Systems with known answers."),
    "scenario": (0.3, 2.25, "Levers applied, mistakes found."),
    "plan": (2.45, 4.4, "All work that falls due. All chance is drawn here."),
    "engine": (4.6, 6.55, "Who works on it, and when, to the second."),
    "metrics": (6.75, 8.7, "Numbers from plan and log."),
    "levers": (0.3, 2.25, "One file a measure."),
    "contract": (2.45, 6.55, "Plan goes in, RunLog comes out."),
    "compiling": (6.75, 8.7, "Loops compiled by numba."),
    "domain": (0.8, 8.2, "Frozen values of all that exists."),
    "units": (0.8, 8.2, "Durations, shares, rates."),
    "errors": (0.3, 8.7, "The tree of exceptions."),
    "i18n": (0.3, 8.7, "Words in Chinese and English."),
}
"""Left and right edge in inches, and caption of each room. These and `STOPS` are the only parts drawn by hand."""
STOPS = {
    "read_scenario": 1.2, "apply_levers": 1.2, "plan_year": 3.4, "simulate": 5.55, "measure": 7.7,
    "compare": 7.7, "draw": 5.9, "write_report": 7.7,
}  # fmt: skip
"""Inches from the left edge to each step of the straight line."""
TURN = ("scenario", "plan", "engine", "metrics")
"""Rooms whose step stands above their words, because the line comes from above and returns there."""
TOP, GAP, PAD, TEXT, PILL, MARGIN = 0.5, 0.3, 0.09, 0.155, 0.25, 0.1
"""Inches: upper margin, between layers, around the words of a room, a line of words, a step."""
LEGEND = (
    "Blue: the straight line of a comparison. Grey: imports between rooms; every arrow points down.",
    "An import that other arrows imply is not drawn: a room may import every room that its arrows lead to.",
)
APART = 0.12
"""Inches between two arrows, and between an arrow and a room that it passes."""


@dataclass(frozen=True)
class Box:
    """A room on the picture, in inches from the upper left corner."""

    room: Room
    row: int
    left: float
    right: float
    top: float
    bottom: float
    words: tuple[str, ...]


def boxes_of(house: House) -> dict[str, Box]:
    """Place every room: layers from top to bottom, each as high as its fullest room.

    Raises:
        SystemExit: a room has no place, or a place has no room.
    """
    rooms = {room.name for layer in house.layers for room in layer}
    if rooms != PLACES.keys():
        raise SystemExit(f"tools/draw_house.py: PLACES and the rooms differ in {sorted(rooms ^ PLACES.keys())}")
    boxes: dict[str, Box] = {}
    top = TOP
    for row, layer in enumerate(house.layers):
        words = {room.name: _words(room) for room in layer}
        homes = {home for _, home in house.steps}
        high = max(2 * PAD + TEXT * (len(words[name]) + 1.2) + (PILL + PAD) * (name in homes) for name in words)
        for room in layer:
            left, right, _ = PLACES[room.name]
            boxes[room.name] = Box(room, row, left, right, top, top + high, words[room.name])
        top += high + GAP
    return boxes


def _words(room: Room) -> tuple[str, ...]:
    left, right, caption = PLACES[room.name]
    texts = [caption]
    if room.folders:
        texts.append(", ".join(f"{folder}/" for folder in room.folders))
    if room.alone:
        texts.append(f"alone imports {', '.join(room.alone)}")
    return tuple(line for text in texts for line in wrap(text, right - left - 2 * PAD, SMALL))


def picture(house: House) -> str:
    """Draw the house as SVG; the same house makes the same bytes."""
    boxes = boxes_of(house)
    height = round(max(box.bottom for box in boxes.values()) + MARGIN, 2)
    with look():
        drawn = figure(height)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        bare(axes)
        for box in boxes.values():
            _draw_box(axes, box)
        for line, text in enumerate(LEGEND):
            axes.text(MARGIN, 0.15 + TEXT * 1.2 * line, text, fontsize=SMALL, color=MUTED, va="center")
        taken = list(STOPS.values())
        for upper, lower in needed(house):
            _draw_import(axes, boxes, boxes[upper], boxes[lower], taken)
        _draw_line(axes, boxes, house)
        return svg_text(drawn) + "\n"


def _draw_box(axes: Axes, box: Box) -> None:
    shape = FancyBboxPatch(
        (box.left, box.top), box.right - box.left, box.bottom - box.top,
        boxstyle="round,pad=0,rounding_size=0.06", facecolor=FAINT, edgecolor=LINE, linewidth=0.8, zorder=2,
    )  # fmt: skip
    axes.add_patch(shape)
    at = box.top + PAD + TEXT * 0.6 + (PILL + PAD if box.room.name in TURN else 0)
    axes.text(box.left + PAD, at, box.room.name, weight="bold", fontsize=BODY + 1, color=INK, va="center", zorder=6)
    for line in box.words:
        at += TEXT * (1.15 if line is box.words[0] else 1)
        axes.text(box.left + PAD, at, line, fontsize=SMALL, color=MUTED, va="center", zorder=6)


def _draw_import(axes: Axes, boxes: dict[str, Box], upper: Box, lower: Box, taken: list[float]) -> None:
    """Draw an arrow from room to room: straight down where nothing is in between, else through a free channel."""
    between = [(box.left, box.right) for box in boxes.values() if upper.row < box.row < lower.row]
    start, end = upper.bottom, lower.top
    straight = _free(max(upper.left, lower.left), min(upper.right, lower.right), between, taken)
    if straight:
        points = [(straight[0], start), (straight[0], end)]
    else:
        leaves, lands = (_free(box.left, box.right, [], taken)[0] for box in (upper, lower))
        channels = _free(lands - APART, lands + APART, between, []) + _free(0, WIDTH, between, taken)
        passes = min(channels, key=lambda x: abs(x - leaves) + 1.1 * abs(x - lands))
        above, below = start + GAP * 0.3, end - GAP * 0.55
        points = [(leaves, start), (leaves, above), (passes, above), (passes, below), (lands, below), (lands, end)]
    taken += {x for x, _ in points}
    axes.add_patch(_arrow(points, color=MUTED, linewidth=0.9, mutation_scale=8, zorder=3))


def _free(left: float, right: float, rooms: list[tuple[float, float]], taken: list[float]) -> list[float]:
    """List places for an arrow between `left` and `right`, beside the rooms and other arrows; the middle one first."""
    places = [left + APART * part / 2 for part in range(2, int((right - left) / APART * 2) - 1)]
    beside = [x for x in places if all(x < begin - APART / 2 or x > end + APART / 2 for begin, end in rooms)]
    alone = [x for x in beside if all(abs(x - other) >= APART for other in taken)]
    return sorted(alone, key=lambda x: abs(x - (left + right) / 2))


def _arrow(points: list[tuple[float, float]], **style: Any) -> FancyArrowPatch:
    codes = [Outline.MOVETO, *[Outline.LINETO] * (len(points) - 1)]
    return FancyArrowPatch(path=Outline(points, codes), arrowstyle="-|>", shrinkA=0, shrinkB=0, **style)


def _draw_line(axes: Axes, boxes: dict[str, Box], house: House) -> None:
    """Draw the steps of the straight line as numbered pills, and an arrow from each to the next."""
    homes = {step: boxes[room] for step, room in house.steps}
    for one, other in pairwise(homes):
        x, y, to, end = STOPS[one], _height(homes[one]), STOPS[other], _height(homes[other])
        if homes[one].row == homes[other].row:
            points = [(x, y), (to - _width(other) / 2, end)]
        else:
            down = 1 if end > y else -1
            turn = homes[one].bottom + GAP / 2 if down > 0 else homes[one].top - GAP / 2
            points = [(x, y), (x, turn), (to, turn), (to, end - down * PILL / 2)]
        axes.add_patch(_arrow(points, color=BETTER, linewidth=2, mutation_scale=11, zorder=4))
    for number, (step, box) in enumerate(homes.items(), 1):
        left, top = STOPS[step] - _width(step) / 2, _height(box) - PILL / 2
        pill = FancyBboxPatch(
            (left, top), _width(step), PILL, boxstyle=f"round,pad=0,rounding_size={PILL / 2}",
            facecolor=BETTER, edgecolor=PAPER, zorder=5,
        )  # fmt: skip
        axes.add_patch(pill)
        style: dict[str, Any] = {"fontsize": SMALL, "weight": "bold", "color": PAPER, "zorder": 6}
        axes.text(STOPS[step], _height(box), f"{number}  {step}", ha="center", va="center_baseline", **style)


def _width(step: str) -> float:
    return text_width(f"0  {step}", SMALL, bold=True) + PILL


def _height(box: Box) -> float:
    return box.top + PAD + PILL / 2 if box.room.name in TURN else box.bottom - PAD - PILL / 2


def main() -> None:
    """Write the picture, and the list of rooms on the page."""
    house = read_house()
    PICTURE.write_text(picture(house), encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda _: described(house), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
