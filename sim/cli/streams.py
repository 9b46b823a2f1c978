"""Streams of the process: a character that the stream's encoding lacks is written as its nearest plain equivalent."""

from __future__ import annotations

import codecs
import sys

HANDLER = "jianfu.readable"

PLAIN = {
    "−": "-",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u3000": " ",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "→": "->",
    "×": "x",
    "·": ".",
    "±": "+/-",
    "≤": "<=",
    "≥": ">=",
    "²": "2",
}
"""Equivalents in ASCII; any other character becomes an escape."""


def make_readable() -> None:
    """Let stdout and stderr of this process write what they cannot encode in plain characters."""
    codecs.register_error(HANDLER, _readable)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def can_write(text: str) -> bool:
    """Return whether stdout can encode the text as it is."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    plain = (PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode() for letter in letters)
    return "".join(plain), error.end
