"""Every kind of public page in a real browser: for everybody, on every width, with and without JavaScript."""

import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import ROOT, ServedSite

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""What can differ between the light and the dark look, which have the same HTML."""
NARROW, WIDE = 320, 1280
FIRST_VISIT = 60_000
"""Bytes that a first visit may cost before images, as sent."""

pytestmark = pytest.mark.browser


def _violations(page: Page, only: dict[str, object]) -> list[tuple[str, list[str]]]:
    found = page.evaluate("(only) => axe.run(document, {runOnly: only})", only)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


def _fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def test_every_page_is_accessible_and_fits(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    for name, path in site.pages.items():
        page.goto(site.address + path)
        page.evaluate(AXE)
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = false })")
            page.emulate_media(color_scheme="light")
            assert _violations(page, {"type": "tag", "values": RULES}) == [], (name, path, width)
            assert _fits(page, width), (name, path, width)
            page.emulate_media(color_scheme="dark")
            assert _violations(page, {"type": "rule", "values": OF_COLOUR}) == [], (name, path, width, "dark")
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            assert _fits(page, width), (name, path, width, "with everything open")
    context.close()


def test_the_first_key_leads_past_the_header(site: ServedSite, page: Page) -> None:
    page.goto(site.address + site.pages["action with everything"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


def test_filters_search_and_pages_work_without_javascript(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    page.goto(f"{site.address}/progress/")
    page.locator("details", has_text="Confidence").locator("summary").click()
    page.get_by_role("link", name="At risk").click()
    assert page.url.endswith("/progress/?confidence=at_risk")
    page.get_by_role("link", name="Design home care with people").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Design home care with people"
    page.get_by_role("link", name="HWB/2026-27/1(2)").first.click()
    assert "That home care be designed with the people who use it." in page.locator("main").inner_text()
    page.goto(site.address)
    page.get_by_label("Search decisions, meetings and promises").fill("winter")
    page.get_by_role("button", name="Search").click()
    assert page.locator("mark").first.inner_text().lower() == "winter"
    context.close()


def test_nothing_is_asked_of_another_host_and_nothing_is_missing_or_refused(
    site: ServedSite, context: BrowserContext, refused_by_policy: list[str]
) -> None:
    asked: list[tuple[str, int]] = []
    context.on("response", lambda response: asked.append((response.url, response.status)))
    page = context.new_page()
    for path in site.pages.values():
        page.goto(site.address + path, wait_until="networkidle")
    assert [url for url, _status in asked if not url.startswith((site.address, "data:"))] == []
    assert [row for row in asked if "/static/" in row[0] and row[1] != 200] == []
    assert refused_by_policy == []


def test_pages_need_no_inline_style_or_script(site: ServedSite) -> None:
    for name, path in site.pages.items():
        text = _answer(site.address + path)[1].decode()
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text), name


def test_every_page_is_valid_html(site: ServedSite, tmp_path: Path) -> None:
    for number, (name, path) in enumerate(site.pages.items()):
        (tmp_path / f"{number:02d}-{re.sub(r'[^a-z]+', '-', name.lower())}.html").write_bytes(_answer(site.address + path)[1])
    jar = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
    files = [str(path) for path in sorted(tmp_path.glob("*.html"))]
    checked = subprocess.run(["java", "-jar", str(jar), "--format", "gnu", *files], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_first_visit_is_small(site: ServedSite, browser: Browser) -> None:
    """HTML, stylesheets and fonts as they are sent, in a browser that has nothing of the site yet."""
    sizes = {name: _first_visit(site.address + path, browser) for name, path in site.pages.items()}
    assert {name: size for name, size in sizes.items() if size > FIRST_VISIT} == {}, sizes


def _first_visit(address: str, browser: Browser) -> int:
    context = browser.new_context(viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    return round(sum(sent))


def _answer(address: str) -> tuple[int, bytes]:
    """What a page answers, also when it is that there is nothing."""
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310 - our own server
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
