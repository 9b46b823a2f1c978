"""Writes a file whole or not at all: to a temporary file, synced, then moved into place.

JSON is canonical (sorted keys, shortest float that reads back, no NaN).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sim.errors import UsageError

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

Refusal = Callable[[str, str], Exception]


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` and create its folder; an older file is replaced only when the new one is complete.

    Raises:
        UsageError: it cannot be written (no permission, disk full, a folder of that name, a name Windows reserves).
    """
    refuse_reserved(path.name)
    aside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        reason = error.strerror or str(error)
        raise UsageError(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}") from error


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text to `path`; line ends are not changed.

    Raises:
        UsageError: it cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


def write_new_text(path: Path, text: str) -> None:
    """Write UTF-8 text to `path`, which must not exist.

    Raises:
        UsageError: it exists, or it cannot be written.
    """
    refuse_reserved(path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise UsageError(f"{path} 已存在，不覆盖", f"{path} already exists and is not overwritten") from error
        reason = error.strerror or str(error)
        raise UsageError(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}") from error


def write_json(path: Path, data: object) -> None:
    """Write canonical JSON to `path`.

    Raises:
        UsageError: it cannot be written.
        ValueError: `data` has NaN or infinity.
    """
    write_text(path, json_text(data))


def json_text(data: object) -> str:
    """Return canonical JSON: sorted keys, indented by two blanks, no NaN, a line end at the end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def refuse_reserved(name: str, refusal: Refusal = UsageError) -> None:
    """Refuse a file name that Windows reserves for devices, so that a folder of results can be copied there.

    Raises:
        UsageError: the name is reserved; `refusal` can make another error.
    """
    if _RESERVED.fullmatch(name):
        raise refusal(f"“{name}”是 Windows 的保留名称", f"'{name}' is a name that Windows reserves")


def _sync_folder(folder: Path) -> None:
    """Sync the folder so that the move is durable; skip systems that cannot sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
