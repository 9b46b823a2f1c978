"""The language of this call: `--lang`, else the variable JIANFU_LANG, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from sim.i18n import DEFAULT_LANG, Lang

VARIABLE = "JIANFU_LANG"
LANGUAGES: tuple[Lang, ...] = ("zh", "en")

_spoken: ContextVar[Lang] = ContextVar("spoken", default=DEFAULT_LANG)


def spoken() -> Lang:
    """Return the language of the present call."""
    return _spoken.get()


def speak(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Lang:
    """Set and return the language, before the arguments are parsed, so that mistakes in them are reported in it.

    Unknown languages count as Chinese.
    """
    wanted = environment.get(VARIABLE, "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            wanted = arguments[place + 1] if place + 1 < len(arguments) else ""
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    lang = wanted if wanted in LANGUAGES else DEFAULT_LANG
    _spoken.set(lang)
    return lang


def say(zh: str, en: str) -> str:
    """Return the sentence in the language of the present call."""
    return zh if spoken() == "zh" else en
