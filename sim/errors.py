"""The exceptions of the project.

JianfuError
 |-- ScenarioError   a file of the planner has mistakes      exit code 2
 |-- UsageError      wrong arguments of a command            exit code 2
 |-- CheckFailed     an expectation or a lint does not hold  exit code 1
 `-- EngineFault     the program broke its own contract      exit code 3
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.i18n import Lang


@dataclass(frozen=True)
class Problem:
    """One mistake in a file: its place, the mistake, the allowed values, a suggestion."""

    message: dict[str, str]
    """The sentence, by language (`zh` and `en`)."""
    file: str = ""
    line: int = 0
    """Counted from 1; 0 if unknown."""
    column: int = 0
    key: str = ""
    """Dotted path inside the file, e.g. `obligations.county_inspection.notice`."""
    hint: dict[str, str] = field(default_factory=dict)
    """A suggestion, by language; empty without one."""

    def render(self, lang: Lang) -> str:
        """Return the problem as one line, `file:line:column: key: message (hint)`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        sentence = self.message.get(lang) or self.message["en"]
        hint = self.hint.get(lang, "")
        return ": ".join(part for part in (place, self.key, sentence + (f" ({hint})" if hint else "")) if part)


class JianfuError(Exception):
    """Base class of all errors that this program raises deliberately."""

    exit_code = 3


class ScenarioError(JianfuError):
    """A file of the planner cannot be read or contradicts itself; `problems` lists every mistake found."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.render("en") for problem in self.problems))

    def render(self, lang: Lang) -> str:
        """Return all problems, one a line."""
        return "\n".join(problem.render(lang) for problem in self.problems)


class UsageError(JianfuError):
    """A command was called with arguments that it cannot carry out."""

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        self.message = {"zh": zh, "en": en}
        super().__init__(en)

    def render(self, lang: Lang) -> str:
        """Return the message in the given language."""
        return self.message[lang]


class CheckFailed(JianfuError):
    """An expectation, a lint or a benchmark gate does not hold."""

    exit_code = 1

    def __init__(self, zh: str, en: str) -> None:
        self.message = {"zh": zh, "en": en}
        super().__init__(en)

    def render(self, lang: Lang) -> str:
        """Return the message in the given language."""
        return self.message[lang]


class EngineFault(JianfuError):
    """The program broke one of its own contracts (conservation, order, shape)."""

    exit_code = 3
