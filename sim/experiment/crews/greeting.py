"""The first words with a scheduler: a peer that is silent, slow or of another kind is refused in time."""

from __future__ import annotations

import asyncio
from typing import Any

from distributed.comm import get_address_host_port
from distributed.core import connect
from distributed.security import Security

SCHEDULER = "Scheduler"


def greet(address: str, seconds: float) -> None:
    """Ask the peer at the address for its identity; return if a dask scheduler answers within `seconds`.

    dask's client waits for minutes for a peer that accepts and says nothing, and fails in many ways for one that speaks
    another protocol. The connection is encrypted if the address begins with `tls://` and dask is configured for it.

    Raises:
        OSError: nobody answers in time, or the peer is no scheduler.
        ValueError: the address has no host or port, or an unknown scheme.
    """
    get_address_host_port(address)
    try:
        identity = asyncio.run(asyncio.wait_for(_identity(address, seconds), seconds))
    except TimeoutError as late:
        raise OSError(f"no answer of a scheduler within {seconds:g} s") from late
    except (OSError, ValueError):
        raise
    except Exception as strange:  # any words of another protocol
        raise OSError("no dask scheduler answers") from strange
    if identity.get("type") != SCHEDULER:
        raise OSError("no dask scheduler answers")


async def _identity(address: str, seconds: float) -> dict[str, Any]:
    comm = await connect(address, timeout=seconds, **Security().get_connection_args("client"))
    try:
        await comm.write({"op": "identity", "reply": True})
        answer = await comm.read()
    finally:
        comm.abort()
    return answer if isinstance(answer, dict) else {}
