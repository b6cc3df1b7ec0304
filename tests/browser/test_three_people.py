"""A partner, an approver and a reader: news goes from a partner's phone to everybody who asked, and everything agrees."""

import contextlib
import csv
import email.policy
import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser

import feedparser
import pytest
import vobject
from playwright.sync_api import Browser, Page, expect

from tests import building
from tests.browser.serving import ServedSite

pytestmark = pytest.mark.browser

NEWS = "Eleven carers have chosen the questions for the providers."
TITLE = "The carers have chosen"
PARTNER, READER = "partner@example.org", "reader@example.net"
PHONE = {"width": 360, "height": 640}
ACTION = "action with everything"


def mails(site: ServedSite, to: str) -> list[EmailMessage]:
    """Everything that was sent to an address, oldest first."""
    read = BytesParser(policy=email.policy.default)
    every = [read.parsebytes(file.read_bytes()) for file in sorted((site.var / "mail").glob("*.eml"))]
    return [mail for mail in every if isinstance(mail, EmailMessage) and mail["To"] == to]


def wait_for_mail(site: ServedSite, to: str, number: int) -> EmailMessage:
    """The mail of that number to an address, once the worker has sent it."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        found = mails(site, to)
        if len(found) >= number:
            return found[number - 1]
        time.sleep(0.5)
    raise AssertionError(f"No mail number {number} came to {to}.")


LEFT = (
    "SELECT COUNT(*) FROM home_announcement WHERE spread_at IS NULL AND due_at <= datetime('now')",
    "SELECT COUNT(*) FROM governance_delivery WHERE next_try_at <= datetime('now')",
)


def wait_until_nothing_is_left_to_send(site: ServedSite) -> None:
    """Whatever was to be told is mail, and whatever mail was due is sent."""
    end = time.monotonic() + 90
    with contextlib.closing(sqlite3.connect(f"file:{site.var / 'records.sqlite3'}?mode=ro", uri=True)) as records:
        while time.monotonic() < end:
            left = [records.execute(query).fetchone()[0] for query in LEFT]
            if not any(left):
                return
            time.sleep(0.5)
    raise AssertionError(f"News that is not spread and mail that is not sent: {left}.")


def link_in(mail: EmailMessage, below: str) -> str:
    """The path of the first link of a mail that leads below an address of the site."""
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(rf"https?://[^/\s]+({re.escape(below)}\S+)", body.get_content())
    assert found is not None, body.get_content()
    return found[1]


@pytest.fixture
def somebody(site: ServedSite, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of somebody of their own, who is logged in where a name is given."""
    contexts = []

    def meet(username: str = "", **context: object) -> Page:
        contexts.append(browser.new_context(base_url=site.address, locale="en-GB", **context))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        if username:
            page.goto("/admin/")
            page.get_by_label("User name").fill(username)
            page.get_by_label("Password").fill(building.PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url("**/admin/")
        return page

    yield meet
    for context in contexts:
        context.close()


def ask_for_alerts(reader: Page, site: ServedSite) -> None:
    """Ask for alerts of the action, and confirm by the mail."""
    reader.goto(site.pages[ACTION])
    reader.locator("summary", has_text="By e-mail").click()
    reader.get_by_label("E-mail address").fill(READER)
    reader.get_by_role("button", name=re.compile("alerts|e-mail", re.IGNORECASE)).first.click()
    reader.wait_for_url("**/alerts/asked/")
    reader.goto(link_in(wait_for_mail(site, READER, 1), "/alerts/confirm/"))
    reader.get_by_role("button").first.click()
    expect(reader.get_by_role("heading", level=1)).to_be_visible()


def ask_for_news(editor: Page, title: str) -> None:
    """Send the partner its link."""
    editor.goto(f"/admin/governance/actionpage/?q={title}")
    editor.get_by_role("link", name=title).first.click()
    editor.get_by_role("link", name="Ask for news").click()
    editor.get_by_label("E-mail address").fill(PARTNER)
    editor.get_by_role("button", name="Send the link").click()
    expect(editor.get_by_text("The link is on its way").first).to_be_visible()


def answer(partner: Page, path: str) -> None:
    """Report on a phone, without an account."""
    partner.goto(path)
    assert partner.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    partner.get_by_role("link", name="We have something to report").click()
    partner.get_by_label("What has changed?").fill(NEWS)
    partner.get_by_label("On track", exact=True).check()
    partner.get_by_role("button", name="Send", exact=True).click()
    expect(partner.get_by_text("Thank you. We have it.")).to_be_visible()


def approve(approver: Page) -> None:
    """Read the partner's words and publish them."""
    approver.goto("/admin/partners/answers/")
    approver.locator("main table a").first.click()
    expect(approver.get_by_text(NEWS)).to_be_visible()
    approver.get_by_role("link", name="Approve").click()
    approver.get_by_label("Title of the news").fill(TITLE)
    approver.locator("main form button[type=submit]").first.click()
    approver.wait_for_url("**/partners/answers/**")


def test_news_goes_from_a_phone_to_everybody_who_asked(site: ServedSite, somebody: Callable[..., Page]) -> None:
    public = somebody()
    public.goto(site.pages[ACTION])
    title = public.get_by_role("heading", level=1).inner_text()
    assert NEWS not in public.content()

    ask_for_alerts(somebody(), site)
    ask_for_news(somebody("editor"), title)
    partner = somebody(viewport=PHONE, is_mobile=True, has_touch=True)
    path = link_in(wait_for_mail(site, PARTNER, 1), "/partner/")
    answer(partner, path)
    public.reload()
    assert NEWS not in public.content(), "nothing is public before it is approved"
    approve(somebody("approver"))

    news = wait_for_mail(site, READER, 2)
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = news.get_body(("plain",))
    assert body is not None
    assert TITLE in body.get_content()
    partner.goto(path)
    expect(partner.get_by_text("Approved and public:")).to_be_visible()
    everything_agrees(public, site, title)
    wait_until_nothing_is_left_to_send(site)
    assert len(mails(site, READER)) == 2, "one mail to confirm, one with the news"


def everything_agrees(public: Page, site: ServedSite, title: str) -> None:
    """The action's page and its timeline, the list, its data, charts, feed, calendar and search tell the same."""
    public.goto(site.pages[ACTION])
    expect(public.get_by_text(NEWS).first).to_be_visible()
    expect(public.locator("#timeline ~ * a", has_text=TITLE).first).to_be_visible()
    rows = list(csv.DictReader(fetched(public, "/progress/?format=csv").lstrip("\ufeff").splitlines()))
    items = json.loads(fetched(public, "/progress/?format=json"))["actions"]
    row = next(row for row in rows if row["title"] == title)
    item = next(item for item in items if item["title"] == title)
    assert row["status"] == item["status"]
    drawn = chart(public)
    assert drawn == counted([row["status"] for row in rows]) == counted([item["status"] for item in items])
    public.goto(f"/progress/?status={row['status']}")
    expect(public.get_by_role("link", name=title).first).to_be_visible()
    slug = re.sub(r"[^a-z0-9]+", "-", row["reference"].lower())
    feed = feedparser.parse(fetched(public, f"/feeds/{slug}/"))
    assert not feed.bozo
    assert TITLE in feed.entries[0].title
    calendar = vobject.readOne(fetched(public, "/calendars/all-boards.ics"))
    assert calendar.vevent_list
    search(public)


def fetched(public: Page, path: str) -> str:
    """The text of an address that is no page."""
    response = public.request.get(path)
    assert response.status == 200, (path, response.status)
    return response.text()


def chart(public: Page) -> dict[str, int]:
    """How many actions stand where, as the table beneath the chart says."""
    public.goto("/progress/")
    links = public.locator("table a[href*='status=']")
    numbers = {}
    for link in links.all():
        cells = link.locator("xpath=ancestor::tr").locator("td")
        status = re.search(r"status=(\w+)", link.get_attribute("href") or "")
        assert status is not None
        numbers[status[1]] = int(cells.last.inner_text())
    return numbers


def counted(statuses: list[str]) -> dict[str, int]:
    """How often each status stands there."""
    return {status: statuses.count(status) for status in set(statuses)}


def search(public: Page) -> None:
    """The search finds the news by its words, once the worker has taken it up."""
    for _look in range(60):
        public.goto("/search/?q=eleven+carers+questions")
        if public.get_by_role("link", name=TITLE).count():
            break
        public.wait_for_timeout(1000)
    expect(public.get_by_role("link", name=TITLE).first).to_be_visible()
    assert public.locator("mark").count() > 0
