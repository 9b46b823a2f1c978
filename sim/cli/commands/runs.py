"""`jianfu runs`: list the saved comparisons."""

from __future__ import annotations

from sim.cli.options import command, common
from sim.cli.output import Output


@command(zh="列出保存过的比较，最近的在前。", en="List the saved comparisons, the latest first.")
@common
def runs(output: Output) -> None:
    """List runs."""
    from sim.experiment.kept.runs import is_whole, list_runs
    from sim.experiment.kept.store import runs_folder

    found = list_runs(runs_folder())
    rows = [{"folder": str(run.folder), "whole": is_whole(run), **run.manifest} for run in found]
    lines = [
        f"{run.manifest['finished']}  n={run.manifest['replications']}  {run.folder}  {run.manifest['title']}"
        for run in found
    ]
    output.show({"runs": rows}, "\n".join(lines))
    if not found:
        output.note("还没有保存的比较；先运行 jianfu compare", "no comparison is saved yet; run jianfu compare")
