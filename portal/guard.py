"""A server that cannot outlive the process that started it, whatever ends that process.

A shell stands between the two and waits on a pipe whose other end only the starter holds: when the
starter stops, is killed or crashes, the pipe closes and the shell ends the server. This needs
nothing but a POSIX shell and holds on Linux and macOS alike.
"""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from portal.account import Account

# $1 is the signal that ends the server in an orderly way, the rest is its command line.
_SCRIPT = """
exec 3<&0; signal=$1; shift
"$@" </dev/null 3<&- &
server=$!
{ read -r _ <&3; kill -s "$signal" "$server"; } </dev/null >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$server"; status=$?
kill "$reader" 2>/dev/null
exit "$status"
"""


class Guarded:
    """A running server and the pipe that keeps it alive."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        stop_signal: str,
        log: IO[bytes],
        account: Account | None = None,
    ) -> None:
        """Start `command` (in the background, its output to `log`, run by `account`)."""
        self._process = subprocess.Popen(  # noqa: S603  fixed script, our own arguments
            ["/bin/sh", "-c", _SCRIPT, "sh", stop_signal, *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            process_group=0,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    def __enter__(self) -> Self:
        """Return itself; leaving the block stops the server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the server is still there."""
        return self._process.poll() is None

    def stop(self, patience: float = 30) -> None:
        """Let go of the pipe, wait for the server's end, and force it after `patience` seconds."""
        self._let_go()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the server and its guard at once."""
        if self.running:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._let_go()

    def _let_go(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
