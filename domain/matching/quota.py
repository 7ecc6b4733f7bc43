"""The quota: nobody is flooded. It decides when a suggestion is shown, never whether.

So it is no part of what a run's fingerprint covers: the list is the same under every quota.
"""

from datetime import timedelta

STEP, LONGEST = timedelta(hours=6), timedelta(hours=48)


def waiting(unanswered: int, at_once: int) -> timedelta:
    """How long a new suggestion waits for somebody who has so many unanswered ones.

    `at_once` are seen without waiting. Those that wait count too, so each further as many wait one
    step longer. Two days are the most: what was found gets there in time.
    """
    return min(STEP * (unanswered // at_once), LONGEST)
