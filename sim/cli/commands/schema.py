"""`jianfu schema`: write the JSON Schema for editors, or the reference page."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import command, common, option
from sim.cli.output import Output


@command(
    zh="写出情景文件的 JSON Schema，供编辑器补全和检查；或用 --markdown 写出参考手册。",
    en="Write the JSON Schema of scenario files, for completion and checks in editors, or the reference page.",
)
@option("--markdown", is_flag=True, zh="写参考手册", en="Write the reference page.")
@option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    zh="写入文件（默认为标准输出）",
    en="File to write (default: stdout).",
)
@common
def schema(output: Output, markdown: bool, file: Path | None) -> None:
    """Write the schema or the reference page."""
    from sim.files.write import write_text

    if markdown:
        from sim.files.reference_page import reference_page

        text = reference_page()
    else:
        from sim.files.schema import schema_text

        text = schema_text()
    if file is None:
        output.show(text, text.rstrip("\n"))
        return
    write_text(file, text)
    output.show({"file": str(file)}, "")
    output.note(f"已写入 {file}", f"written: {file}")
