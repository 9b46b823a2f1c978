"""Check the words of docstrings and comments in `sim`, `tools` and `tests`; part of `make check`.

A sentence has a subject, a verb and an object: no sentence opens with What, Who or Where, and none uses "what is" as a
noun. A docstring opens with a plain verb such as Return, Compute, List, Draw, Write or Check, not with Give, Tell or
Say.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("sim", "tools", "tests")


class Rule(NamedTuple):
    """A pattern whose first group is refused, and the message about it."""

    pattern: re.Pattern[str]
    message: str
    docstrings_only: bool = False


OPENING = r"(?:\A|(?<=[.!?:;])\s|\n[ \t]*\n)\W*"
RULES = (
    Rule(re.compile(OPENING + r"(What|Who|Where)\b"), "a sentence opens with '{}'; name its subject"),
    Rule(re.compile(r"\b(what\s+(?:is|was|are|were))\b", re.IGNORECASE), "'{}' stands for a noun; name the noun"),
    Rule(
        re.compile(r"\A\W*(Gives?|Tells?|Says?)\b"),
        "a docstring opens with '{}'; write Return, Compute, List, Draw, Write or Check",
        docstrings_only=True,
    ),
)
QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"")
"""Text that is quoted, and not checked."""


class Text(NamedTuple):
    """A docstring or a block of comments, and the number of its first line."""

    line: int
    words: str
    is_docstring: bool


class Finding(NamedTuple):
    """A sentence that breaks a rule."""

    line: int
    message: str


def main() -> None:
    """Print every finding as file:line: message; exit with status 1 if there is one."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{finding.line}: {finding.message}"
        for path in checked_files()
        for finding in findings(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or "Plain words: nothing found.")
    sys.exit(1 if found else 0)


def checked_files() -> list[Path]:
    """List the Python files that are checked, sorted."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def findings(source: str) -> list[Finding]:
    """List the sentences of a module that break a rule, by line."""
    found = [finding for text in (*docstrings(source), *comments(source)) for finding in _broken(text)]
    return sorted(found)


def _broken(text: Text) -> Iterator[Finding]:
    prose = QUOTED.sub(lambda quoted: re.sub(r"\S", "x", quoted.group()), text.words)
    for rule in RULES:
        if text.is_docstring or not rule.docstrings_only:
            for match in rule.pattern.finditer(prose):
                line = text.line + prose.count("\n", 0, match.start(1))
                yield Finding(line, rule.message.format(" ".join(match[1].split())))


def docstrings(source: str) -> Iterator[Text]:
    """List the docstrings of modules, classes and functions, and the strings under fields and constants."""
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                words = statement.value.value
                if isinstance(words, str):
                    yield Text(statement.lineno, words, is_docstring=True)


def comments(source: str) -> Iterator[Text]:
    """List the comments; consecutive lines of nothing but comment are one text."""
    block: list[str] = []
    first = last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = token.start[0]
        follows = line == last + 1 and not token.line[: token.start[1]].strip()
        if block and not follows:
            yield Text(first, "\n".join(block), is_docstring=False)
            block = []
        if not block:
            first = line
        block.append(token.string.lstrip("#"))
        last = line
    if block:
        yield Text(first, "\n".join(block), is_docstring=False)


if __name__ == "__main__":
    main()
