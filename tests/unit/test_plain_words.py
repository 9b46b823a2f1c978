"""The lint of plain words finds a sentence that breaks a rule, names its line, and leaves plain sentences alone."""

import pytest

from tools import plain_words

PLAIN = '''"""Rows of a plan.

The engine reads them. It asks where a row stands, and who does it.
"""

# A row whose predecessor gave up is cancelled.
LIMIT = 3
"""Rows a unit may hold."""


def rows() -> int:
    """Return the number of rows; `what is` and "Who" are quoted here."""
    return LIMIT
'''


def broken(source: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.message.split("'")[1]) for finding in plain_words.findings(source)]


def test_plain_sentences_pass() -> None:
    assert broken(PLAIN) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""What a plan holds."""', [(1, "What")]),
        ('"""Rows.\n\nRead them. Where none is, stop.\n"""', [(3, "Where")]),
        ('"""Rows.\n\n    Who reads them?\n"""', [(3, "Who")]),
        ('class Row:\n    """A row."""\n\n    unit: int\n    """Who does it."""', [(5, "Who")]),
        ("LIMIT = 3\n# Where it ends.", [(2, "Where")]),
        ("LIMIT = 3  # Who comes first", [(1, "Who")]),
        ("# It is read once.\n# What remains, stays.", [(2, "What")]),
        ('"""Keep what is left."""', [(1, "what is")]),
        ('"""Keep what\nwas left."""', [(1, "what was")]),
        ("LIMIT = 3  # the end of what is read", [(1, "what is")]),
        ('def rows():\n    """Give the rows."""', [(2, "Give")]),
        ('def rows():\n    """Tell whether rows are left."""', [(2, "Tell")]),
        ('async def rows():\n    """Say it."""', [(2, "Say")]),
    ],
)
def test_a_sentence_that_breaks_a_rule_is_found_on_its_line(source: str, found: list[tuple[int, str]]) -> None:
    assert broken(source) == found


def test_a_comment_may_open_with_a_verb_that_a_docstring_may_not() -> None:
    assert broken("# Give up after three rounds.") == []


def test_a_string_that_is_used_is_no_docstring() -> None:
    assert broken('print("What is left?")') == []


def test_the_lint_checks_every_module_of_the_program_its_tools_and_its_tests() -> None:
    checked = plain_words.checked_files()

    for folder in ("sim", "tools", "tests"):
        assert set((plain_words.ROOT / folder).rglob("*.py")) <= set(checked)
