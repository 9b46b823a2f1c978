"""`jianfu gallery`: one picture and three sentences for each place, rebuilt or compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import spoken
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.cli.studying import place_folders, progress_bar, run_options, studying
from sim.errors import CheckFailed, UsageError

if TYPE_CHECKING:
    from sim.domain.study import Study


@command(
    zh="图集：每个地方一张图、三句话；--check 只核对是否与保存的一致。",
    en="Gallery: one picture and three sentences for each place; --check only compares with the saved one.",
)
@click.argument("places", nargs=-1, metavar="[PLACE...]")
@option("-o", "folder", type=click.Path(path_type=Path), default=Path("reports/gallery"), zh="文件夹", en="Folder.")
@option(
    "--check",
    is_flag=True,
    zh="与已保存的核对，不同则退出码 1",
    en="Compare with the saved one; exit with 1 if it differs.",
)
@studying
@common
def gallery(output: Output, places: tuple[str, ...], folder: Path, check: bool, dry_run: bool, **how: Any) -> None:
    """Rebuild or compare the gallery."""
    from sim.files.scenario import read_scenario
    from sim.files.study import STUDY
    from sim.files.write import json_text, write_bytes
    from sim.report.gallery import SENTENCES, Exhibit, gallery_files, gallery_sentences
    from sim.study import compare_scenarios

    folders = place_folders(places)
    if dry_run:
        return
    exhibits, store = [], None
    for place in folders:
        with progress_bar(output, place.name) as progress:
            before, after = read_scenario(place / "before.yaml"), read_scenario(place / "after.yaml")
            options = run_options(progress, **how)
            comparison, store = compare_scenarios(before, after, options), options.store
        exhibits.append(Exhibit(place.name, _shown(place / STUDY), comparison))
    sentences = gallery_sentences(exhibits)
    if check:
        _compare(folder / SENTENCES, sentences)
    else:
        kept = _kept(folder / SENTENCES) if places and (folder / SENTENCES).is_file() else {}
        write_bytes(folder / SENTENCES, json_text(kept | sentences).encode())
        for name, content in gallery_files(exhibits, store).items():
            if not places or name.endswith(".png"):
                write_bytes(folder / name, content)
        output.note(f"已写：{folder}", f"written: {folder}")
    lines = [f"{name}: {told[spoken()][1] if len(told[spoken()]) > 2 else ''}" for name, told in sentences.items()]
    output.show({"sentences": sentences}, "\n".join(lines))


def _shown(path: Path) -> Study:
    """Return the study of a place; refuse a picture that does not exist."""
    from sim.files.study import read_study
    from sim.report.figures import FIGURES

    study = read_study(path)
    if study.picture not in FIGURES:
        known = ", ".join(FIGURES)
        raise UsageError(
            zh=f"{path}：没有图“{study.picture}”；可用：{known}",
            en=f"{path}: no picture '{study.picture}'; there are {known}",
        )
    return study


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            zh=f"无法读取 {path}；先运行 jianfu gallery", en=f"cannot read {path}; run jianfu gallery"
        ) from error
    return kept


def _compare(path: Path, sentences: dict[str, Any]) -> None:
    kept = _kept(path)
    changed = [name for name, told in sentences.items() if kept.get(name) != told]
    if changed:
        names = ", ".join(changed)
        raise CheckFailed(
            zh=f"图集与模拟不再一致：{names}；运行 jianfu gallery，并在 CHANGELOG 的 Results changed 下说明",
            en=f"the gallery no longer agrees: {names}; run jianfu gallery and explain it under Results changed",
        )
