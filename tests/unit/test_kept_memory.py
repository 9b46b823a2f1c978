"""Freed memory is kept and not requested from the system again."""

import platform
import resource
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.engine.compiled.kept_memory import keep_memory

MB = 1 << 20
PAGE = 4096


def pages_asked_for() -> int:
    """Return the pages that the system supplies for columns of a small and of a large year, allocated and freed."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    blocks = [np.empty(size * MB // 8) for size in [3] * 12 + [40] * 3]
    for block in blocks:
        block[:: PAGE // 8] = 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


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


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", lambda _: pytest.fail("there is no library without a name here"))

    keep_memory()
