"""What the layers below say while they work, told as notes in the language of the call."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from sim.cli.output import Output

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
