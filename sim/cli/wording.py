"""Translates click's English sentences: mistakes in a call, and the headings of its help."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.language import say

_PLAIN = (
    (r"Got unexpected extra arguments? \((.*)\)", "多余的参数：{0}"),
    (r"Option '([^']*)' requires an argument\.?", "选项“{0}”需要一个值"),
    (r"Option '([^']*)' does not take a value\.?", "选项“{0}”不带值"),
    (r"'(.*)' is not a valid integer\.?", "“{0}”不是整数"),
    (r"'(.*)' is not a valid float\.?", "“{0}”不是数字"),
    (r"Missing command\.", "缺少命令"),
    (r"(.*) is not in the range (.*)\.", "{0} 不在范围 {1} 内"),
)
"""Patterns of click's sentences, and the same sentences in Chinese."""


def usage_in_words(error: click.ClickException) -> str:
    """Return the mistake in a call as a sentence, with the command that shows help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "jianfu"
    more = say(f"用“{path} --help”查看用法", f"see '{path} --help'")
    return f"{_sentence(error)}\n{more}"


def _sentence(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            hint = _hint(error.option_name, error.possibilities or ())
            return say(f"没有选项“{error.option_name}”", f"there is no option '{error.option_name}'") + hint
        case click.MissingParameter():
            name = _name_of(error)
            return say(f"缺少参数 {name}", f"{name} is missing")
        case click.BadParameter():
            return _bad_value(error)
    return say(_in_chinese(error.format_message()), error.format_message().rstrip("."))


def no_such_command(name: str, commands: Sequence[str], context: click.Context) -> click.UsageError:
    """Return an error for an unknown command; it suggests the most similar one."""
    there = ", ".join(commands)
    sentence = say(f"没有命令“{name}”；可用：{there}", f"there is no command '{name}'; there are {there}")
    return click.UsageError(sentence + _hint(name, commands), context)


def _bad_value(error: click.BadParameter) -> str:
    name, kind = _name_of(error), error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        choices = ", ".join(str(choice) for choice in kind.choices)
        return say(f"{name} 须为以下之一：{choices}", f"{name} must be one of {choices}")
    return say(f"{name}：{_in_chinese(error.message)}", f"{name}: {error.message.rstrip('.')}")


def _name_of(error: click.BadParameter) -> str:
    param: Any = error.param
    if param is None:
        return str(error.param_hint or "")
    return param.opts[-1] if isinstance(param, click.Option) else param.make_metavar(error.ctx).strip("[].")


def _in_chinese(message: str) -> str:
    for pattern, words in _PLAIN:
        if found := re.fullmatch(pattern, message):
            return words.format(*found.groups())
    return message


def _hint(found: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(found, list(allowed), n=1)
    return say(f"（是不是“{near[0]}”？）", f" (did you mean '{near[0]}'?)") if near else ""


def command_line(command: str, *paths: Path) -> str:
    """Return a command of the program with paths, quoted as the shell of this system reads them."""
    files = [f".{os.sep}{path}" if str(path).startswith("-") else str(path) for path in paths]
    words = [*command.split(), *files]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
