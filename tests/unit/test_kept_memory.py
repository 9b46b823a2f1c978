"""Memory that is freed is kept, and not asked for anew."""

import platform
import resource

import numpy as np
import pytest

from sim.engine.kept_memory import MB, keep_memory


def pages_asked_for() -> int:
    """Take twelve blocks of 3 MB, write to every page, and free them; count the pages the system had to give."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    blocks = [np.empty(3 * MB // 8) for _ in range(12)]
    for block in blocks:
        block[:: 4096 // 8] = 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such setting")
def test_the_same_blocks_again_cost_no_new_pages() -> None:
    keep_memory()
    pages_asked_for()

    assert pages_asked_for() < 100


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", lambda _: pytest.fail("there is no library without a name here"))

    keep_memory()
