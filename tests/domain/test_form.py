"""Forms: one refusal per missing field, one per broken group, and everything that is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.form import FORMS, LANGUAGES, FieldKind, Form, FormName, Retention
from domain.form_check import check
from domain.user import Employment
from domain.window import EMPTY_WEEK, Window

GOOD: dict[FieldKind, Any] = {
    FieldKind.TEXT: " Erika ",
    FieldKind.LONG_TEXT: "Ich lese gern.\nUnd viel.",
    FieldKind.EMAIL: "erika@assistenz.example",
    FieldKind.PASSWORD: "sieben-blaue-Regenschirme",
    FieldKind.PHONE: "05551 1234",
    FieldKind.POSTCODE: "37154",
    FieldKind.CHOICE: "EMPLOYED",
    FieldKind.YES_NO: True,
    FieldKind.NUMBER: 20,
    FieldKind.ACTIVITIES: ["HAU_EINKAUFEN"],
    FieldKind.QUALITIES: ["ALL_NICHTRAUCHER"],
    FieldKind.LANGUAGES: ["en", "de"],
    FieldKind.WINDOWS: (Window(1, "08:00", "12:00"),),
    FieldKind.PROVIDER: "a provider",
}
BAD: dict[FieldKind, Any] = {
    FieldKind.TEXT: "a\0b",
    FieldKind.LONG_TEXT: "x" * 4001,
    FieldKind.EMAIL: "nobody",
    FieldKind.PASSWORD: "short",
    FieldKind.PHONE: "1" * 41,
    FieldKind.POSTCODE: "3715x",
    FieldKind.NUMBER: 100_000,
    FieldKind.ACTIVITIES: ["NO_SUCH"],
    FieldKind.QUALITIES: ["QUA_FACHKRAFT"],
    FieldKind.LANGUAGES: ["tlh"],
    FieldKind.WINDOWS: (Window(1, "12:07", "13:00"),),
}
FORM_NAMES = st.sampled_from(FormName)


def full(form: Form) -> dict[str, Any]:
    said = {field.name: GOOD[field.kind] for field in form.fields}
    if "actingFor" in said:
        said["actingFor"] = "SELF"
    return said


def refused(form: Form, said: dict[str, Any]) -> set[tuple[str, str | None]]:
    return {(each.code, each.field) for each in check(form, said)[1]}


@pytest.mark.parametrize("name", FormName)
def test_a_full_form_is_taken_and_every_field_has_a_value(name: FormName) -> None:
    form = FORMS[name]
    stored, found = check(form, full(form))
    assert found == []
    assert set(stored) == {field.name for field in form.fields}
    text = next(field.name for field in form.fields if field.kind is FieldKind.TEXT)
    assert stored[text] == "Erika"


@pytest.mark.parametrize("name", FormName)
def test_of_nothing_exactly_the_required_fields_and_the_groups_are_missed(name: FormName) -> None:
    form = FORMS[name]
    stored, found = check(form, {})
    missing = {field.name for field in form.fields if field.required and not field.only_with}
    assert [(each.code, each.field) for each in found] == [
        *(("FIELD_REQUIRED", field.name) for field in form.fields if field.name in missing),
        *(("GROUP_REQUIRED", group[0]) for group in form.groups),
    ]
    if "windows" in stored:
        assert stored["windows"] == EMPTY_WEEK


@given(FORM_NAMES, st.data())
def test_every_set_of_missing_fields_is_named_field_by_field(
    name: FormName, data: st.DataObject
) -> None:
    form = FORMS[name]
    gone = set(data.draw(st.sets(st.sampled_from([field.name for field in form.fields]))))
    said = {key: value for key, value in full(form).items() if key not in gone}
    required = {field.name for field in form.fields if field.required} & gone
    if "employment" in gone:
        required -= {"providerId"}  # nobody can know yet whether it belongs there
    broken = {group[0] for group in form.groups if set(group) <= gone}
    assert refused(form, said) == {("FIELD_REQUIRED", each) for each in required} | {
        ("GROUP_REQUIRED", each) for each in broken
    }


@given(FORM_NAMES, st.data())
def test_every_set_of_wrong_fields_is_named_field_by_field(
    name: FormName, data: st.DataObject
) -> None:
    form = FORMS[name]
    candidates = [field for field in form.fields if field.kind in BAD]
    wrong = data.draw(st.sets(st.sampled_from(candidates)))
    said = full(form) | {field.name: BAD[field.kind] for field in wrong}
    assert {(field or "").split(".")[0] for _code, field in refused(form, said)} == {
        field.name for field in wrong
    }


@pytest.mark.parametrize("blank", [" ", "\t", "\u200b", "\u00a0"])
def test_blanks_are_nothing(blank: str) -> None:
    form = FORMS[FormName.SEEKER]
    codes = refused(form, full(form) | {"firstName": blank, "postcode": " "})
    assert {field for _code, field in codes} == {"firstName", "postcode"}


def test_what_was_refused_was_said_as_far_as_a_group_goes() -> None:
    form = FORMS[FormName.SEEKER]
    said = full(form) | {"phone": "1" * 41, "mobile": ""}
    assert refused(form, said) == {("TEXT_TOO_LONG", "phone")}


@pytest.mark.parametrize("employment", Employment)
def test_a_provider_belongs_to_those_who_are_not_self_employed(employment: Employment) -> None:
    form = FORMS[FormName.ASSISTANT]
    said = full(form) | {"employment": employment}
    alone = employment is Employment.SELF_EMPLOYED
    assert check(form, said)[0]["providerId"] == (None if alone else "a provider")
    said["providerId"] = None
    assert refused(form, said) == (set() if alone else {("FIELD_REQUIRED", "providerId")})


def test_languages_are_kept_in_one_order_and_once() -> None:
    form = FORMS[FormName.ASSISTANT]
    said = full(form) | {"languages": ["en", "de", "en"]}
    assert check(form, said)[0]["languages"] == "de en"
    assert "de" in LANGUAGES


def test_of_a_password_only_a_hash_is_kept() -> None:
    kinds = {field.kind for form in FORMS.values() for field in form.fields}
    assert kinds == set(FieldKind)
    for form in FORMS.values():
        for field in form.fields:
            as_hash = field.kind is FieldKind.PASSWORD
            assert (field.retention is Retention.AS_HASH) is as_hash


@pytest.mark.parametrize("number", ["05551 123456", "+49 (0)5551/12-34", "0170.1234567"])
def test_a_number_is_written_as_people_write_it(number: str) -> None:
    stored, found = check(FORMS[FormName.CONTACT], {"phone": number}, kept={})
    assert (stored["phone"], found) == (number, [])


@pytest.mark.parametrize("number", ["hallo", "0555", "05551 123456 abends", "++49"])
def test_what_cannot_be_called_is_no_number(number: str) -> None:
    _stored, found = check(FORMS[FormName.CONTACT], {"phone": number}, kept={})
    assert [each.code for each in found] == ["PHONE_REFUSED"]


def test_whoever_works_for_no_provider_names_none() -> None:
    form = FORMS[FormName.ASSISTANT]
    said = full(form) | {"employment": "SELF_EMPLOYED"}
    assert refused(form, said) == {("PROVIDER_FOREIGN", "providerId")}
    assert refused(form, said | {"providerId": None}) == set()
