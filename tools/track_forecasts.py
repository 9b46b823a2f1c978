"""Forecast the published outcomes with the current model, and write the forecasts to `reports/track/forecasts.csv`.

    python -m tools.track_forecasts LABEL [CASE ...] [-n DRAWS] [-j WORKERS]

    read_study -> read_scenario -> draw_inputs -> apply_levers -> plan_year -> simulate -> measure -> rows

The rows of the label, or only those of the named cases, are replaced; rows of other labels stay, so that the effect of
a change of the model can be seen. Each case is written when it is finished.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import sim
from sim.domain.study import AFTER
from sim.experiment.kept.manifest import own_code
from sim.experiment.options import RunOptions
from sim.experiment.years import run_all
from sim.files.extend import scenarios_folder
from sim.files.lint import refuse_faulty
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.study import STUDY, read_study
from sim.files.write import write_text
from sim.metrics.table import METRICS
from sim.scoreboard.targets import agrees, known, published_number, told
from sim.scoring import simulate_draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.domain.evidence import Evidence
    from sim.domain.published import PublishedMetric, PublishedOutcome
    from sim.domain.study import Study, Target
    from sim.scoreboard.targets import Draw

    Draws = Sequence[Draw]

Row = dict[str, str]

TABLE = Path(__file__).parents[1] / "reports" / "track" / "forecasts.csv"
COLUMNS = (
    "version", "program", "code", "case", "published metric", "family", "grade", "use", "metric", "scope", "told as",
    "published", "bound", "median", "low 80", "high 80", "low 90", "high 90", "inside 80", "inside 90", "draws",
    "in sample", "why",
)  # fmt: skip
QUANTILES = {"median": 0.5, "low 80": 0.1, "high 80": 0.9, "low 90": 0.05, "high 90": 0.95}
DRAWS = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Forecast the cases named on the command line, and write the table."""
    parser = argparse.ArgumentParser(description="Forecast the published outcomes with the model as it is now.")
    parser.add_argument("label", help="plain name of this version of the model, e.g. baseline")
    parser.add_argument("cases", nargs="*", help="outcomes of seeds/outcomes.yaml; all without names")
    parser.add_argument("-n", "--draws", type=int, default=DRAWS, help="draws of the uncertain inputs")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="workers")
    parser.add_argument("-o", "--table", type=Path, default=TABLE)
    asked = parser.parse_args(arguments)
    evidence = read_evidence(seeds_folder())
    unknown = sorted({*asked.cases} - {*evidence.outcomes})
    if unknown:
        parser.error(f"no outcome is named {', '.join(unknown)}; there are {', '.join(evidence.outcomes)}")
    options = RunOptions(replications=asked.draws, jobs=asked.jobs)
    for case in [name for name in evidence.outcomes if not asked.cases or name in asked.cases]:
        begun = time.monotonic()
        rows = forecast(evidence.outcomes[case], scenarios_folder() / "outside" / case, evidence, asked.label, options)
        replace_rows(asked.table, rows, list(evidence.outcomes))
        print(f"{case}: rows: {len(rows)}, seconds: {time.monotonic() - begun:.0f}", file=sys.stderr, flush=True)


def forecast(outcome: PublishedOutcome, folder: Path, evidence: Evidence, label: str, options: RunOptions) -> list[Row]:
    """Return the rows of one outcome: each published number with its forecasts, its use as an input, or why neither.

    Raises:
        ScenarioError: a file of the case has mistakes.
    """
    refuse_faulty(folder / STUDY, METRICS)
    study = read_study(folder / STUDY)
    names = sorted({target.scenario for target in study.targets})
    draws = {name: simulate_draws(folder, options, name) for name in names}
    common = {
        "version": label,
        "program": sim.__version__,
        "code": own_code()[:12],
        "case": outcome.id,
        "in sample": _word(outcome.in_sample_after is not None and label != outcome.in_sample_after),
    }
    return [
        {**dict.fromkeys(COLUMNS, ""), **common, **_published(figure, number), **row}
        for figure, number in outcome.results().items()
        for row in _used(figure, number, study, draws)
    ]


def simulate_draws(folder: Path, options: RunOptions, name: str = AFTER) -> Draws:
    """Simulate the years before and after for each draw of the uncertain inputs, as the scoreboard does."""
    before, after = read_scenario(folder / "before.yaml"), read_scenario(folder / name)
    job = partial(simulate_draw, before, after, (), options.over(after.run).root, options.engine, False)
    return list(run_all(job, range(options.replications or DRAWS), options))


def _published(figure: str, number: PublishedMetric) -> Row:
    assert number.grade is not None
    return {
        "published metric": figure.partition(".")[2],
        "family": number.family or "",
        "grade": number.grade.value,
    }


def _used(figure: str, number: PublishedMetric, study: Study, draws: Mapping[str, Draws]) -> Iterator[Row]:
    """Yield a row for each way in which a study uses a published number."""
    targets = [target for target in study.targets if target.figure == figure]
    for target in targets:
        published, bound = published_number(target, number)
        bands = bands_of(_values(target, draws[target.scenario]))
        yield {
            "use": "forecast",
            "metric": target.metric,
            "scope": target.scope,
            "told as": target.told_as,
            "published": _text(published, 6),
            "bound": bound,
            **{name: _text(value) for name, value in bands.items()},
            **{f"inside {share}": _inside(published, bound, bands, share) for share in (80, 90)},
            "draws": str(len(draws[target.scenario])),
            "why": "" if target.scenario == AFTER else f"scenario {target.scenario}",
        }
    if not targets:
        whys = [one.why.en for one in study.untestable if one.figure == figure]
        use = "input" if figure in study.inputs else "not expressible"
        yield {"use": use, **_stated(number), "why": " ".join(whys)}


def _stated(number: PublishedMetric) -> Row:
    """Return the number as the source states it: its change if there is one, else a level."""
    stated = {"change": number.change, "difference": number.difference, "after": number.after, "before": number.before}
    told_as, value = next((name, value) for name, value in stated.items() if value is not None)
    return {"told as": told_as, "published": _text(value, 6), "bound": number.bound.value}


def _values(target: Target, draws: Draws) -> NDArray[np.float64]:
    key = (target.metric, target.scope)
    before, after = (np.array([draw[side].values.get(key, math.nan) for draw in draws]) for side in (0, 1))
    return known(told(target.told_as, before, after))


def bands_of(values: NDArray[np.float64]) -> dict[str, float | None]:
    """Compute the median and the 80 and 90 % bands; None from fewer than two draws."""
    if len(values) < 2:
        return dict.fromkeys(QUANTILES)
    return {name: float(np.quantile(values, share)) for name, share in QUANTILES.items()}


def _inside(published: float | None, bound: str, bands: dict[str, float | None], share: int) -> str:
    low, high = bands[f"low {share}"], bands[f"high {share}"]
    return "" if low is None or high is None else _word(agrees(published, bound, low, high))


def replace_rows(path: Path, rows: Sequence[Row], order: Sequence[str]) -> None:
    """Write the table with these rows in place of those of the same version and case; `order` is that of the cases."""
    kept: list[Row] = []
    if path.is_file():
        kept = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    new = {(row["version"], row["case"]) for row in rows}
    merged = [row for row in kept if (row["version"], row["case"]) not in new] + list(rows)
    versions = list(dict.fromkeys(row["version"] for row in [*kept, *rows]))
    merged.sort(key=lambda row: (versions.index(row["version"]), order.index(row["case"])))
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(merged)
    write_text(path, sheet.getvalue())


def _text(number: float | None, digits: int = 4) -> str:
    return "" if number is None else f"{number:.{digits}g}"


def _word(holds: bool) -> str:
    return "yes" if holds else "no"


if __name__ == "__main__":
    main()
