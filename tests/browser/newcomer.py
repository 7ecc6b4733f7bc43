"""Whoever is new: registering, the mail with its link, and the first sign-in."""

import asyncio
import re
import secrets
import time
from typing import Any

from playwright.async_api import Locator, expect

from tests.browser.window import Window
from tests.stage import Stage

PASSWORD = "Regen-Schirm-Tomate-Fenster"


async def register(window: Window, address: str, last_name: str) -> None:
    """A seeker, from the start page on."""
    await window.page.get_by_role("link", name="registrieren").click()
    for name, value in {
        "firstName": "Hanne",
        "lastName": last_name,
        "introduction": "Ich gehe gern spazieren.",
        "street": "Markt 1",
        "postcode": "37154",
        "mobile": "0160 1234567",
        "email": address,
        "password": PASSWORD,
    }.items():
        await window.at(f'[name="{name}"]').fill(value)
    await window.at("#register-form summary").first.click()
    await window.at('#register-form [name="needs"]').first.check()
    await window.at('#register-form [data-field="windows"] > button').click()
    await agree_and_send(window.at("#register-form"))


async def mail_to(stage: Stage, address: str, number: int = 1) -> dict[str, Any]:
    """The newest mail to an address, once there are so many."""
    deadline = time.monotonic() + 20
    while len(mails := await asyncio.to_thread(stage.mails_to, address)) < number:
        assert time.monotonic() < deadline, f"no mail:\n{stage.said()}"
        await asyncio.sleep(0.1)
    return mails[-1]


async def link_in_mail(stage: Stage, address: str, kind: str) -> str:
    """The link of this kind in a mail to the address: others may have come before it."""
    deadline = time.monotonic() + 20
    while True:
        for mail in reversed(await asyncio.to_thread(stage.mails_to, address)):
            if found := re.search(rf"http\S+#{kind}=\S+", mail["body"]):
                return found[0]
        assert time.monotonic() < deadline, f"no mail:\n{stage.said()}"
        await asyncio.sleep(0.1)


async def register_self_employed(window: Window, address: str, last_name: str) -> None:
    """An assistant of the same place, who does the first thing that anybody needs."""
    await window.page.goto(f"{window.address}/#register=ASSISTANT")
    form = window.at("#register-form")
    await form.locator('[name="employment"][value="SELF_EMPLOYED"]').check()
    await expect(form.locator('[name="providerId"]')).to_be_hidden()
    for name, value in {
        "firstName": "Jule",
        "lastName": last_name,
        "introduction": "Ich komme gern vorbei.",
        "postcode": "37154",
        "mobile": "0160 7654321",
        "email": address,
        "password": PASSWORD,
    }.items():
        await form.locator(f'[name="{name}"]').fill(value)
    await form.locator('[data-field="activities"] summary').first.click()
    await form.locator('[name="activities"]').first.check()
    await form.locator('[data-field="windows"] > button').click()
    await agree_and_send(form)


async def agree_and_send(form: Locator) -> None:
    """Agrees to every text of a registration, and sends it."""
    for box in await form.locator('[name="consents"]').all():
        await box.check()
    await form.locator(".form-end button").click()


async def confirm_and_sign_in(window: Window, stage: Stage, address: str) -> None:
    """With the link from the mail, and the button behind it."""
    await expect(window.at("h1")).to_have_text("Das hat geklappt")
    await window.page.goto(await link_in_mail(stage, address, "confirm-email"))
    await window.at("#confirm-form button").click()
    await expect(window.at("h1")).to_have_text("Das hat geklappt")
    await window.page.goto(stage.address)
    await window.at('#sign-in-form [name="email"]').fill(address)
    await window.at('#sign-in-form [name="password"]').fill(PASSWORD)
    await window.at("#sign-in-form button").click()
    await expect(window.at("#slots")).to_be_visible()


async def somebody(window: Window, stage: Stage) -> str:
    """Registers as a seeker, confirms and signs in; gives the last name."""
    last_name = f"Talk-{secrets.token_hex(3)}"
    address = f"{last_name.lower()}@example.org"
    await register(window, address, last_name)
    await confirm_and_sign_in(window, stage, address)
    return last_name
