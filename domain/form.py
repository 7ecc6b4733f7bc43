"""Registration forms: which fields there are, what each is for, and what is wrong with values.

One definition for both: front ends draw it (`form` in the graph), the server checks by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.quality import CATALOGUE, Source
from domain.user import ActingFor, Employment
from domain.viewer import Role


class FormName(StrEnum):
    """Who registers, or says something else of the own person."""

    SEEKER = "SEEKER"
    SEEKER_BY_PHONE = "SEEKER_BY_PHONE"
    ASSISTANT = "ASSISTANT"
    PROVIDER = "PROVIDER"
    COORDINATOR = "COORDINATOR"
    REPRESENTATIVE = "REPRESENTATIVE"
    SEEKER_PROFILE = "SEEKER_PROFILE"
    ASSISTANT_PROFILE = "ASSISTANT_PROFILE"
    CONTACT = "CONTACT"


class FieldKind(StrEnum):
    """What a field takes, and so how it is drawn and checked."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    EMAIL = "EMAIL"
    PASSWORD = "PASSWORD"  # noqa: S105  the name of a kind
    PHONE = "PHONE"
    POSTCODE = "POSTCODE"
    CHOICE = "CHOICE"
    YES_NO = "YES_NO"
    NUMBER = "NUMBER"
    ACTIVITIES = "ACTIVITIES"
    QUALITIES = "QUALITIES"
    LANGUAGES = "LANGUAGES"
    WINDOWS = "WINDOWS"
    PROVIDER = "PROVIDER"


class Purpose(StrEnum):
    """What a value is needed for (Art. 13 DSGVO)."""

    SIGN_IN = "SIGN_IN"
    CONTACT = "CONTACT"
    IDENTITY = "IDENTITY"
    DISTRICT = "DISTRICT"
    MATCHING = "MATCHING"
    PROFILE = "PROFILE"


class Retention(StrEnum):
    """How long a value is kept."""

    ACCOUNT = "ACCOUNT"
    AS_HASH = "AS_HASH"


@dataclass(frozen=True, slots=True)
class Field:
    """A field under its name in the graph.

    `limit` counts characters, `low` and `high` bound a number, `only_with` names a choice and
    its values with which the field is there at all.
    """

    name: str
    kind: FieldKind
    purpose: Purpose
    required: bool = False
    limit: int | None = None
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    only_with: tuple[str, tuple[str, ...]] | None = None

    @property
    def retention(self) -> Retention:
        """Of a password only a hash is kept."""
        return Retention.AS_HASH if self.kind is FieldKind.PASSWORD else Retention.ACCOUNT


@dataclass(frozen=True, slots=True)
class Form:
    """Fields in the order in which people read them; of each group one field at least is needed."""

    fields: tuple[Field, ...]
    groups: tuple[tuple[str, ...], ...] = ()


LANGUAGES = tuple(
    code.removeprefix("SPR_").lower()
    for code, entry in CATALOGUE.items()
    if entry.group == "SPR" and entry.source is Source.PROFILE
)
INTRODUCTION_LIMIT = 4000
_NAME, _PHONE, _STREET, _PROVIDER = 100, 40, 200, 200
FURTHEST_KM = 200
_K, _P = FieldKind, Purpose

_PERSON = (
    Field("firstName", _K.TEXT, _P.IDENTITY, required=True, limit=_NAME),
    Field("lastName", _K.TEXT, _P.IDENTITY, required=True, limit=_NAME),
)
_ABOUT = Field("introduction", _K.LONG_TEXT, _P.PROFILE, limit=INTRODUCTION_LIMIT)
_REACH = (
    Field("postcode", _K.POSTCODE, _P.DISTRICT, required=True),
    Field("phone", _K.PHONE, _P.CONTACT, limit=_PHONE),
    Field("mobile", _K.PHONE, _P.CONTACT, limit=_PHONE),
)
_HOME = Field("street", _K.TEXT, _P.CONTACT, limit=_STREET)
_WINDOWS = Field("windows", _K.WINDOWS, _P.MATCHING)
_ACCESS = (
    Field("email", _K.EMAIL, _P.SIGN_IN, required=True),
    Field("password", _K.PASSWORD, _P.SIGN_IN, required=True),
)
_EMPLOYED = (Employment.VOLUNTEER.value, Employment.EMPLOYED.value)
_ONE_PHONE = (("phone", "mobile"),)
_WORK = Field("employment", _K.CHOICE, _P.MATCHING, required=True, choices=tuple(Employment))
_SKILLS = (
    Field("activities", _K.ACTIVITIES, _P.MATCHING, required=True),
    Field("qualities", _K.QUALITIES, _P.MATCHING),
    Field("languages", _K.LANGUAGES, _P.MATCHING, required=True),
    Field("hasCar", _K.YES_NO, _P.MATCHING),
    Field("radiusKm", _K.NUMBER, _P.MATCHING, required=True, low=1, high=FURTHEST_KM),
    _WINDOWS,
)


# What a provider says of itself later; its name stays.
PROVIDER_CHANGES = Form(
    (
        Field("introduction", _K.LONG_TEXT, _P.PROFILE, limit=INTRODUCTION_LIMIT),
        Field("email", _K.EMAIL, _P.CONTACT, required=True),
        Field("phone", _K.PHONE, _P.CONTACT, required=True, limit=_PHONE),
        Field("activities", _K.ACTIVITIES, _P.MATCHING),
    )
)

FORMS: Mapping[FormName, Form] = {
    FormName.SEEKER: Form(
        (
            Field("actingFor", _K.CHOICE, _P.CONTACT, required=True, choices=tuple(ActingFor)),
            *_PERSON,
            _ABOUT,
            _HOME,
            *_REACH,
            Field("needs", _K.ACTIVITIES, _P.MATCHING),
            _WINDOWS,
            *_ACCESS,
        ),
        _ONE_PHONE,
    ),
    FormName.SEEKER_BY_PHONE: Form(  # the code goes to one of both addresses
        (
            *_PERSON,
            _ABOUT,
            Field("email", _K.EMAIL, _P.CONTACT),
            _HOME,
            *_REACH,
            Field("needs", _K.ACTIVITIES, _P.MATCHING),
            _WINDOWS,
        ),
        (*_ONE_PHONE, ("email", "street")),
    ),
    FormName.ASSISTANT: Form(
        (
            *_PERSON,
            _ABOUT,
            _HOME,
            *_REACH,
            _WORK,
            Field(
                "providerId",
                _K.PROVIDER,
                _P.MATCHING,
                required=True,
                only_with=("employment", _EMPLOYED),
            ),
            *_SKILLS,
            *_ACCESS,
        ),
        _ONE_PHONE,
    ),
    FormName.PROVIDER: Form(
        (
            Field("providerName", _K.TEXT, _P.PROFILE, required=True, limit=_PROVIDER),
            Field("providerIntroduction", _K.LONG_TEXT, _P.PROFILE, limit=INTRODUCTION_LIMIT),
            Field("providerEmail", _K.EMAIL, _P.CONTACT, required=True),
            Field("providerPhone", _K.PHONE, _P.CONTACT, required=True, limit=_PHONE),
            Field("activities", _K.ACTIVITIES, _P.MATCHING),
            *_PERSON,
            *_REACH,
            *_ACCESS,
        ),
        _ONE_PHONE,
    ),
    FormName.COORDINATOR: Form(
        (
            Field("providerId", _K.PROVIDER, _P.MATCHING, required=True),
            *_PERSON,
            *_REACH,
            *_ACCESS,
        ),
        _ONE_PHONE,
    ),
    FormName.REPRESENTATIVE: Form((*_PERSON, *_REACH, *_ACCESS), _ONE_PHONE),
    FormName.SEEKER_PROFILE: Form(
        (_ABOUT, _HOME, *_REACH, Field("needs", _K.ACTIVITIES, _P.MATCHING), _WINDOWS), _ONE_PHONE
    ),
    FormName.ASSISTANT_PROFILE: Form((_ABOUT, _HOME, *_REACH, _WORK, *_SKILLS), _ONE_PHONE),
    FormName.CONTACT: Form((_HOME, *_REACH), _ONE_PHONE),
}
# What people say of themselves later; names stay, for they were compared with a document.
PROFILES: Mapping[Role, FormName] = {
    Role.SEEKER: FormName.SEEKER_PROFILE,
    Role.ASSISTANT: FormName.ASSISTANT_PROFILE,
    Role.COORDINATOR: FormName.CONTACT,
    Role.REPRESENTATIVE: FormName.CONTACT,
}
