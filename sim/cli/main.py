"""The command `jianfu`.

Each command is loaded only when it is called: `jianfu --help` imports neither pydantic nor numpy. To add one, write
`sim/cli/commands/<name>.py` (see `sim.cli.options`) and add a line to `COMMANDS`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, NoReturn

import click

from sim import __version__
from sim.cli.errors import run_guarded
from sim.cli.language import say, speak
from sim.cli.options import Spoken, option, with_common_options
from sim.cli.output import Output, hearing
from sim.cli.streams import make_readable
from sim.cli.wording import no_such_command


class _Entry(NamedTuple):
    """A command: its module, which has a function of the same name, and a few words for the list of commands."""

    module: str
    zh: str
    en: str


COMMANDS: dict[str, _Entry] = {
    "init": _Entry("init", "新建一个情景文件", "Start a scenario file"),
    "list": _Entry("listing", "列出情景、举措、事项种类和指标", "List scenarios, levers, kinds and metrics"),
    "validate": _Entry("validate", "检查情景文件，一次列出所有错误", "Check scenario files, all mistakes at once"),
    "compare": _Entry("compare", "比较改革前后", "Compare before and after"),
    "run": _Entry("run", "单独模拟一个情景", "Simulate one scenario"),
    "report": _Entry("report", "把保存过的比较写成报告", "Write a saved comparison as a report"),
    "trace": _Entry("trace", "逐段列出一名干部的一周", "List one cadre's week, span by span"),
    "scoreboard": _Entry("scoreboard", "公布的数字与模拟的结果", "Published figures beside simulated results"),
    "gallery": _Entry("gallery", "各地一图三句", "One picture and three sentences per place"),
    "runs": _Entry("runs", "列出保存过的比较", "List the saved comparisons"),
    "explain": _Entry("explain", "每个值从哪里来、依据是什么", "List the origin and standing of each value"),
    "diff": _Entry("diff", "两个情景有何不同", "Describe the differences between two scenarios"),
    "bench": _Entry("bench", "在本机计时", "Time the engines on this machine"),
    "verify": _Entry("verify", "用公认答案验证两个引擎", "Check both engines against known answers"),
    "schema": _Entry("schema", "写出 JSON Schema 或参考手册", "Write the JSON Schema or the reference page"),
}
"""All commands, in the order of the help."""


class _Commands(Spoken, click.Group):
    """The group of commands; it loads a command when it is called."""

    zh = "减负：模拟基层干部的时间花在哪里，改革前后有何不同。"
    en = "Simulate what grassroots cadres spend their time on, before and after a reform."

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names without loading a command."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load and return the command; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        name = COMMANDS[cmd_name].module
        loaded: click.Command = getattr(import_module(f"sim.cli.commands.{name}"), name)
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name.

        Raises:
            UsageError: there is no such command.
        """
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise no_such_command(args[0], list(COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl([(name, say(entry.zh, entry.en)) for name, entry in COMMANDS.items()])


def _tell_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        print(f"jianfu {__version__}")
        ctx.exit()


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code."""
    speak(arguments)
    before_end = arguments[: list(arguments).index("--")] if "--" in arguments else arguments
    output = Output(json="--json" in before_end, debug="--debug" in before_end)
    group = _Commands("jianfu", context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
    option(
        "--version",
        is_flag=True,
        is_eager=True,
        callback=_tell_version,
        expose_value=False,
        zh="显示版本",
        en="Show the version.",
    )(group)
    with_common_options(group)
    call = [*arguments] or ["--help"]
    with hearing(output):
        return run_guarded(lambda: group.main(call, prog_name="jianfu", standalone_mode=False, obj=output), output)


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    make_readable()
    # Models and pictures are many lasting objects: rare collections save a twentieth of the time.
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(sys.argv[1:]))
