"""The quota: nobody is flooded. It decides when a suggestion is shown, never whether."""

from datetime import timedelta

QUOTA = 10  # unanswered suggestions that somebody sees at once
STEP, LONGEST = timedelta(hours=6), timedelta(hours=48)


def waiting(unanswered: int) -> timedelta:
    """How long a new suggestion waits for somebody who has so many unanswered ones.

    Those that wait themselves count too, so each further ten wait one step longer. Two days are the
    most: what was found gets there in time.
    """
    return min(STEP * (unanswered // QUOTA), LONGEST)
