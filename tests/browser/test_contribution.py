"""The page of the own contribution: form, bill, plot and link, in three languages."""

import pytest
from playwright.async_api import expect

from tests.browser.barriers import barriers, fits, unfold
from tests.browser.conftest import Open
from tests.browser.everybody import speak_at_once
from tests.browser.window import Window

pytestmark = pytest.mark.slow
SPACE = "\N{NO-BREAK SPACE}"
# What the page's own checks keep back.
_SEND_WHAT_DOES_NOT_FIT = """async () => {
  const { query } = await import("/pages/js/graph.js");
  const { showFailure } = await import("/pages/js/refusals.js");
  const input = { incomes: {}, children: 2.5, benefit: "12,50 EUR" };
  const asked = "query ($i: OwnContributionInput!) { ownContribution(input: $i) { __typename } }";
  const form = document.querySelector("#contribution-form");
  await query(asked, { i: input }).catch((error) => showFailure(form, error));
}"""


async def test_anybody_sees_the_own_contribution_as_a_bill_and_takes_it_along_in_a_link(
    open_window: Open,
) -> None:
    window = await open_window("/", reduced_motion="reduce")
    await window.at("#contribution-link").click()
    form = window.at("#contribution-form")
    await form.locator('[name="month"]').select_option("05")
    await form.locator('[name="year"]').select_option("2024")
    await form.locator('[name="incomes.insuredWork"]').fill("fünf")
    await form.locator('[name="children"]').fill("21")
    await window.page.keyboard.press("Enter")
    field = form.locator('[name="incomes.insuredWork"]')
    await expect(field).to_be_focused()
    await expect(form.locator(".refusal")).to_have_count(1)
    await field.fill("45.000")
    await window.page.keyboard.press("Enter")
    await expect(form.locator('[name="children"]')).to_be_focused()
    await expect(form.locator(".refusal")).to_contain_text("20")
    await form.locator('[name="children"]').fill("")
    await window.page.keyboard.press("Enter")

    await expect(window.at("#amount h2")).to_be_focused()
    await expect(window.at("#amount .amount")).to_have_text(f"170,00{SPACE}€{SPACE}im{SPACE}Monat")
    last = window.at("#steps tbody tr").last
    await expect(last).to_contain_text("§ 137 Abs. 2 SGB IX")
    await expect(last.locator(".sum")).to_contain_text("170,00")
    assert await window.at("#curve polyline").count() == 1
    await expect(window.at("#curve desc")).to_contain_text("45.000,00")
    await expect(window.at("#curve tbody tr", has_text="Ihr Einkommen")).to_contain_text("170,00")
    await window.at("#make-link").click()
    address = await window.at("#link input").input_value()
    assert address.startswith(f"{window.address}/eigenanteil#")
    centres = window.at("#centres > li")
    await expect(centres).to_have_count(4)
    await _asks_for_a_postcode(window)
    await expect(centres).to_have_count(3)
    await expect(centres.first).to_contain_text("Unabhängige Beratung (EUTB)")
    for language, typed in (("en", "45,000"), ("de-x-leicht", "45.000"), ("de", "45.000")):
        await window.at("#language").select_option(language)
        await expect(window.at("html")).to_have_attribute("lang", language)
        await expect(window.at("#curve")).to_be_visible()
        await expect(form.locator('[name="incomes.insuredWork"]')).to_have_value(typed)
        await unfold(window)
        assert await fits(window) == []
    assert await barriers(window) == []

    await window.page.goto(address)
    await expect(window.at("#then .amount")).to_contain_text("170,00")
    await expect(window.at("#amount .amount")).to_contain_text("im")
    await expect(window.at("#changed")).to_be_visible()
    await _sees_then_and_now_on_the_plot(window)
    assert await barriers(window) == []
    await window.page.goto(f"{window.address}/eigenanteil#nothing")
    await expect(window.at(".refusal")).to_be_visible()
    await window.at("#anew").click()
    await expect(form).to_be_visible()


async def _asks_for_a_postcode(window: Window) -> None:
    postcode = window.at('#centres-form [name="postcode"]')
    await postcode.fill("3715")
    await window.page.keyboard.press("Enter")
    await expect(postcode).to_have_attribute("aria-invalid", "true")
    await postcode.fill("37154")
    await window.page.keyboard.press("Enter")


async def _sees_then_and_now_on_the_plot(window: Window) -> None:
    await expect(window.at("#curve circle.here")).to_have_count(1)
    await expect(window.at("#curve circle.then")).to_have_count(1)
    await expect(window.at("#then-and-now")).to_contain_text("170,00")
    await expect(window.at("#curve desc")).to_contain_text("1. Mai 2024")
    await unfold(window)
    await expect(window.at("#curve tbody tr", has_text="Damals")).to_contain_text("170,00")
    await expect(window.at("#curve tbody tr", has_text="Ihr Einkommen")).to_have_count(1)
    for language, then in (("en", "Then"), ("de-x-leicht", "Damals"), ("de", "Damals")):
        await window.at("#language").select_option(language)
        await expect(window.at("html")).to_have_attribute("lang", language)
        await expect(window.at("#then-and-now")).to_be_visible()
        await unfold(window)
        await expect(window.at("#curve tbody tr", has_text=then)).to_contain_text("170")
        assert await fits(window) == []


async def test_a_benefit_beside_the_price_of_an_aid_is_refused_at_the_aid_in_each_language(
    open_window: Open,
) -> None:
    window = await open_window("/eigenanteil", reduced_motion="reduce")
    form = window.at("#contribution-form")
    for language, words in (
        ("de", "widerspricht"),
        ("de-x-leicht", "passt nicht"),
        ("en", "contradicts"),
    ):
        await window.at("#language").select_option(language)
        await expect(window.at("html")).to_have_attribute("lang", language)
        await form.locator('[name="benefit"]').fill("500")
        price = form.locator('[name="oneOffPrice"]')
        await price.fill("900")
        await window.page.keyboard.press("Enter")
        await expect(price).to_be_focused()
        await expect(price).to_have_attribute("aria-invalid", "true")
        refusal = form.locator(".refusal")
        await expect(refusal).to_have_count(1)
        await expect(refusal).to_contain_text(words)
        described = await price.get_attribute("aria-describedby")
        assert await refusal.get_attribute("id") in (described or "").split()
        assert await window.at("#amount").count() == 0
        assert await fits(window) == []
    assert await barriers(window) == []


async def test_an_amount_means_the_same_in_each_language_and_a_refusal_stands_alone(
    open_window: Open,
) -> None:
    window = await open_window("/eigenanteil", reduced_motion="reduce")
    form, language = window.at("#contribution-form"), window.at("#language")
    await form.locator('[name="year"]').select_option("2024")
    income, benefit = (
        form.locator(f'[name="{name}"]') for name in ("incomes.insuredWork", "benefit")
    )
    await income.fill("45.000,00")
    await benefit.fill("12.5")
    await window.page.keyboard.press("Enter")
    await expect(window.at("#amount .amount")).to_contain_text("12,50")

    await language.select_option("en")
    await expect(window.at("#amount .amount")).to_contain_text("12.50")
    await expect(income).to_have_value("45,000.00")
    await benefit.fill("1,000")
    await speak_at_once(window, "de-x-leicht", "de")
    await expect(window.at("html")).to_have_attribute("lang", "de")
    await expect(benefit).to_have_value("1.000")
    await expect(income).to_have_value("45.000,00")
    await benefit.press("Enter")
    await expect(window.at("#amount .amount")).to_contain_text("170,00")

    await income.fill("viel")
    await window.page.keyboard.press("Enter")
    await expect(form.locator(".refusal")).to_have_count(1)
    await expect(window.at("#result > *")).to_have_count(0)
    await language.select_option("en")
    await expect(income).to_have_value("viel")
    await expect(benefit).to_have_value("1,000")
    await expect(window.at("#result > *")).to_have_count(0)


async def test_what_the_graph_cannot_read_is_told_at_its_field(open_window: Open) -> None:
    window = await open_window("/eigenanteil")
    form = window.at("#contribution-form")
    await expect(form).to_be_visible()
    await window.page.evaluate(_SEND_WHAT_DOES_NOT_FIT)
    window.problems.clear()  # the browser reports every request that failed
    refusals = form.locator(".refusal")
    await expect(refusals).to_have_count(2)
    await expect(form.locator('[data-field="children"] .refusal')).to_contain_text("ganze Zahl")
    await expect(form.locator('[data-field="benefit"] .refusal')).to_contain_text("12.50")
    assert "EUR" not in " ".join(await refusals.all_inner_texts())
