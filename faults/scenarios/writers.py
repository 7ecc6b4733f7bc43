"""Events in the order of commits, with eight writers at once."""

from faults.scenario import Found
from faults.stage import Stage
from tests.models.event_race import Run, race


async def commit_order(stage: Stage) -> Found:
    """Eight writers: the cursor loses nothing, a reader that follows the id must lose some."""
    written = lost = 0
    broken: list[str] = []
    for number in stage.in_time(range(stage.sizes.writer_seeds)):
        run = await race(stage.database_url, stage.seed + number, stage.sizes.writer_rounds)
        written += len(run.written)
        lost += len(run.written - set(run.naive))
        broken += losses(run)
    if not lost:
        broken.append("the naive reader lost nothing, so this shows nothing")
    return Found({"events": written, "lost by the naive reader": lost}, broken=broken)


def losses(run: Run) -> list[str]:
    """What the cursor's reader did not see, saw twice or saw in the wrong order."""
    seen = set(run.read)
    broken = [f"the cursor lost {len(run.written - seen)} events"] if run.written - seen else []
    if len(seen) != len(run.read):
        broken.append("the cursor gave events twice")
    if not run.in_order:
        broken.append("the cursor gave versions in the wrong order")
    return broken
