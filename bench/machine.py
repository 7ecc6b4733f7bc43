"""What the operating system says: processor time and memory of processes, and their core."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from portal.failure import CommandError

SERVER_CORE, OTHERS_CORE = 0, 1
_PROC = Path("/proc")


def demand_two_cores() -> None:
    """Refuse a machine on which nothing can be kept apart.

    Raises:
        CommandError: not Linux, or a single core.
    """
    if not hasattr(os, "sched_setaffinity") or not (_PROC / "self/schedstat").exists():
        raise CommandError("The bench needs Linux: it reads processor times from /proc")
    if not {SERVER_CORE, OTHERS_CORE} <= os.sched_getaffinity(0):
        raise CommandError(
            "The bench needs the cores 0 and 1, one for the server and one for the rest"
        )


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """Keep this thread, and what it starts meanwhile, on one of the machine's cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {number})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def processor_ns(pid: int) -> int:
    """The nanoseconds that all threads of a process have run."""
    total = 0
    for thread in (_PROC / str(pid) / "task").iterdir():
        with suppress(OSError):
            total += int((thread / "schedstat").read_text().split()[0])
    return total


def children_ns(parent: int) -> int:
    """The nanoseconds that the children of a process have run, those that are still there."""
    total = 0
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and parent_of(int(entry.name)) == parent:
            with suppress(OSError):
                total += processor_ns(int(entry.name))
    return total


def resident_bytes(pid: int) -> int:
    """How much memory a process has resident."""
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def parent_of(pid: int) -> int | None:
    """The parent of a process of this machine, None if there is no such process here."""
    try:
        status = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The second field is the name in brackets, which may itself hold spaces and brackets.
    return int(status.rpartition(")")[2].split()[1])
