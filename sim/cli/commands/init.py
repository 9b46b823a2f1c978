"""`jianfu init FILE`: write a small commented scenario to start from."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.cli.wording import command_line
from sim.errors import UsageError
from sim.i18n.visible import escaped

DEFAULT_BASE = "base/county.yaml"

_TEMPLATE = """\
# 减负情景文件。先检查：{validate}　　A scenario for jianfu; check it with: {validate}
# 有单位的数必须写单位：90 min、2h30m、30%、3 per week、5 workdays　　Units are always written.
title:
  zh: 我的情景
  en: My scenario

# 以随程序提供的典型县为底；只写与它不同之处。　　Extends the typical county; write only what differs.
# 看看里面有什么：{explain}　　To see its values: {explain}
extends: jianfu:{base}

# 改一个数：同名键合并；“~名称:”删去一项。　　To change a number; '~name:' deletes an entry.
# obligations:
#   {inspection}:
#     notice: {{value: 3 workdays, range: [1 workday, 5 workdays], source: assumed}}

# 减负举措；全部举措见 jianfu list levers　　Reform measures; all of them: jianfu list levers
levers:
  - lever: cap_frequency          # 压减频次：月度改季度　　monthly becomes quarterly
    of: {inspection}
    to: quarterly
    strength: 1                   # 0 为不采取，1 为全部落实　　0: none of it, 1: all of it
    source: assumed               # seeds 中的数据 id，或 assumed　　an id from seeds, or assumed

run:
  replications: 20                # 独立重复的年数　　independent years
"""


@command(
    zh="新建一个带注释的小情景，继承随程序提供的底本；已有的文件不会被覆盖。",
    en="Write a small commented scenario that extends one of the program's own; no file is overwritten.",
)
@click.argument("file", type=click.Path(path_type=Path), default="my-scenario.yaml")
@option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    zh="继承哪个情景（见 jianfu list scenarios）",
    en="Scenario extended.",
)
@common
def init(output: Output, file: Path, base: str) -> None:
    """Write a scenario to start from."""
    from sim.domain.obligations import Inspection
    from sim.files.extend import scenarios_folder
    from sim.files.scenario import read_scenario
    from sim.files.write import refuse_reserved, write_new_text

    refuse_reserved(file.name)
    if file.suffix not in (".yaml", ".yml"):
        raise UsageError(f"文件名须以 .yaml 结尾：{file}", f"the name must end with .yaml: {file}")
    below = read_scenario(scenarios_folder() / base.removeprefix("jianfu:"))
    taken = {name for lever in below.every_lever for name in lever.of}
    inspections = [
        name for name, entry in below.obligations.items() if isinstance(entry, Inspection) and name not in taken
    ]
    if not inspections:
        raise UsageError(f"“{base}”中没有检查事项", f"there is no inspection in '{base}'")
    monthly = [name for name in inspections if below.obligations[name].recurrence.value.every == "monthly"]
    validate, explain = (command_line(f"jianfu {name}", file) for name in ("validate", "explain"))
    text = _TEMPLATE.format(
        validate=escaped(validate),
        explain=escaped(explain),
        base=base.removeprefix("jianfu:"),
        inspection=(monthly or inspections)[0],
    )
    write_new_text(file, text)
    output.show({"file": str(file)}, str(file))
    output.note(f"接下来：{validate}", f"next: {validate}")
