"""What is typed at the desk outlives the server and the browser, and private words are never kept in the browser."""

import sys

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.serving import kill, run, start
from tests.browser.test_public_pages import AXE, NARROW, RULES, WIDE, _violations
from tests.browser.town import PATIENCE, Town, at_the_desk, open_desk

pytestmark = pytest.mark.browser

MAKE_PRIVATE = """
import django
django.setup()
from minutes.models import AgendaItemPage, ExemptionGround
item = AgendaItemPage.objects.get(title="Home care in winter").get_latest_revision_as_object()
item.exempt_ground, item.exempt_reason = ExemptionGround.objects.first(), "Three offers are being compared."
item.save_revision()
"""


def test_words_outlive_a_server_that_is_killed(town: Town, clerks_browser: BrowserContext) -> None:
    page = clerks_browser.new_page()
    open_desk(page, town)
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(AXE)
        assert _violations(page, {"type": "tag", "values": RULES}) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    state = page.locator("[data-desk-state]")
    page.keyboard.press("Alt+t")
    page.keyboard.type("The chair opened the meeting. ")
    expect(state).to_contain_text("Saved", timeout=PATIENCE)
    kill(town.server)
    page.keyboard.type("Then the lights went out.")
    expect(state).to_contain_text("the server is away", timeout=PATIENCE)
    town.server = start(town.environment, town.port)
    expect(state).to_contain_text("Saved", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("Then the lights went out.").first).to_be_visible(timeout=PATIENCE)


def test_words_of_private_business_are_never_kept_in_the_browser(town: Town, clerks_browser: BrowserContext) -> None:
    page = clerks_browser.new_page()
    open_desk(page, town)
    run([sys.executable, "-c", MAKE_PRIVATE], town.environment)
    page.keyboard.press("Alt+n")
    at_the_desk(page, "Home care in winter")

    page.keyboard.press("Alt+t")
    page.keyboard.type("The lowest offer was 412. ")
    expect(page.locator("[data-desk-state]")).to_contain_text("Saved", timeout=PATIENCE)
    kill(town.server)
    page.keyboard.type("The highest was 961.")
    expect(page.locator("[data-desk-state]")).to_contain_text("not kept in this browser", timeout=PATIENCE)
    kept = page.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)].join()")
    assert "offer" not in kept
    assert "highest" not in kept

    town.server = start(town.environment, town.port)
    expect(page.locator("[data-desk-state]")).to_contain_text("Saved", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("The highest was 961.").first).to_be_visible(timeout=PATIENCE)


def test_words_outlive_a_browser_that_is_closed_in_the_middle_of_one(town: Town, clerks_browser: BrowserContext) -> None:
    page = clerks_browser.new_page()
    open_desk(page, town)
    address = page.url
    page.keyboard.press("Alt+t")
    page.keyboard.type("The chair thanked the carers and asked wheth")
    page.close()

    again = clerks_browser.new_page()
    again.goto(address)
    expect(again.get_by_text("The chair thanked the carers and asked wheth").first).to_be_visible(timeout=PATIENCE)
    expect(again.locator("[data-desk-state]")).not_to_contain_text("away")
