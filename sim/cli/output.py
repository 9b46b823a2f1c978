"""Output of a command: data on stdout, messages on stderr, one JSON document with `--json`.

Control and invisible characters in text from files are printed as escapes, so that the text cannot move the cursor,
hide itself or change its direction.
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
from sim.cli.streams import can_write
from sim.errors import Problem
from sim.i18n.visible import escaped

SCHEMA = 1
"""Version of the JSON documents."""

_HIDDEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass
class Output:
    """Collects the output of one call. Commands get it through `click.pass_obj`."""

    json: bool = False
    quiet: bool = False
    verbose: int = 0
    debug: bool = False
    data: Any = None
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Mistakes that were found and printed, for the JSON document."""

    def show(self, data: Any, text: str) -> None:
        """Set the result: `data` for `--json` (printed at the end), `text` for people (printed now)."""
        self.data = data
        if not self.json and text:
            self.line(text)

    def line(self, text: str) -> None:
        """Print data for people on stdout; with `--json` print nothing."""
        if not self.json:
            print(printable(text), flush=True)

    def warn(self, zh: str, en: str) -> None:
        """Print a warning on stderr, and keep it for the JSON document."""
        self.warnings.append(say(zh, en))
        if not self.json:
            print(printable(f"{say('警告', 'warning')}: {say(zh, en)}"), file=sys.stderr)

    def tell(self, notices: list[Problem]) -> None:
        """Print notices as warnings."""
        for notice in notices:
            self.warn(notice.render("zh"), notice.render("en"))

    def note(self, zh: str, en: str) -> None:
        """Print a message on stderr; with `-q` or `--json` print nothing."""
        if not (self.quiet or self.json):
            print(printable(say(zh, en)), file=sys.stderr)

    def close(self, message: str = "", *, ok: bool = True) -> None:
        """Print the JSON document if `--json` is set; a failed call has `ok: false` and its message."""
        if not self.json:
            return
        document: dict[str, Any] = {"schema": SCHEMA, "ok": ok, "data": self.data, "warnings": self.warnings}
        if not ok:
            document |= {"message": message, "problems": [asdict(problem) for problem in self.problems]}
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        if not can_write(text):  # an escape of JSON is read back as the character, an equivalent would not be
            text = json.dumps(document, indent=2, allow_nan=False)
        print(_HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)


def printable(text: str) -> str:
    """Return the text with every character that a terminal would not show as an escape."""
    return escaped(text, kept="\n\t")


LOG = logging.getLogger("jianfu")


class _Teller(logging.Handler):
    """A log handler that prints records of any thread as notes; a message in two languages is a dict by language."""

    def __init__(self, output: Output) -> None:
        super().__init__(logging.INFO)
        self.output, self.context = output, copy_context()

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record."""
        said = record.msg if isinstance(record.msg, dict) else dict.fromkeys(("zh", "en"), record.getMessage())
        self.context.run(self.output.note, said["zh"], said["en"])


@contextmanager
def hearing(output: Output) -> Iterator[None]:
    """Context in which records of the logger `jianfu` are printed."""
    teller, level = _Teller(output), LOG.level
    LOG.addHandler(teller)
    LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOG.removeHandler(teller)
        LOG.setLevel(level)
