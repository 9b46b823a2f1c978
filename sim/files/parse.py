"""Parses YAML into nodes with their places. The text is YAML 1.2: `12:30`, `no` and `010` are text.

The nodes are built from the parser's events, so that depth, aliases and duplicate keys are checked before the tree can
grow.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.errors import Problem, ScenarioError
from sim.files.node import Node, Place, Scalar, Step, dotted
from sim.files.wording import problem_at, visible

DEEPEST = 60
MOST_NODES = 200_000
"""Most values of one file, aliases counted in full."""

_INT = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

_SYNTAX = {
    "cannot start any token": "此处的字符不能开始一个值（缩进须用空格，不能用制表符；文字含特殊符号时请加引号）",
    "mapping values are not allowed": "此处不能出现冒号（检查缩进，或给文字加引号）",
    "could not find expected ':'": "缺少冒号（须为半角“:”，后接空格）",
    "expected <block end>": "缩进不一致",
    "end of stream": "引号或括号没有闭合",
    "expected ',' or": "括号内缺少逗号或括号没有闭合",
    "undefined alias": "引用了不存在的锚点",
}


@lru_cache(maxsize=16)
def parse(text: str, file: str) -> Node:
    """Parse one YAML document; the last 16 results are cached.

    Raises:
        ScenarioError: the text has mistakes; `problems` lists all of them up to the first syntax error.
    """
    return _Composer(text, file).document()


def scalar_of(text: str) -> Scalar:
    """Return the value of an unquoted scalar; full-width digits are read as digits."""
    if text in _WORDS:
        return _WORDS[text]
    tidy = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _INT.fullmatch(tidy):
        return int(tidy)
    if _FLOAT.fullmatch(tidy):
        return float(tidy)
    if _NOT_FINITE.fullmatch(tidy):
        return float(tidy.replace(".", ""))
    if _DATE.fullmatch(tidy):
        try:
            return date.fromisoformat(tidy)
        except ValueError:
            return text
    return text


class _Composer:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.nodes = 0
        self.depth = 0
        self.way: list[Step] = []
        self.events: Iterator[Any] = iter(())

    def document(self) -> Node:
        """Return the root of the only document."""
        self.events = iter(YAML(typ="safe", pure=True).parse(self.text))
        root: Node | None = None
        try:
            for event in self.events:
                if isinstance(event, DocumentStartEvent):
                    if root is not None:
                        self._stop(
                            event, "一个文件只能有一个文档，请删去“---”", "one file holds one document; remove '---'"
                        )
                    root = self._node(next(self.events))
        except (YAMLError, RecursionError) as error:
            self.problems.append(self._syntax(error))
        if self.problems:
            raise ScenarioError(self.problems)
        if root is None or root.value is None:
            raise ScenarioError([Problem({"zh": "文件是空的", "en": "the file is empty"}, file=self.file)])
        return root

    def _node(self, event: Any, place: Place | None = None) -> Node:
        place = place or self._place(event)
        before = self.nodes
        self._count(event, 1)
        if isinstance(event, AliasEvent):
            return self._alias(event, place)
        if event.tag is not None and event.tag != "!":
            self._note(
                event, f"不支持类型标签 {visible(str(event.tag))}", f"tags are not supported: {visible(str(event.tag))}"
            )
        self.depth += 1
        if self.depth > DEEPEST:
            self._stop(event, f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep")
        node = self._content(event, place)
        self.depth -= 1
        if event.anchor:
            self.anchors[event.anchor] = (node, self.nodes - before)
        return node

    def _content(self, event: Event, place: Place) -> Node:
        if isinstance(event, MappingStartEvent):
            return Node(place, self._entries())
        if isinstance(event, SequenceStartEvent):
            return Node(place, tuple(self._items()))
        assert isinstance(event, ScalarEvent)
        return Node(place, scalar_of(event.value) if event.implicit[0] else event.value, event.value)

    def _entries(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._stop(event, "键必须是文字", "a key must be plain text")
            key, place = event.value, self._place(event)
            self.way.append(key)
            node = self._node(next(self.events), place)
            self._check_key(event, key, entries)
            entries.setdefault(key, node)
            self.way.pop()
        return entries

    def _items(self) -> Iterator[Node]:
        for place in itertools.count():
            if isinstance(event := next(self.events), SequenceEndEvent):
                return
            self.way.append(place)
            yield self._node(event)
            self.way.pop()

    def _alias(self, event: AliasEvent, place: Place) -> Node:
        name = event.anchor
        if name not in self.anchors:
            self._stop(
                event,
                f"锚点“{visible(name)}”不存在或引用了自身",
                f"anchor '{visible(name)}' does not exist or contains this",
            )
        node, size = self.anchors[name]
        self._count(event, size)
        return Node(place, node.value, node.text)

    def _check_key(self, event: Any, key: str, entries: dict[str, Node]) -> None:
        if key in entries:
            first = entries[key].place.line
            self._note(
                event, f"重复：第 {first} 行已写过“{visible(key)}”", f"'{visible(key)}' is already in line {first}"
            )
        if key == "<<":
            self._note(event, "不支持合并键“<<”，请用 extends", "the merge key '<<' is not supported; use extends")
        if any(unicodedata.category(letter) == "Cf" for letter in key):
            self._note(
                event,
                f"键名“{visible(key)}”含有看不见的字符，请重新输入",
                f"the key '{visible(key)}' contains invisible characters; type it again",
            )

    def _count(self, event: Event, more: int) -> None:
        self.nodes += more
        if self.nodes > MOST_NODES:
            self._stop(
                event,
                f"展开引用后超过 {MOST_NODES} 个值",
                f"more than {MOST_NODES} values once its aliases are written out",
            )

    def _place(self, event: Event) -> Place:
        mark: Any = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _note(self, event: Event, zh: str, en: str) -> None:
        self.problems.append(problem_at(self._place(event), dotted(tuple(self.way)), zh, en))

    def _stop(self, event: Event, zh: str, en: str) -> None:
        self._note(event, zh, en)
        raise ScenarioError(self.problems)

    def _syntax(self, error: Exception) -> Problem:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        reason = str((error.problem if isinstance(error, MarkedYAMLError) else None) or "nested too deep")
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        zh = next((words for sign, words in _SYNTAX.items() if sign in reason), reason)
        hint = {}
        written = self.text.split("\n")[max(0, line - 2) : line]
        if any("：" in row for row in written):
            hint = {"zh": "键后须用半角冒号“: ”，不是“：”", "en": "after a key write ': ', not the full-width colon"}
        return problem_at(
            Place(self.file, line, column),
            dotted(tuple(self.way)),
            f"YAML 语法错误：{zh}",
            f"not valid YAML: {visible(reason)}",
            hint,
        )
