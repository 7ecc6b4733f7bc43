"""What the history must say: pure functions that return a sentence for everything that broke."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from faults.history import LOST, Call

_SERVER_ERROR = 500
_LIMIT = 2.0  # seconds in which a hostile request must be answered


def losers_of_rounds(kind: str, rounds: Iterable[Sequence[Call]]) -> list[str]:
    """In each round one is acknowledged and everybody else refused."""
    return list(_losers(kind, rounds))


def _losers(kind: str, rounds: Iterable[Sequence[Call]]) -> Iterator[str]:
    for number, calls in enumerate(rounds):
        winners = sum(each.is_done for each in calls)
        if winners != 1:
            said = [sorted(each.codes) or each.status for each in calls]
            yield f"{kind}, round {number}: {winners} winners ({said})"


def answers_differ(calls: Iterable[Call]) -> list[str]:
    """Whoever repeats a request with its key is told the same, to the last sign."""
    told = defaultdict[tuple[str, str], set[str]](set)
    for each in calls:
        if each.key and each.is_settled:
            told[each.key, each.given].add(each.body)
    return [
        f"the key {key} was answered in {len(bodies)} ways"
        for (key, _), bodies in told.items()
        if len(bodies) > 1
    ]


def misuses_served(calls: Iterable[Call]) -> list[str]:
    """A key that comes with another input is refused: one input per key has an effect."""
    done = defaultdict[str, set[str]](set)
    for each in calls:
        if each.key and each.is_done:
            done[each.key].add(each.given)
    return [
        f"the key {key} served {len(given)} inputs" for key, given in done.items() if len(given) > 1
    ]


def never_refused(calls: Iterable[Call]) -> list[str]:
    """Every key that came with two inputs was refused by name."""
    inputs, refused = defaultdict[str, set[str]](set), set[str]()
    for each in calls:
        inputs[each.key].add(each.given)
        if "IDEMPOTENCY_CONFLICT" in each.codes:
            refused.add(each.key)
    return [
        f"the misuse of the key {key} was not refused"
        for key, given in inputs.items()
        if key and len(given) > 1 and key not in refused
    ]


def server_errors(calls: Iterable[Call]) -> list[str]:
    """No answer is an HTTP 500, nor hides an error that nobody expected."""
    return [
        f"{each.scenario}: {each.name} was answered with {each.status} {sorted(each.codes)}"
        for each in calls
        if each.status == _SERVER_ERROR or "INTERNAL" in each.codes
    ]


def slow(calls: Iterable[Call], limit: float = _LIMIT) -> list[str]:
    """No answer takes longer than the limit, and none is missing."""
    return [
        f"{each.name} took {each.seconds:.1f} s (status {each.status})"
        for each in calls
        if each.seconds > limit or each.status == LOST
    ]


def stale_reads(calls: Iterable[Call]) -> list[str]:
    """Nobody reads a match older than what the same client was told of it before."""
    newest: dict[tuple[str, str], int] = {}
    broken = []
    for each in calls:
        if not each.is_done or "version" not in each.result:
            continue
        place, version = (each.who, str(each.result["id"])), int(each.result["version"])
        if version < newest.get(place, 0):
            broken.append(f"{each.who} read {place[1]} in an older version")
        newest[place] = max(newest.get(place, 0), version)
    return broken
