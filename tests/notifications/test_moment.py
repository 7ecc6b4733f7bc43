"""Times in words: a span that goes past midnight names both of its days."""

from datetime import datetime, timedelta

from domain.dates import BERLIN
from notifications.language import Language
from notifications.moment import span_in_words

TEN = datetime(2026, 12, 4, 10, 0, tzinfo=BERLIN)


def test_a_span_names_the_day_of_its_end_where_that_is_another() -> None:
    day, night = TEN + timedelta(hours=2), TEN + timedelta(hours=22)
    assert span_in_words(TEN, day, Language.DE) == (
        "Freitag, 4. Dezember 2026, 10:00 Uhr bis 12:00 Uhr"
    )
    assert span_in_words(TEN, night, Language.EN) == (
        "Friday, 4 December 2026, 10:00 until Saturday, 5 December 2026, 08:00"
    )
