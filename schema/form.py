"""Registration forms as the graph shows them: drawn by front ends, checked by the server."""

from collections.abc import Iterator

import strawberry

from domain import activity, quality
from domain.form import FORMS, LANGUAGES, Field, FieldKind, FormName
from notifications.language import Language, text
from schema import words
from schema.consent import ConsentText
from schema.disclosed import disclosed

_SECTIONS = {"actingFor": "acting_for", "employment": "employment"}


@disclosed
@strawberry.type(description="Something that can be chosen in a field.")
class FormOption:
    """In reading order."""

    code: str = strawberry.field(description="What is sent.")
    label: str = strawberry.field(description="In the reader's language.")
    group: str | None = strawberry.field(description="The label of the options' group.")


@disclosed
@strawberry.type(description="With which choice a field is there at all.")
class FormCondition:
    """Another field, and its values."""

    field: str = strawberry.field(description="The other field's name.")
    values: list[str] = strawberry.field(description="With one of these.")


@disclosed
@strawberry.type(description="A field of a form.")
class FormField:
    """Its name is that of the mutation's input."""

    name: str = strawberry.field(description="The input field's name.")
    kind: FieldKind = strawberry.field(description="What it takes.")
    label: str = strawberry.field(description="What it is called.")
    help: str = strawberry.field(description="What is meant, in one sentence.")
    purpose: str = strawberry.field(description="What the value is needed for.")
    retention: str = strawberry.field(description="How long it is kept.")
    required: bool = strawberry.field(description="Whether it has to be filled in.")
    limit: int | None = strawberry.field(description="The most characters.")
    low: int | None = strawberry.field(description="The smallest number.")
    high: int | None = strawberry.field(description="The greatest number.")
    options: list[FormOption] = strawberry.field(
        description="What can be chosen; providers are to be read from `providers`."
    )
    only_with: FormCondition | None = strawberry.field(
        description="Null for a field that is always there."
    )


@disclosed
@strawberry.type(description="Fields of which one at least has to be filled in.")
class FormGroup:
    """Refused at its first field."""

    fields: list[str] = strawberry.field(description="The fields' names.")
    label: str = strawberry.field(description="What is asked for, in one sentence.")


@disclosed
@strawberry.type(description="A registration form.")
class Form:
    """The mutation `register…` of its name checks by the same definition."""

    name: FormName = strawberry.field(description="Which one.")
    title: str = strawberry.field(description="What it is for.")
    fields: list[FormField] = strawberry.field(description="In reading order.")
    groups: list[FormGroup] = strawberry.field(description="At least one of each.")
    consents: list[ConsentText] = strawberry.field(description="Texts that are agreed to.")


def form_of(name: FormName, language: Language, consents: list[ConsentText]) -> Form:
    """A form in the reader's language."""
    found = FORMS[name]
    return Form(
        name=name,
        title=text(f"forms.title.{name.value}", language),
        fields=[_field(each, language) for each in found.fields],
        groups=[
            FormGroup(fields=list(group), label=text(f"forms.group.{group[0]}", language))
            for group in found.groups
        ],
        consents=consents,
    )


def _field(field: Field, language: Language) -> FormField:
    condition = field.only_with
    return FormField(
        name=field.name,
        kind=field.kind,
        label=text(f"forms.label.{field.name}", language),
        help=text(f"forms.help.{field.name}", language),
        purpose=text(f"forms.purpose.{field.purpose.value}", language),
        retention=text(f"forms.retention.{field.retention.value}", language),
        required=field.required,
        limit=field.limit,
        low=field.low,
        high=field.high,
        options=list(_options(field, language)),
        only_with=condition
        and FormCondition(field=condition[0], values=list(map(str, condition[1]))),
    )


def _options(field: Field, language: Language) -> Iterator[FormOption]:
    match field.kind:
        case FieldKind.CHOICE:
            section = _SECTIONS[field.name]
            pairs = ((code, words.enum(section, code, language)) for code in field.choices)
        case FieldKind.LANGUAGES:
            pairs = ((code, words.quality(f"SPR_{code.upper()}", language)) for code in LANGUAGES)
        case FieldKind.ACTIVITIES:
            return _activities(language)
        case FieldKind.QUALITIES:
            return _qualities(language)
        case _:
            return iter(())
    return (FormOption(code=code, label=label, group=None) for code, label in pairs)


def _activities(language: Language) -> Iterator[FormOption]:
    for code, entry in activity.CATALOGUE.items():
        if not entry.retired:
            group = words.group(entry.group, language)
            yield FormOption(code=code, label=words.activity(code, language), group=group)


def _qualities(language: Language) -> Iterator[FormOption]:
    """Those that people say of themselves."""
    for code, entry in quality.CATALOGUE.items():
        if entry.source is quality.Source.STATED and not entry.retired:
            group = words.quality_group(entry.group, language)
            yield FormOption(code=code, label=words.quality(code, language), group=group)
