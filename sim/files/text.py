"""Reads a text file from outside; refuses a file that is too large, not text, or not UTF-8, with a reason."""

from __future__ import annotations

import difflib
import re
import stat
from pathlib import Path
from typing import NoReturn

from sim.errors import Problem, ScenarioError

LARGEST = 500_000
"""Most bytes of one file; ten times the typical county."""

_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def read_text(path: Path, shown: str | None = None) -> str:
    """Return the text of a UTF-8 file without a byte order mark; `shown` is its name in messages.

    Raises:
        ScenarioError: the file does not exist, is not an ordinary file, is too large, or is not UTF-8 text.
    """
    shown = shown or str(path)
    content = _read_bytes(path, shown)
    if content.startswith(_UTF_16_OR_32):
        _refuse(shown, "文件是 UTF-16 或 UTF-32 编码，请另存为 UTF-8", "saved as UTF-16 or UTF-32; save it as UTF-8")
    if b"\x00" in content:
        _refuse(shown, "含有空字节，不是文本文件", "contains NUL bytes; this is no text file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_encoding(shown, content, error)
    if found := _CONTROL.search(text):
        line, column = _position(text, found.start())
        code = f"U+{ord(found[0]):04X}"
        _refuse(
            shown, f"含有控制字符 {code}，请删去", f"contains the control character {code}; remove it", line, column
        )
    return text


def _read_bytes(path: Path, shown: str) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            _refuse(shown, "这是文件夹，请给出其中的文件", "is a folder; name a file in it")
        if not stat.S_ISREG(found.st_mode):
            _refuse(shown, "不是普通文件（设备或管道）", "is no ordinary file (a device or a pipe)")
        if found.st_size > LARGEST:
            _refuse_size(shown)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        _refuse_missing(path, shown)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        _refuse(shown, f"无法读取：{reason}", f"cannot be read: {reason}")
    if len(content) > LARGEST:
        _refuse_size(shown)
    return content


def _refuse_size(shown: str) -> NoReturn:
    most = LARGEST // 1_000
    _refuse(shown, f"文件超过 {most} kB，不像情景文件", f"is larger than {most} kB; this is no scenario")


def _refuse_missing(path: Path, shown: str) -> NoReturn:
    siblings = sorted(entry.name for entry in path.parent.iterdir()) if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, siblings, n=1, cutoff=0.5)
    there = ", ".join(name for name in siblings if name.endswith((".yaml", ".yml")))
    hint = {}
    if near:
        hint = {"zh": f"是不是“{near[0]}”？", "en": f"did you mean '{near[0]}'?"}
    elif there:
        hint = {"zh": f"该文件夹中有：{there}", "en": f"the folder holds {there}"}
    raise ScenarioError([Problem({"zh": "没有这个文件", "en": "there is no such file"}, file=shown, hint=hint)])


def _refuse_encoding(shown: str, content: bytes, error: UnicodeDecodeError) -> NoReturn:
    line = content.count(b"\n", 0, error.start) + 1
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        _refuse(shown, "不是 UTF-8 文本", "is no text in UTF-8", line)
    _refuse(shown, "文件像是 GBK（GB18030）编码，请另存为 UTF-8", "looks like GBK (GB18030); save it as UTF-8", line)


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _refuse(shown: str, zh: str, en: str, line: int = 0, column: int = 0) -> NoReturn:
    raise ScenarioError([Problem({"zh": zh, "en": en}, file=shown, line=line, column=column)])
