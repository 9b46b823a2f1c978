"""Commands and options with help in two languages, and the options that every command has.

A command is a module in `sim.cli.commands` with one function of the same name:

    @command(zh="检查情景文件", en="Check scenario files.")
    @click.argument("files", nargs=-1, required=True)
    @option("--sources", is_flag=True, zh="同时列出没有出处的数字", en="List the numbers without a source too.")
    @settings
    @common
    def validate(output: Output, files: ..., sources: bool, overrides: tuple[str, ...]) -> None:
        ...
        output.show(data, text)

and one line in `sim.cli.main.COMMANDS`. If it returns an int, that is the exit code. `@common` adds
`--lang --json -q -v --debug` and passes the `Output` as first argument; `@settings` adds `-s/--set`. A command raises
`ScenarioError`, `UsageError` or `CheckFailed`; `sim.cli.errors` prints the message and chooses the exit code. Import
numpy, matplotlib and other slow modules inside the function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from sim.cli.language import LANGUAGES, VARIABLE, say
from sim.cli.output import Output

Function = TypeVar("Function", bound=Callable[..., Any])


class Spoken(click.Command):
    """A command whose help is in the language of the call."""

    zh: str = ""
    en: str = ""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), say("用法：", "Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.zh, self.en))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        params = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in params if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section(say("选项", "Options")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, described in the language of the call."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("显示本说明", "Show this text.")
        return found


class SpokenOption(click.Option):
    """An option whose help is in the language of the call."""

    def __init__(self, param_decls: Sequence[str], zh: str, en: str, **keywords: Any) -> None:
        super().__init__(param_decls, **keywords)
        self.zh, self.en = zh, en

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's row of the help."""
        self.help = say(self.zh, self.en)
        return super().get_help_record(ctx)


def command(*, zh: str, en: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Return a decorator that makes a function a command described in both languages."""

    def made(function: Callable[..., Any]) -> click.Command:
        name = function.__name__.rstrip("_").replace("_", "-")
        wrapped = click.command(name, cls=Spoken, context_settings={"help_option_names": ["-h", "--help"]})(function)
        wrapped.zh, wrapped.en = zh, en
        return wrapped

    return made


def option(*names: str, zh: str, en: str, **keywords: Any) -> Callable[[Function], Function]:
    """Return a decorator that adds an option described in both languages."""
    return click.option(*names, cls=SpokenOption, zh=zh, en=en, **keywords)


def common(function: Function) -> Function:
    """Add the options of every command, and pass the `Output` as first argument."""
    return with_common_options(click.pass_obj(function))  # type: ignore[return-value]


def with_common_options(function: Function) -> Function:
    """Add the options of every command; their values are stored in the `Output`."""
    for add in (
        option("--debug", is_flag=True, **_kept("debug"), zh="出错时显示调用栈", en="Show the traceback of a fault."),
        option("-v", "--verbose", count=True, **_kept("verbose"), zh="显示更多信息", en="Show more."),
        option("-q", "--quiet", is_flag=True, **_kept("quiet"), zh="不显示提示信息", en="No messages on stderr."),
        option("--json", is_flag=True, **_kept("json"), zh="输出一个 JSON 文档", en="Print one JSON document."),
        option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            zh=f"语言（默认 zh；也可设环境变量 {VARIABLE}）",
            en=f"Language (default zh, or the variable {VARIABLE}).",
        ),
    ):
        function = add(function)
    return function


def settings(function: Function) -> Function:
    """Add `-s/--set PATH=VALUE`, passed to the function as `overrides`."""
    return option(
        "-s",
        "--set",
        "overrides",
        multiple=True,
        metavar="PATH=VALUE",
        zh="改一个值，如 levers[cap_frequency].strength=0；~路径 为删除；可多次使用",
        en="Change a value, such as levers[cap_frequency].strength=0; ~PATH deletes; can be repeated.",
    )(function)


def _kept(name: str) -> dict[str, Any]:
    """Return keywords that store an option's value in the `Output` instead of passing it to the function."""

    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
        if value and isinstance(ctx.obj, Output):
            setattr(ctx.obj, name, value)
        return value

    return {"expose_value": False, "callback": keep}
