"""Memory that one year frees is kept for the next.

Where a large block is freed, the C library of Linux (glibc) gives it back to the system, which clears every page anew
when the next year asks for it; on a virtual machine the host may have to find the page as well. For a year of four
million activities that takes a quarter of the time. Kept is what lies free up to 1 GB, in one heap for blocks of all
sizes and all threads: the heaps that glibc makes for each thread are given back whenever they are empty.
"""

from __future__ import annotations

import ctypes
import sys

TRIM_THRESHOLD, MMAP_MAX, ARENA_MAX = -1, -4, -8
"""Numbers of three settings in `malloc.h`."""
GB = 1 << 30


def keep_memory() -> None:
    """Tell glibc to keep what is freed, in all threads that start after this; elsewhere nothing happens."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(TRIM_THRESHOLD, GB)
        set_option(MMAP_MAX, 0)
        set_option(ARENA_MAX, 1)
