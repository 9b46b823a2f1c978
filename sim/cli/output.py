"""What a command says: data on stdout, messages on stderr, one JSON document with `--json`.

Text that came from somebody's file is printed with control and invisible characters spelt out, so that it cannot
move the cursor, hide itself or turn around.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.cli.language import say
from sim.errors import Problem

SCHEMA = 1
"""Version of the JSON documents."""

_HARMLESS = {"\n", "\t", "\xa0"}
_HIDDEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass
class Output:
    """Collects what one call says. Commands get it as `click.pass_obj`."""

    json: bool = False
    quiet: bool = False
    verbose: int = 0
    debug: bool = False
    data: Any = None
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Mistakes that were found and told, for the JSON document."""

    def show(self, data: Any, text: str) -> None:
        """Give the result: `data` for `--json` (printed at the end), `text` for people (printed now)."""
        self.data = data
        if not self.json and text:
            self.line(text)

    def line(self, text: str) -> None:
        """Print data for people on stdout; nothing with `--json`."""
        if not self.json:
            print(printable(text), flush=True)

    def warn(self, zh: str, en: str) -> None:
        """Print a warning on stderr, or keep it for the JSON document."""
        self.warnings.append(say(zh, en))
        if not self.json:
            print(printable(f"{say('警告', 'warning')}: {say(zh, en)}"), file=sys.stderr)

    def note(self, zh: str, en: str) -> None:
        """Print a message on stderr; nothing with `-q` or `--json`."""
        if not (self.quiet or self.json):
            print(printable(say(zh, en)), file=sys.stderr)

    def close(self, message: str = "", *, ok: bool = True) -> None:
        """Print the JSON document, if one is wanted; a failed call says so in the same shape."""
        if not self.json:
            return
        document: dict[str, Any] = {"schema": SCHEMA, "ok": ok, "data": self.data, "warnings": self.warnings}
        if not ok:
            document |= {"message": message, "problems": [asdict(problem) for problem in self.problems]}
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        print(_HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)


def printable(text: str) -> str:
    """Spell out every character that a terminal would not show as itself."""
    return "".join(letter if letter.isprintable() or letter in _HARMLESS else _spelt(letter) for letter in text)


def _spelt(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


LOG = logging.getLogger("jianfu")


class _Teller(logging.Handler):
    """Tells what is said, from whichever thread; what is said in two languages is a table by language."""

    def __init__(self, output: Output) -> None:
        super().__init__(logging.INFO)
        self.output, self.context = output, copy_context()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell it."""
        said = record.msg if isinstance(record.msg, dict) else dict.fromkeys(("zh", "en"), record.getMessage())
        self.context.run(self.output.note, said["zh"], said["en"])


@contextmanager
def hearing(output: Output) -> Iterator[None]:
    """Listen during a call."""
    teller, level = _Teller(output), LOG.level
    LOG.addHandler(teller)
    LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOG.removeHandler(teller)
        LOG.setLevel(level)
