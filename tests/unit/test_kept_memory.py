"""Freed memory is kept and not requested from the system again."""

import platform
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

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


def pages_asked_for_again() -> int:
    """Return the pages that the same columns need a second time."""
    keep_memory()
    pages_asked_for()
    return pages_asked_for()


def pages_asked_for_by_a_thread() -> int:
    """Return the pages that a thread needs which starts after the columns were freed."""
    keep_memory()
    pages_asked_for()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(pages_asked_for).result()


def alone(work: Callable[[], int]) -> int:
    """Return the result of `work` in a new process: threads that have ended leave heaps behind."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work).result()


glibc_only = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such setting")


@glibc_only
def test_the_same_blocks_again_cost_no_new_pages() -> None:
    assert alone(pages_asked_for_again) < 100


@glibc_only
def test_a_thread_that_starts_later_finds_what_others_left() -> None:
    assert alone(pages_asked_for_by_a_thread) < 300


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", lambda _: pytest.fail("there is no library without a name here"))

    keep_memory()
