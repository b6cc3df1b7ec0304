"""The main job from end to end, as an editor does it: from a page of minutes to a public record, news and a pack."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import building
from tests.browser.serving import ROOT, ServedSite
from tests.minutes.operations.test_importing import PAGE

pytestmark = pytest.mark.browser

GIVEN = sorted((ROOT.parent / "shared" / "seeds").glob("000_*.txt"))
"""Real pages of minutes, where they lie beside the project; our own page of the same layout is walked through everywhere."""
TEXTS = [PAGE, *(file.read_text(encoding="utf-8") for file in GIVEN)]
WIDE = {"width": 1280, "height": 1000}


def log_in(page: Page, site: ServedSite) -> None:
    """The democratic services editor of the board logs in."""
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"{site.address}/admin/")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill(building.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(
        page.get_by_role("link", name="Pages", exact=True).or_(page.get_by_role("button", name="Pages")).first
    ).to_be_visible()


def paste(page: Page, text: str) -> None:
    """Paste the minutes, look at what was understood, correct one word and publish."""
    page.get_by_role("link", name="Paste minutes").click()
    page.get_by_label("The text of the minute").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was understood")).to_be_visible()
    expect(page.get_by_label("Label as printed").nth(1)).to_have_value("(2)")
    page.get_by_label("Number on the agenda").fill("7")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("is kept with 3 resolutions")).to_be_visible()


def new_meeting(page: Page, site: ServedSite, day: str) -> None:
    """Set up a meeting of the board and open it."""
    page.goto(f"{site.address}/admin/minutes/meetingpage/")
    page.get_by_role("link", name="Add meeting").first.click()
    page.locator("[name=title]").fill(f"Meeting of {day}")
    page.locator("[name=starts_at]").fill(f"{day} 14:00")
    page.locator("[name=starts_at]").press("Escape")
    page.get_by_role("tab", name="Address").click()
    page.locator("[name=slug]").fill(day)
    publish(page)
    page.goto(f"{site.address}/admin/minutes/meetingpage/?q=HWB/{day}")
    page.get_by_role("link", name="Edit").first.click()
    page.wait_for_url("**/edit/**")


def publish(page: Page) -> None:
    """Publish what is being edited."""
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("and published").first).to_be_visible()


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_from_a_page_of_minutes_to_news_and_a_pack(
    site: ServedSite, page: Page, refused_by_policy: list[str], tmp_path: Path, number: int
) -> None:
    day, title = f"2026-11-{10 + number}", f"News of walk {number}"
    log_in(page, site)
    new_meeting(page, site, day)
    paste(page, TEXTS[number])

    page.goto(f"{site.address}/ref/hwb-{day}-i1-2/")
    expect(page.get_by_text("partner organisations cascade the report").first).to_be_visible()
    expect(page.get_by_text("(2)").first).to_be_visible()
    action = page.locator("main a[href^='/progress/']").first
    name = action.inner_text()
    action.click()
    expect(page.get_by_text("Agreed").first).to_be_visible()
    public = page.url

    page.goto(f"{site.address}/admin/governance/actionpage/?q={name[:30]}")
    page.get_by_role("link", name=name[:30]).first.click()
    page.get_by_role("link", name="Add a progress update").click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=what_changed]").fill("Every partner has passed the report on.")
    page.locator("[name=date]").fill("2026-11-20")
    publish(page)

    page.goto(public)
    expect(page.get_by_text("Under way").first).to_be_visible()
    expect(page.get_by_text("Every partner has passed the report on.").first).to_be_visible()
    page.goto(f"{site.address}/progress/?status=under_way")
    expect(page.get_by_role("link", name=name).first).to_be_visible()
    the_pack_holds_the_minutes(page, site, f"2026-11-{24 + number}", tmp_path)
    assert refused_by_policy == []


def the_pack_holds_the_minutes(page: Page, site: ServedSite, day: str, tmp_path: Path) -> None:
    """Set up the next meeting, publish its agenda, build its pack from the admin and read it."""
    new_meeting(page, site, day)
    meeting = page.url
    page.get_by_role("link", name="New agenda item").click()
    page.locator("[name=title]").fill("What came of it")
    page.locator("[name=title]").blur()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/**")
    page.goto(meeting)
    page.get_by_role("link", name="Publish the agenda").click()
    # Nobody presents the item, and the page says so before it is published.
    page.get_by_role("button", name="Publish anyway").click()
    page.goto(meeting)
    page.get_by_role("link", name="Packs", exact=True).click()
    page.get_by_role("button", name="Build the pack").click()
    # The page loads itself again once the pack is built: a second load by the test would cut that one short.
    ready = page.get_by_role("link", name="Open the pack").first
    expect(ready).to_be_visible(timeout=120_000)
    address = ready.get_attribute("href")
    answer = page.request.get(f"{site.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    pack = tmp_path / "pack.pdf"
    pack.write_bytes(answer.body())
    text = subprocess.run(["pdftotext", str(pack), "-"], check=True, capture_output=True, text=True).stdout
    words = " ".join(text.split())
    assert "partner organisations cascade the report" in words
    assert "Every partner has passed the report on." in words
