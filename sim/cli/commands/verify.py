"""`jianfu verify`: run systems with known answers on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.language import say, spoken
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.errors import CheckFailed

if TYPE_CHECKING:
    from sim.verification.verify import Suite, Verdict

_QUANTITIES = {
    "books, s": "账目之差（秒）",
    "broken": "故障台数",
    "busy": "维修工忙碌占比",
    "demand, s": "与要做的之差（秒）",
    "difference, s": "相差（秒）",
    "gave up": "走掉的比例",
    "has to wait": "要等的比例",
    "hours": "小时",
    "interrupting, s": "可打断时相差（秒）",
    "lost": "约不到的比例",
    "lost, person-minutes": "等掉的人分钟",
    "present": "在办数",
    "present at 0:00": "0 时在办数",
    "present at 6:00": "6 时在办数",
    "present at 12:00": "12 时在办数",
    "present at 18:00": "18 时在办数",
    "present over [0, 40]": "前 40 个单位时间的在办数",
    "ranks, s": "分级时相差（秒）",
    "start, minutes": "开始（分钟）",
    "stay": "停留",
    "stay 0": "停留（第 0 级）",
    "stay 1": "停留（第 1 级）",
    "stay 2": "停留（第 2 级）",
    "visits": "上门次数",
    "wait": "等待",
    "wait 0": "等待（第 0 级）",
    "wait 1": "等待（第 1 级）",
    "wait 2": "等待（第 2 级）",
    "worst 0": "最慢（第 0 级，小时）",
    "worst 1": "最慢（第 1 级，小时）",
    "worst 2": "最慢（第 2 级，小时）",
    "worst 3": "最慢（第 3 级，小时）",
}
"""Chinese names of the quantities. Times of queues are multiples of a mean handling time."""


@command(
    zh="验证：用两个引擎运行有公认答案的系统，逐项列出理论值、模拟值、偏离几个标准误。",
    en="Run systems with known answers on both engines; print expected, simulated, and standard errors between.",
)
@option("--full", is_flag=True, zh="重复 200 次（约两分钟），不是 20 次", en="200 replications, two minutes, not 20.")
@common
def verify(output: Output, *, full: bool) -> None:
    """Run systems with known answers on both engines."""
    from sim.verification import verify as verification

    found: list[Verdict] = []
    replications = verification.FULL if full else verification.REPLICATIONS
    for verdict in verification.verify(replications, verification.SYSTEMS):
        found.append(verdict)
        output.line("\n".join(_lines(verdict)))
    suite = verification.judge_suite(found)
    output.line(_together(suite))
    output.line(_left_out())
    output.show({"rows": [row for one in found for row in _rows(one)], "suite": _suite(suite)}, "")
    failed = [one.system.name for one in found if not one.holds]
    if failed or not suite.holds:
        names = "、".join(failed) if failed else "z"
        raise CheckFailed(zh=f"没有通过：{names}", en=f"fails: {', '.join(failed) or 'the scores of the suite'}")


def _lines(verdict: Verdict) -> list[str]:
    """Return the heading of a system and a line for each quantity."""
    system = verdict.system
    agreed = say("两引擎一致", "engines agree") if verdict.engines_agree else say("两引擎不一致", "ENGINES DIFFER")
    heading = f"{system.name} · {system.label[spoken()]} · {system.formula} · {agreed}"
    rows = []
    for one in verdict.quantities:
        distance = say("须相等", "exact") if one.z is None else f"z {one.z:+.2f}"
        mark = say("符合", "holds") if one.holds else say("不符", "FAILS")
        rows.append(
            f"    {say(_QUANTITIES[one.name], one.name):24s} {say('理论', 'expected')} {one.expected:12.6f}"
            f"  {say('模拟', 'simulated')} {one.simulated:12.6f}  {distance:>8s}  {mark}"
        )
    return [heading, *rows]


def _together(suite: Suite) -> str:
    mark = say("符合", "holds") if suite.holds else say("不符", "FAILS")
    return say(
        f"{suite.systems} 个系统的 z：均值 {suite.mean:+.2f}，标准差 {suite.deviation:.2f}，"
        f"来自标准正态的概率 {suite.probability:.2f}  {mark}",
        f"z of {suite.systems} systems: mean {suite.mean:+.2f}, standard deviation {suite.deviation:.2f}, "
        f"probability if all are right {suite.probability:.2f}  {mark}",
    )


def _left_out() -> str:
    return say(
        "没有的机制：等候室没有容量上限，没有人在门口被拒；等不及的人会走（M/M/1+D）。",
        "Not in the model: a limit on the waiting room. Nobody is refused at the door; residents give up (M/M/1+D).",
    )


def _rows(verdict: Verdict) -> list[dict[str, Any]]:
    """Return a row for each quantity of a system."""
    return [
        {
            "case": verdict.system.name,
            **{f"label_{lang}": words for lang, words in verdict.system.label.items()},
            "formula": verdict.system.formula,
            "quantity": one.name,
            "expected": one.expected,
            "simulated": one.simulated,
            "z": one.z,
            "ok": one.holds and verdict.engines_agree,
            "engines_agree": verdict.engines_agree,
            "replications": verdict.replications,
        }
        for one in verdict.quantities
    ]


def _suite(suite: Suite) -> dict[str, Any]:
    return {
        "systems": suite.systems,
        "mean": suite.mean,
        "deviation": suite.deviation,
        "probability": suite.probability,
        "ok": suite.holds,
    }
