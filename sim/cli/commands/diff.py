"""`jianfu diff A B`: the differences between two scenarios, in words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common, settings
from sim.cli.output import Output


@command(
    zh="用文字说明两个情景有何不同。--set 只作用于 B。",
    en="Describe the differences between two scenarios in words. --set changes B only.",
)
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@settings
@common
def diff(output: Output, before: Path, after: Path, overrides: tuple[str, ...]) -> None:
    """List differences."""
    from sim.files.difference import diff_scenarios
    from sim.files.scenario import read_scenario

    found = diff_scenarios(read_scenario(before), read_scenario(after, overrides))
    text = "\n".join(difference.words[spoken()] for difference in found)
    output.show([asdict(difference) for difference in found], text or say("没有不同", "no differences"))
