"""Memory freed by one year is kept for the next.

When a large block is freed, the C library of Linux (glibc) returns it to the system. The system clears every page again
when the next year allocates it, and on a virtual machine the host may have to find the page as well. For a year of four
million activities that takes a quarter of the time. With `keep_memory` up to 1 GB of free memory stays allocated, in
one heap for blocks of all sizes and all threads: glibc returns a thread's own heap whenever it is empty.
"""

from __future__ import annotations

import ctypes
import sys

TRIM_THRESHOLD, MMAP_MAX, ARENA_MAX = -1, -4, -8
"""Numbers of three settings in `malloc.h`."""
GB = 1 << 30


def keep_memory() -> None:
    """Make glibc keep freed memory, in all threads started later. Without glibc do nothing."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(TRIM_THRESHOLD, GB)
        set_option(MMAP_MAX, 0)
        set_option(ARENA_MAX, 1)
