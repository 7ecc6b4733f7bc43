"""People on the telephone, over HTTP: registering them, and telling them what is new."""

from typing import Any

from domain.consent import VERSIONS, needed
from domain.keys import Keys
from domain.viewer import Role
from models.database import transaction
from models.message import Message, MessageState
from models.user import User
from notifications.mail import RecordingMailer
from notifications.message import MailKind, announce
from tests.graph import As, Client
from tests.people import Place, make_seeker
from tests.workers.test_message import PUBLIC, SENDER, job
from workers.message import Post, send_by, send_message

CALLER = {"firstName": "Erna", "lastName": "Ruf", "postcode": "37154", "phone": "05551 12"}
SENT = "... on PhoneCodeSent { message nextStep letter user { id email nextStep } }"
TELL = (
    "{ messagesToTell { totalCount nodes { id subject createdAt user { id firstName phone } } } }"
)


def agreed() -> list[dict[str, Any]]:
    return [{"kind": kind, "version": VERSIONS[kind]} for kind in needed(Role.SEEKER)]


async def call(desk: Client, **more: Any) -> dict[str, Any]:
    return await desk.do("registerByPhone", {**CALLER, "street": "Markt 3", **more}, SENT)


async def test_somebody_calls_gets_a_letter_calls_again_and_the_desk_acts(
    as_: As, place: Place
) -> None:
    desk = await as_(place.officer)
    sent = await call(desk)
    assert sent["user"]["email"] is None
    assert "Code" in sent["user"]["nextStep"]
    letter = sent["letter"]
    code = next(line for line in letter.splitlines() if line.startswith("    ")).strip()
    given = {"userId": sent["user"]["id"], "code": code, "consents": agreed()}
    done = await desk.do("confirmByPhone", given, "... on User { emailConfirmed nextStep }")
    assert done["emailConfirmed"] is None
    found = await desk.data("{ delegations { nodes { id kind yoursToAct delegateName } } }")
    (delegation,) = found["delegations"]["nodes"]
    assert (delegation["kind"], delegation["yoursToAct"]) == ("CUSTOMER_SERVICE", True)
    acts = Client(desk.http, {**desk.headers, "Acting-For": delegation["id"]})
    viewer = (await acts.data("{ viewer { role actsAs user { firstName } } }"))["viewer"]
    assert viewer == {
        "role": "SEEKER",
        "actsAs": "CUSTOMER_SERVICE",
        "user": {"firstName": "Erna"},
    }


async def test_a_code_that_goes_by_mail_is_not_shown(as_: As, place: Place) -> None:
    desk = await as_(place.officer)
    sent = await call(desk, email="erna@anderswo.example")
    assert sent["letter"] is None
    again = await desk.do("sendPhoneCode", {"userId": sent["user"]["id"]}, SENT)
    assert (again["letter"], again["nextStep"]) == (None, sent["nextStep"])
    refused = await call(await as_(await make_seeker(place)))
    assert refused["code"] == "ROLE_NOT_ALLOWED"


async def test_what_nobody_can_be_mailed_is_told_and_noted(
    as_: As, place: Place, keys: Keys
) -> None:
    person = await make_seeker(place)
    await User.filter(id=person.id).update(email=None)
    mailer = RecordingMailer()
    async with transaction():
        await announce(MailKind.ACCOUNT_RELEASED, person.id, version=1)
    message = await Message.get()
    send_by(Post(mailer, SENDER, PUBLIC, keys))
    await send_message(job(message.id))
    assert mailer.sent == []
    assert (await Message.get()).state is MessageState.TO_TELL
    desk = await as_(place.officer)
    (told,) = (await desk.data(TELL))["messagesToTell"]["nodes"]
    assert told["user"]["firstName"] == person.first_name
    assert told["subject"]
    assert (await (await as_(person)).data(TELL))["messagesToTell"] == {
        "totalCount": 0,
        "nodes": [],
    }
    for _ in range(2):
        done = await desk.do(
            "recordTold", {"messageId": told["id"]}, "... on MessageTold { message }"
        )
        assert done["message"]
    assert (await desk.data(TELL))["messagesToTell"]["nodes"] == []
    unknown = {"messageId": "messagetotell_03155_" + "0" * 32}
    assert (await desk.do("recordTold", unknown, ""))["code"] == "NOT_FOUND"


async def test_messages_to_tell_are_read_page_by_page(as_: As, place: Place) -> None:
    for _ in range(3):
        person = await make_seeker(place)
        async with transaction():
            await announce(MailKind.ACCOUNT_RELEASED, person.id, version=1)
    await Message.all().update(state=MessageState.TO_TELL)
    desk = await as_(place.officer)
    page = "{ pageInfo { hasNextPage endCursor } totalCount nodes { id } }"
    first = (await desk.data(f"{{ messagesToTell(first: 2) {page} }}"))["messagesToTell"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    behind = f'{{ messagesToTell(after: "{first["pageInfo"]["endCursor"]}") {page} }}'
    rest = (await desk.data(behind))["messagesToTell"]
    assert not rest["pageInfo"]["hasNextPage"]
    assert len({each["id"] for each in (*first["nodes"], *rest["nodes"])}) == 3
