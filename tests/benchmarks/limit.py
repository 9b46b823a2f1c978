"""The hand-written C loop over the canonical workload: compiled if there is a compiler, called through ctypes."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import available_seconds
from sim.contract.log import RunLog
from sim.domain.category import CATEGORIES
from tests.benchmarks.workload import STAFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.contract.plan import Plan

SOURCE = Path(__file__).with_name("limit.c")
NUMBER, ARRAY = ctypes.c_int64, ctypes.c_void_p


class _Plan(ctypes.Structure):
    _fields_ = [
        *((name, NUMBER) for name in ("units", "staff", "days", "weeks", "categories", "windows")),
        *((name, ARRAY) for name in ("opens", "closes", "first_row", "release", "start", "effort")),
        *((name, ARRAY) for name in ("seats", "rank", "category")),
    ]


class _Log(ctypes.Structure):
    _fields_ = [
        *((name, ARRAY) for name in ("start", "finish", "released", "overtime", "worked", "cadre", "left", "next")),
        *((name, ARRAY) for name in ("interruptions", "missed")),
        *((name, ARRAY) for name in ("seconds", "overtime_seconds", "idle")),
        ("events", NUMBER),
    ]


def build_limit(folder: Path) -> Callable[[Plan], RunLog] | None:
    """Compile and return the loop; None without a C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "limit.so"
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(SOURCE)], check=True)
    loop = ctypes.CDLL(str(library)).run
    return lambda plan: _run(loop, plan)


def _run(loop: Any, plan: Plan) -> RunLog:
    rows, roster = plan.activities, plan.roster
    size, cadres, units = len(rows), len(roster.cadre_unit), len(roster.unit_shift)
    (windows,) = plan.shifts

    def ints(value: int, *shape: int, dtype: Any = np.int64) -> Any:
        return np.full(shape, value, dtype=dtype)

    logged = {name: ints(-1, size) for name in ("start", "finish", "released", "cadre")}
    logged |= {name: ints(0, size) for name in ("overtime", "worked")}
    logged |= {name: ints(0, size, dtype=np.int32) for name in ("interruptions", "missed")}
    logged["seconds"] = ints(0, cadres, plan.weeks, len(CATEGORIES))
    logged["overtime_seconds"] = ints(0, cadres, plan.weeks)
    logged["idle"] = available_seconds(plan)
    scratch = {"left": rows.effort.copy(), "next": ints(-1, size)}
    given = {
        "opens": windows.opens,
        "closes": windows.closes,
        "first_row": np.concatenate(([0], np.cumsum(np.bincount(rows.unit, minlength=units)))),
        "release": np.where(rows.start >= 0, rows.start, rows.release),
        **{name: getattr(rows, name) for name in ("start", "effort", "seats", "rank", "category")},
    }
    numbers = {
        "units": units,
        "staff": STAFF,
        "days": plan.days,
        "weeks": plan.weeks,
        "categories": len(CATEGORIES),
        "windows": len(windows.opens),
    }
    record = _Log(**{name: column.ctypes.data for name, column in (logged | scratch).items()})
    loop(
        ctypes.byref(_Plan(**numbers, **{name: column.ctypes.data for name, column in given.items()})),
        ctypes.byref(record),
    )
    none = {"usable": ints(0, cadres, plan.weeks), "unit_usable": ints(0, units, plan.days)}
    return RunLog(**logged, **none, gave_up=np.zeros(size, dtype=np.bool_), events=record.events)
