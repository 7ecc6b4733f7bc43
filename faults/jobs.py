"""Jobs of the suite's own beside the portal's: slow enough to be killed in their middle."""

import asyncio
import os
import random
import socket

from tests.workers.handlers import leave_trace
from workers.job import Done, Job, Outcome, handler

KIND = "faults.work"
NOTICES = "FAULTS_NOTICES"
_LONGEST = 0.25


def tell(key: str) -> None:
    """Tell the supervisor that this process is in the middle of a job."""
    port = os.environ.get(NOTICES)
    if port is not None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
            door.sendto(f"{os.getpid()} {key}".encode(), ("127.0.0.1", int(port)))


@handler(KIND, tries=20, backoff=0.1)
async def work(job: Job) -> Outcome:
    """Leave a trace, say so, and take a while before it is committed."""
    await leave_trace(job)
    tell(str(job.aggregate))
    await asyncio.sleep(random.uniform(0.02, _LONGEST))
    return Done()
