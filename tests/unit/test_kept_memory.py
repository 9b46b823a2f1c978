"""Memory that is freed is kept, and not asked for anew."""

import platform
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from sim.engine.kept_memory import give_back_memory, keep_memory

MB = 1 << 20
PAGE = 4096


def pages_asked_for() -> int:
    """Take blocks of a column of a small and of a large year, write to every page, and free them.

    Gives the pages the system had to give.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    blocks = [np.empty(size * MB // 8) for size in [3] * 12 + [40] * 3]
    for block in blocks:
        block[:: PAGE // 8] = 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def held() -> int:
    """Count the bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


glibc_only = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such setting")


@glibc_only
def test_the_same_blocks_again_cost_no_new_pages() -> None:
    keep_memory()
    pages_asked_for()

    assert pages_asked_for() < 100


@glibc_only
def test_a_thread_that_starts_later_finds_what_others_left() -> None:
    keep_memory()
    pages_asked_for()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(pages_asked_for).result() < 300


@glibc_only
def test_what_is_not_needed_any_more_is_given_back() -> None:
    keep_memory()
    pages_asked_for()
    kept = held()

    give_back_memory()

    assert held() < kept - 100 * MB


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", lambda _: pytest.fail("there is no library without a name here"))

    keep_memory()
    give_back_memory()
