"""One replication, and the transfer of its errors from a worker."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sim.errors import EngineFault, JianfuError

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class Failure:
    """An error sent from a worker: exceptions with own arguments cannot be pickled."""

    kind: type[JianfuError]
    args: tuple[Any, ...]
    state: dict[str, Any]
    trace: str

    def error(self) -> JianfuError:
        """Return the error, with the worker's traceback as a note."""
        error = self.kind.__new__(self.kind, *self.args)
        error.args = self.args
        error.__dict__.update(self.state)
        error.add_note(f"In a worker:\n{self.trace}")
        return error


def run_job(job: Callable[[K], T], index: K) -> T:
    """Run the job; an unexpected exception becomes an EngineFault that names the replication."""
    try:
        return job(index)
    except JianfuError:
        raise
    except Exception as error:
        raise EngineFault(f"replication {index}: {type(error).__name__}: {error}") from error


def attempt(job: Callable[[K], T], index: K) -> T | Failure:
    """Run the job in a worker; return its result, or its error as a `Failure`."""
    try:
        return run_job(job, index)
    except JianfuError as error:
        return Failure(type(error), error.args, dict(vars(error)), traceback.format_exc())
