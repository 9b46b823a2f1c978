"""Write docs/performance.md and its picture from the measurements of `make cost`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import FuncFormatter, NullFormatter

from sim.report.style import INK, MUTED, SMALL, TITLE, figure, look, png_bytes
from tests.benchmarks.contenders import COMPILED, LIMIT, REFERENCE, SIMPY, UNCOMPILED
from tests.benchmarks.gates import PACE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOT = Path(__file__).parents[2]
MEASURED = Path(__file__).parent / "measured"
PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "pictures" / "cost.png"

LOOKS = {
    COMPILED: ("#222255", "-", "o"),
    UNCOMPILED: ("#4477AA", "-", "o"),
    REFERENCE: ("#228833", "-", "o"),
    LIMIT: ("#BBBBBB", "--", "s"),
    SIMPY: ("#EE7733", "-", "^"),
    "cimba": ("#AA3377", ":", "v"),
    "Ciw": ("#CCBB44", ":", "D"),
    "simulsi": ("#66CCEE", ":", "P"),
    "salabim": ("#882255", ":", "X"),
}
"""Colour, line and mark of each contender."""
NAMES = {COMPILED: "kernel, compiled", UNCOMPILED: "kernel, plain Python", LIMIT: "C loop", SIMPY: "idiomatic SimPy"}
PANELS = (
    ("units", "seconds", "Time over units, four weeks", "seconds"),
    ("units", "peak_mb", "Memory of the process over units", "megabytes"),
    ("replications", "seconds", "Time over replications of ten units", "seconds"),
    ("replications", "peak_mb", "Memory over replications", "megabytes"),
)


def main() -> None:
    """Write the page."""
    gates, cost = (json.loads((MEASURED / f"{name}.json").read_text("utf-8")) for name in ("gates", "cost"))
    PICTURE.write_bytes(draw(cost))
    PAGE.write_text(in_words(gates, cost), "utf-8")


def draw(cost: dict[str, Any]) -> bytes:
    """Draw the four panels, both axes logarithmic."""
    with look():
        sheet = figure(8.2)
        panels = sheet.subplots(2, 2)
        for axes, (over, what, title, unit) in zip(panels.flat, PANELS, strict=True):
            _draw_panel(axes, [point for point in cost["points"] if point["over"] == over], what)
            axes.set_title(title, loc="left", fontsize=SMALL + 1, color=INK)
            axes.set_xlabel(over)
            axes.set_ylabel(unit)
        lines = {line.get_label(): line for axes in panels.flat for line in axes.get_lines()}
        sheet.legend(lines.values(), lines.keys(), loc="lower center", ncols=5, frameon=False, fontsize=SMALL)
        sheet.suptitle("The canonical workload: time and memory", x=0.02, ha="left", fontsize=TITLE, color=INK)
        footer = f"{cost['machine']['processor']}, {cost['machine']['cores']} cores, {cost['date']}"
        sheet.text(0.98, 0.965, footer, ha="right", fontsize=SMALL, color=MUTED)
        sheet.subplots_adjust(left=0.08, right=0.98, top=0.9, bottom=0.14, hspace=0.36, wspace=0.24)
    return png_bytes(sheet, dpi=150)


def _draw_panel(axes: Axes, points: list[dict[str, Any]], what: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(visible=True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        axis.set_minor_formatter(NullFormatter())
    if what == "peak_mb":
        axes.set_ylim(40, 4_000)
    for name, (colour, line, mark) in LOOKS.items():
        own = [point for point in points if point["name"] == name]
        axes.plot(
            [point["number"] for point in own],
            [point[what] for point in own],
            color=colour,
            linestyle=line,
            marker=mark,
            markersize=4,
            linewidth=1.2,
            label=NAMES.get(name, name),
        )


def in_words(gates: dict[str, Any], cost: dict[str, Any]) -> str:
    """Return the page as Markdown."""
    return f"""# Performance

This page is written by `make cost`. The goals were measured on {gates["date"]}, the cost over size on {cost["date"]}.
The **canonical workload** consists of offices of five cadres, Monday to Friday from 9 to 17, about 65 % loaded, with
some 6,500 activities an office in 48 weeks: requests, reports with a date, documents, meetings, inspections. Every
contender gets the same arrivals and runs in a process of its own, in turn with the others. Numbers are medians of
{gates["rounds"]} rounds for the goals and {cost["rounds"]} for the cost; ratios are per activity.

{_table(("", ""), gates["machine"].items())}

Goals in seconds were set on a machine on which idiomatic SimPy took {PACE:,} ns an activity (10 units). Each measured
time is also stated at the pace of that machine. The verdict is on the measured time.

Processor time is compared, because other work on the machine (a load above one) affects it less. Two threads and whole
processes are measured in wall-clock time, which other work affects much: two cores that are busy cannot be shown to be
twice as fast as one.

## Goals

{_table(("goal", "", "measured", ""), (_goal(gate) for gate in gates["gates"]))}

The C loop keeps the same books as the kernel and returns the same log, to the second. The libraries serve by priority,
preempt and resume; they finish as much as idiomatic SimPy (within 0.1 %) in as much time (within 2 %), and differ in
the place of interrupted work inside its priority and in the order of events of one instant. Ciw runs office by office,
so it need not search all offices for the next event; salabim does a tenth of the work, which favours it; cimba is
compiled, and runs on one thread. The reference engine and the kernel also check the plan before and the books after.

## Cost over size

![Time and memory over units and over replications, for all contenders](pictures/cost.png)

A contender stops before a size that would take longer than ten seconds. Over units only the simulation is timed, over
replications drawing too. Memory is the peak of the process, with Python and all imports: numba alone takes about 120
MB, so small runs do not load it. Memory does not grow with replications.

{_table(("nanoseconds an activity", *_heads(cost)), _rows(cost, "ns"))}

{_table(("megabytes", *_heads(cost)), _rows(cost, "mb"))}
"""


def _goal(gate: dict[str, Any]) -> tuple[str, ...]:
    sign, value = "≥" if gate["at_least"] else "≤", gate["value"]
    return (
        gate["name"] + (f" ({gate['note']})" if gate["note"] else ""),
        f"{sign} {gate['goal']:,g} {gate['unit']}".strip(),
        "" if value is None else f"{value:,.2f}",
        gate["verdict"].lower(),
    )


def _heads(cost: dict[str, Any]) -> list[str]:
    return [f"{number:,} {over}" for over, number in _sizes(cost)]


def _sizes(cost: dict[str, Any]) -> list[tuple[str, int]]:
    return list(dict.fromkeys((point["over"], point["number"]) for point in cost["points"]))


def _rows(cost: dict[str, Any], what: str) -> list[list[str]]:
    known = {(point["name"], point["over"], point["number"]): point for point in cost["points"]}
    rows = []
    for name in LOOKS:
        own = [known.get((name, *size)) for size in _sizes(cost)]
        rows.append([NAMES.get(name, name), *("" if point is None else _cell(point, what) for point in own)])
    return rows


def _cell(point: dict[str, Any], what: str) -> str:
    return f"{point['seconds'] / point['activities'] * 1e9:,.0f}" if what == "ns" else f"{point['peak_mb']:,.0f}"


def _table(heads: Any, rows: Any) -> str:
    lines = [heads, ["---"] * len(heads), *([*row] + [""] * (len(heads) - len(row)) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
