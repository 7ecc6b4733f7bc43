"""Whether a change was meant for what stands there now."""

from domain.errors import Stale


def demand_version(version: int, if_version: int | None) -> None:
    """Refuse what was meant for an earlier version; without `if_version` everything is meant.

    Raises:
        Stale: it has changed since it was read.
    """
    if if_version is not None and version != if_version:
        raise Stale(field="ifVersion", version=version)
