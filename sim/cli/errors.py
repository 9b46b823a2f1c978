"""Turns failures into messages and exit codes; no other module does.

0 success; 1 a check failed; 2 wrong call or wrong scenario; 3 a fault of the program; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable

import click

from sim.cli.language import say, spoken
from sim.cli.output import Output, printable
from sim.cli.wording import usage_in_words
from sim.errors import CheckFailed, JianfuError, ScenarioError, UsageError

OK, CHECK_FAILED, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

_KEPT_ZH = "已中断；已完成的重复都保留着，再运行同一命令即从那里继续"
_KEPT_EN = "interrupted; finished replications are kept: the same command again resumes from there"


def run_guarded(call: Callable[[], object], output: Output) -> int:
    """Run the call and return its exit code; an error is reported in a line or two."""
    try:
        return _run_explained(call, output)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _told(output, INTERRUPTED, say(_KEPT_ZH, _KEPT_EN))
    except BrokenPipeError:
        _stop_writing()
        return OK
    except Exception as error:
        if output.debug:
            traceback.print_exc()
        return _told(output, _code_of(error), _own_fault(error))


def _run_explained(call: Callable[[], object], output: Output) -> int:
    """Run the call and return its exit code; report the user's mistakes in the words of the error."""
    try:
        code = call()
        code = code if isinstance(code, int) else OK
        output.close(ok=code == OK)
        return code
    except click.Abort:
        raise
    except click.ClickException as error:
        return _told(output, USAGE, usage_in_words(error))
    except ScenarioError as error:
        output.problems += error.problems
        return _told(output, USAGE, error.render(spoken()))
    except (CheckFailed, UsageError) as error:
        return _told(output, error.exit_code, error.render(spoken()))


def _told(output: Output, code: int, message: str) -> int:
    output.close(message, ok=False)
    if not output.json:
        print(printable(message), file=sys.stderr)
    return code


def _code_of(error: Exception) -> int:
    return error.exit_code if isinstance(error, JianfuError) else FAULT


def _own_fault(error: Exception) -> str:
    reason = " ".join(str(error).split())[:200]
    name = type(error).__name__
    return say(
        f"程序内部错误：{name}：{reason}（加 --debug 查看详情）",
        f"internal fault: {name}: {reason} (--debug shows details)",
    )


def _stop_writing() -> None:
    """Redirect stdout to the null device, so that closing it at exit raises no second error."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
