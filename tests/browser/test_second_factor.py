"""A passkey in a real browser: added, used for the second step, removed; and every page of it is accessible and fits."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import building
from tests.browser.serving import ServedSite
from tests.browser.test_public_pages import AXE, NARROW, RULES, WIDE

pytestmark = pytest.mark.browser

# Browsers give passkeys to names alone, so the site is asked by one here.
KEY_IN_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_password(page: Page, wanted: str) -> None:
    """Go to a page of the members' area, and log in on the way."""
    page.goto(wanted)
    look_at(page)
    page.get_by_label("User name").fill("approver")
    page.get_by_label("Password").fill(building.PASSWORD)
    page.get_by_role("button", name="Log in").click()


def look_at(page: Page) -> None:
    """Whether everybody can use the page that is open, on a telephone and on a desk."""
    page.evaluate(AXE)
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate("(only) => axe.run(document, {runOnly: only})", {"type": "tag", "values": RULES})
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)


def test_a_passkey_is_added_used_and_removed(site: ServedSite, browser: Browser) -> None:
    address = f"http://localhost:{urlsplit(site.address).port}"
    context = browser.new_context(base_url=address, locale="en-GB")
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_DEVICE})

    give_password(page, "/members/second-factors/")
    look_at(page)
    page.get_by_role("link", name="Set up an app").click()
    look_at(page)
    page.get_by_label("Password").fill(building.PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an app")
    look_at(page)
    page.get_by_role("link", name="Back, without setting it up").click()
    page.get_by_role("link", name="Add a passkey").click()
    look_at(page)
    page.get_by_label("A name for it").fill("Desk")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert page.locator(".second-factor__codes li").count() == 10
    look_at(page)

    page.goto("/members/")
    page.get_by_role("button", name="Log out").click()
    give_password(page, "/members/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    look_at(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your boards")
    page.goto("/members/second-factor/?next=/members/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    look_at(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your boards")

    page.goto("/members/second-factors/")
    look_at(page)
    page.get_by_role("link", name="Remove Desk").click()
    look_at(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert refused == []
    context.close()
