"""Reads a file together with the files it extends, and merges them.

`extends: ../base/county.yaml` names a file relative to the extending file, within the scenarios folder;
`extends: jianfu:base/county.yaml` names a scenario that comes with the program. The extending file is merged into the
extended one:

* mappings merge key by key; lists and all other values are replaced, so a `levers` list replaces the inherited one;
* a quantity is one value: a new `value`, or a bare value, replaces the whole quantity with its range and source, so
  that no number keeps the source of another;
* a mapping of another `kind` replaces the inherited one;
* `~name:` (with no value) deletes `name`.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from sim.errors import Problem, ScenarioError
from sim.files.kept import Kept, parse_once
from sim.files.node import KINDS, Node, Place, dotted
from sim.files.text import read_text
from sim.files.wording import hint_for, listed, problem_at, visible
from sim.files.write import refuse_reserved

EXTENDS = "extends"
DELETES = "~"
OWN = "jianfu:"
"""Prefix of a scenario that comes with the program."""
QUANTITY_KEYS = frozenset({"value", "range", "source", "standing", "note"})


def scenarios_folder() -> Path:
    """Return the folder of the program's own scenarios: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_data" / "scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def read_extended(path: Path, kept: Kept | None = None) -> Node:
    """Read a file and all files it extends, merged into one tree; each node keeps the place it was written.

    A file whose text was parsed before is taken from `kept`.

    Raises:
        ScenarioError: a file cannot be read, `extends` leaves the folder, or files extend each other in a circle.
    """
    return _read(path, str(path), _root_of(path), (), kept)


def merge(below: Node, above: Node) -> Node:
    """Merge an extending tree (`above`) into the extended one (`below`).

    Raises:
        ScenarioError: a key to be deleted does not exist.
    """
    problems: list[Problem] = []
    merged = _merge(below, above, (), problems)
    if problems:
        raise ScenarioError(problems)
    return merged


def _read(path: Path, shown: str, root: Path, chain: tuple[Path, ...], kept: Kept | None) -> Node:
    tree = parse_once(read_text(path, shown), shown, kept)
    entries = tree.mapping
    if entries is None:
        raise ScenarioError(
            [problem_at(tree.place, "", "最外层须为“键: 值”", "the outermost level must consist of 'key: value'")]
        )
    if EXTENDS not in entries:
        return merge(Node(tree.place, {}), tree)
    named = entries[EXTENDS]
    above = Node(tree.place, {key: node for key, node in entries.items() if key != EXTENDS})
    chain = (*chain, path.resolve())
    target, target_shown, target_root = _target(named, path, shown, root)
    if target.resolve() in chain:
        names = " → ".join(link.name for link in (*chain[chain.index(target.resolve()) :], target))
        raise ScenarioError(
            [
                problem_at(
                    named.place, EXTENDS, f"循环引用：{names}", f"the files extend each other in a circle: {names}"
                )
            ]
        )
    try:
        below = _read(target, target_shown, target_root, chain, kept)
    except ScenarioError as error:
        raise ScenarioError([_from_here(problem, target_shown, named.place) for problem in error.problems]) from None
    return merge(below, above)


def _target(named: Node, path: Path, shown: str, root: Path) -> tuple[Path, str, Path]:
    """Return the extended file, its name in messages, and the folder that its own `extends` must not leave."""
    text = named.value
    if not isinstance(text, str) or not text.strip():
        raise _refusal(named, "须为一个文件名", "must be the name of a file")
    folder, start = path.parent, Path(shown).parent
    if text.startswith(OWN):
        text = text.removeprefix(OWN)
        root = folder = start = scenarios_folder()
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive or "\\" in text:
        raise _refusal(named, "须为相对路径，用“/”分隔", "must be a relative path with '/' between folders")
    refuse_reserved(PurePosixPath(text).name, lambda zh, en: _refusal(named, zh, en))
    target = folder / text
    try:
        inside = Path(os.path.normpath(target.absolute())).is_relative_to(root)
        inside = inside and target.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if not inside:
        raise _refusal(
            named,
            f"“{visible(text)}”在情景文件夹“{root.name}”之外",
            f"'{visible(text)}' lies outside the folder '{root.name}'",
        )
    return target, os.path.normpath(start / text), root


def _root_of(path: Path) -> Path:
    """Return the folder that `extends` must not leave: the nearest one named `scenarios`, else the parent's parent."""
    folder = Path(os.path.normpath(path.absolute())).parent
    return next((above for above in (folder, *folder.parents) if above.name == "scenarios"), folder.parent)


def _from_here(problem: Problem, target: str, place: Place) -> Problem:
    """Move a mistake about the whole extended file to the line that names the file."""
    if problem.file != target or problem.line:
        return problem
    return problem_at(
        place,
        EXTENDS,
        f"{visible(target, 300)}：{problem.message['zh']}",
        f"{visible(target, 300)}: {problem.message['en']}",
        problem.hint,
    )


def _refusal(named: Node, zh: str, en: str) -> ScenarioError:
    return ScenarioError([problem_at(named.place, EXTENDS, zh, en)])


def _merge(below: Node, above: Node, way: tuple[str, ...], problems: list[Problem]) -> Node:
    old, new = below.mapping, above.mapping
    if new is None:
        return above
    if old is None or _is_replaced(old, new):
        old = {}
    entries = dict(old)
    for key, node in new.items():
        if key.startswith(DELETES):
            _delete(entries, key, node, way, problems)
        else:
            entries[key] = _merge(entries.get(key, Node(node.place, {})), node, (*way, key), problems)
    return Node(above.place, entries)


def _is_replaced(old: dict[str, Node], new: dict[str, Node]) -> bool:
    if "value" in new and new.keys() <= QUANTITY_KEYS and old.keys() <= QUANTITY_KEYS:
        return True
    return any(key in old and key in new and old[key].value != new[key].value for key in KINDS)


def _delete(entries: dict[str, Node], key: str, node: Node, way: tuple[str, ...], problems: list[Problem]) -> None:
    name = key.removeprefix(DELETES)
    where = dotted((*way, key))
    if node.value is not None:
        problems.append(
            problem_at(node.place, where, "删除一项时冒号后须留空", "nothing may follow the colon of a deletion")
        )
    elif name not in entries:
        there = listed(entries, name)
        problems.append(
            problem_at(
                node.place,
                where,
                f"没有“{visible(name)}”可删；现有：{there}",
                f"there is no '{visible(name)}' to delete; there are {there}",
                hint_for(name, entries),
            )
        )
    else:
        del entries[name]
