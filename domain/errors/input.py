"""What is wrong with an input, field by field."""

from domain.errors.base import InputRefused


class FieldRequired(InputRefused):
    """A required field is missing or holds only white space."""

    code = "FIELD_REQUIRED"


class GroupRequired(InputRefused):
    """None of the fields of an at-least-one group is given; `fields` names all of them."""

    code = "GROUP_REQUIRED"


class TextTooLong(InputRefused):
    """A text exceeds its limit (`limit` in characters)."""

    code = "TEXT_TOO_LONG"


class TextRefused(InputRefused):
    """A text holds control characters, lone surrogates or direction overrides."""

    code = "TEXT_REFUSED"


class SearchTooShort(InputRefused):
    """None of the words that are searched for has `limit` characters."""

    code = "SEARCH_TOO_SHORT"


class EmailRefused(InputRefused):
    """Not an e-mail address."""

    code = "EMAIL_REFUSED"


class PasswordTooShort(InputRefused):
    """The password has fewer than `limit` characters."""

    code = "PASSWORD_TOO_SHORT"


class PasswordTooCommon(InputRefused):
    """The password stands on the list of the most used ones."""

    code = "PASSWORD_TOO_COMMON"


class PostcodeRefused(InputRefused):
    """Not five digits."""

    code = "POSTCODE_REFUSED"


class PostcodeUnknown(InputRefused):
    """The postcode does not belong to the district."""

    code = "POSTCODE_UNKNOWN"


class NameTaken(InputRefused):
    """Another provider has this name."""

    code = "NAME_TAKEN"


class AddressTaken(InputRefused):
    """Somebody has an account with this address; told to staff alone."""

    code = "ADDRESS_TAKEN"


class DraftFieldUnknown(InputRefused):
    """A field that the form lacks."""

    code = "DRAFT_FIELD_UNKNOWN"


class DraftValueRefused(InputRefused):
    """A value that is no JSON, or none that could be kept."""

    code = "DRAFT_VALUE_REFUSED"


class DraftFieldRefused(InputRefused):
    """A field that is never kept: a password."""

    code = "DRAFT_FIELD_REFUSED"


class PhoneCodeRefused(InputRefused):
    """Not the code of this account."""

    code = "PHONE_CODE_REFUSED"


class ProviderUnknown(InputRefused):
    """No provider with this id that somebody speaks for."""

    code = "PROVIDER_UNKNOWN"


class ActivityUnknown(InputRefused):
    """An activity's code is not in the catalogue, or it is retired."""

    code = "ACTIVITY_UNKNOWN"


class QualityUnknown(InputRefused):
    """A quality's code is not in the catalogue, is retired, or cannot be said of oneself."""

    code = "QUALITY_UNKNOWN"


class QualityNeedsReason(InputRefused):
    """A gender may be asked for with body-near help or a personal reason only."""

    code = "QUALITY_NEEDS_REASON"


class WindowRefused(InputRefused):
    """A time window is empty, reversed or not on the quarter hour."""

    code = "WINDOW_REFUSED"


class WeekdayRefused(WindowRefused):
    """A time window lies on no day of the week."""

    code = "WEEKDAY_REFUSED"


class ClockRefused(WindowRefused):
    """The beginning or end of a time window is no time on the quarter hour."""

    code = "CLOCK_REFUSED"


class ProviderForeign(InputRefused):
    """A provider is named by somebody who works for none."""

    code = "PROVIDER_FOREIGN"


class FieldForeign(InputRefused):
    """A field belongs to the other kind of order (one-off or recurring)."""

    code = "FIELD_FOREIGN"


class ProfileFieldForeign(InputRefused):
    """People in this role say nothing of the kind about themselves."""

    code = "PROFILE_FIELD_FOREIGN"


class NumberMustBe(InputRefused):
    """Nothing but `number` can be here."""

    code = "NUMBER_MUST_BE"


class NumberOutOfRange(InputRefused):
    """A number lies outside `low` to `high`."""

    code = "NUMBER_OUT_OF_RANGE"


class DateInPast(InputRefused):
    """A planned date lies before now."""

    code = "DATE_IN_PAST"


class DateInFuture(InputRefused):
    """Something that has happened cannot lie after now."""

    code = "DATE_IN_FUTURE"


class DateRefused(InputRefused):
    """An instant lacks its zone, or a date lies more than a hundred years away."""

    code = "DATE_REFUSED"


class DateOutsideWindows(InputRefused):
    """The one-off date does not lie in one of the order's own windows."""

    code = "DATE_OUTSIDE_WINDOWS"


class DurationOutsideWindows(InputRefused):
    """One appointment is longer than every window of the order."""

    code = "DURATION_OUTSIDE_WINDOWS"


class CountImpossible(InputRefused):
    """More appointments per interval than the windows can hold."""

    code = "COUNT_IMPOSSIBLE"


class IdMalformed(InputRefused):
    """Not an id of this graph, or one of another type."""

    code = "ID_MALFORMED"


class NotMyDistrict(InputRefused):
    """The id belongs to another district's portal."""

    code = "NOT_MY_DISTRICT"


class LinkInvalid(InputRefused):
    """A mail link is unknown, used, expired or replaced by a newer one."""

    code = "LINK_INVALID"


class CursorInvalid(InputRefused):
    """Not a cursor of this portal's lists or events."""

    code = "CURSOR_INVALID"


class SpanRefused(InputRefused):
    """A span does not end after it begins, or is longer than a year."""

    code = "SPAN_REFUSED"


class SpanOverlaps(InputRefused):
    """There is an absence for a part of this time already."""

    code = "SPAN_OVERLAPS"


class PhoneRefused(InputRefused):
    """Not a telephone number."""

    code = "PHONE_REFUSED"
