"""Text from files made harmless: characters that act on a terminal, hide, or change its direction become escapes."""

from __future__ import annotations

_SPACES = "\xa0\u3000"
"""No-break space and the wide space of Chinese text."""


def escaped(text: str, kept: str = "") -> str:
    """Return the text with every control, invisible and directional character as an escape, except those in `kept`."""
    kept += _SPACES
    return "".join(letter if letter.isprintable() or letter in kept else _spelt(letter) for letter in text)


def escaped_in_page(value: object) -> object:
    r"""Return a text with escapes for such characters but \n and \t; return a finished part of a page unchanged."""
    return escaped(value, kept="\n\t") if type(value) is str else value


def _spelt(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
