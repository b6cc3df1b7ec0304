"""The demonstration's next meeting from the board's agenda template to confirmed minutes, by keyboard alone."""

import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import free_port, kill, start
from tests.browser.test_public_pages import AXE, RULES, WIDE, _violations
from tests.browser.town import PATIENCE, Town, at_the_desk, fill, log_in, press

pytestmark = pytest.mark.browser

ROUTES = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
AIM = 0.6
NEXT_MEETING = "2027-02-25"


@pytest.fixture
def ashmere(demonstration: dict[str, str], tmp_path: Path) -> Iterator[Town]:
    """The demonstration on the afternoon of its next meeting that has no agenda yet, with its own log-ins."""
    var = tmp_path / "var"
    shutil.copytree(demonstration["RESOLVED_VAR"], var)
    environment = {**demonstration, "RESOLVED_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tests.browser.at_the_meeting"}
    with closing(sqlite3.connect(var / "records.sqlite3")) as records:
        key, path = records.execute("SELECT id, url_path FROM wagtailcore_page WHERE slug = ?", [NEXT_MEETING]).fetchone()
    port = free_port()
    made = {"meeting": key, "public": path.removeprefix("/home")}
    town = Town(environment, port, start(environment, port), made, ("editor", "ashmere-editor-demo"))
    yield town
    kill(town.server)


def play(page: Page, step: dict[str, Any]) -> int:
    """Do one step as the file has it; how many keys were pressed."""
    for key in step["keys"]:
        page.keyboard.press(key)
    if "type" in step:
        page.keyboard.type(step["type"])
    expect(page.locator(step["until"]).first, step["does"]).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("load")
    if "/desk/" in page.url:
        page.wait_for_selector("form[data-desk][data-begun]")
    return len(step["keys"])


def presses(route: list[dict[str, Any]]) -> int:
    """Keystrokes and clicks of a route."""
    return sum((len(step.get("keys", ())) + len(step.get("clicks", ()))) * step.get("times", 1) for step in route)


def test_the_next_meeting_from_its_template_to_confirmed_minutes_by_keyboard_alone(
    ashmere: Town, clerks_browser: BrowserContext, capsys: pytest.CaptureFixture[str]
) -> None:
    page = clerks_browser.new_page()
    log_in(page, ashmere)
    page.goto(ashmere.editor)

    pressed = sum(play(page, step) for step in ROUTES["desk"])

    desk, editors = presses(ROUTES["desk"]), presses(ROUTES["editors"])
    with capsys.disabled():
        sys.stdout.write(f"\nKeystrokes and clicks: desk {desk}, Wagtail's editors {editors}, {desk / editors:.0%}\n")
    assert pressed == desk
    assert desk <= AIM * editors
    page.goto(f"{ashmere.address}{ashmere.made['public']}")
    expect(page.get_by_text("confirmed as a correct record").first).to_be_visible()
    wanted = {step["type"] for step in ROUTES["desk"] if step["does"] == "write the minute"} | {"That the report be agreed."}
    assert wanted - _written_below(page, ashmere, wanted) == set()


def _written_below(page: Page, town: Town, words: set[str]) -> set[str]:
    """Which of these words a reader finds on the items of the meeting."""
    meeting = town.made["public"]
    links = page.locator("main a").evaluate_all("every => every.map(each => each.getAttribute('href'))")
    items = {link for link in links if re.fullmatch(rf"{re.escape(meeting)}[\w-]+/", link or "")}
    found = set()
    for item in items:
        page.goto(f"{town.address}{item}")
        text = page.locator("main").inner_text()
        found |= {one for one in words if one in text}
    return found


def hold(page: Page, town: Town) -> None:
    """Publish the agenda, and hold the meeting with its three members."""
    fill(page, town)
    press(page, "Alt+a")
    page.wait_for_selector("text=Back to the agenda")
    press(page, "Control+Enter")
    page.wait_for_selector("text=Mark as held")
    press(page, "Alt+w")
    page.wait_for_selector("#room-item")
    press(page, "Tab", "Tab", "p")
    for number in (2, 3):
        page.wait_for_selector(row(number - 1, "present"))
        press(page, "ArrowDown", "p")
    page.wait_for_selector(row(3, "present"))
    press(page, "Alt+b")
    page.wait_for_selector("text=Mark as held")
    press(page, "Alt+h")
    page.wait_for_selector("text=The meeting took place.")
    press(page, "Control+Enter")
    page.wait_for_selector("text=Take the minutes")


def row(number: int, value: str) -> str:
    """The pressed button of a member in the room, with the cursor on it."""
    return f".room__list tbody tr:nth-child({number}) button[value={value}][aria-pressed=true]:focus"


def saved_with(page: Page, **fields: str) -> None:
    """Load the item anew: the fields hold what was written."""
    expect(page.locator("[data-desk-state]")).to_contain_text("Saved", timeout=PATIENCE)
    expect(page.locator("[data-desk-problems] li")).to_have_count(0)
    page.reload()
    page.wait_for_selector("form[data-desk][data-begun]")
    names = {name: re.sub(r"_([01])_", r"-\1-", name) for name in fields}
    shown = {name: page.locator(f"[name={field}]").input_value() for name, field in names.items()}
    assert shown == fields


def test_who_comes_and_goes_interests_amendments_and_votes_by_keyboard_alone(
    town: Town, clerks_browser: BrowserContext
) -> None:
    page = clerks_browser.new_page()
    log_in(page, town)
    hold(page, town)
    page.keyboard.press("Alt+m")
    at_the_desk(page, "Welcome")
    press(page, "Alt+n")
    at_the_desk(page, "Home care in winter")

    press(page, "Alt+w")
    page.wait_for_selector("#room-item")
    press(page, "Tab", "Tab", "c")
    page.wait_for_selector(row(1, "chair"))
    press(page, "ArrowDown", "ArrowDown", "i")
    page.wait_for_selector(row(3, "came"))
    press(page, "o")
    page.wait_for_selector(row(3, "went"))
    press(page, "Alt+m")
    at_the_desk(page, "Home care in winter")

    press(page, "Alt+i")
    page.wait_for_selector("[name=interests-0-name]:focus")
    page.keyboard.type("Priya Rao")
    press(page, "Tab", "Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "Tab", "ArrowDown")
    expect(page.locator("[data-desk-quorum]")).to_contain_text("2 voting members", timeout=PATIENCE)
    press(page, "Alt+u")
    page.wait_for_selector("[name=amendments-0-text]:focus")
    page.keyboard.type("Add: before the winter.")
    press(page, "Tab")
    page.keyboard.type("Tom Ashby")
    press(page, "Tab", "Tab", "ArrowDown")
    press(page, "Alt+y")
    page.wait_for_selector("[name=votes-0-cast]:focus")
    press(page, "f")
    page.wait_for_selector("[name=votes-1-cast]:focus")
    press(page, "a")
    expect(page.locator("[name=votes_against]")).to_have_value("1")
    page.evaluate(AXE)
    assert _violations(page, {"type": "tag", "values": RULES}) == []
    saved_with(
        page,
        manner="named",
        votes_for="1",
        votes_against="1",
        abstentions="0",
        votes_0_name="Anwen Vaughan",
        votes_1_name="Tom Ashby",
        interests_0_what_they_did="left",
        interests_0_declared="late",
        amendments_0_outcome="carried",
    )

    press(page, "Alt+n")
    at_the_desk(page, "Performance of the partnership")
    press(page, "Alt+h")
    page.wait_for_selector("[name=votes_for]:focus")
    page.keyboard.type("3")
    press(page, "Tab")
    page.keyboard.type("0")
    expect(page.locator("[data-desk-problems]")).to_contain_text("2 members with a vote", timeout=PATIENCE)
    press(page, "Shift+Tab")
    page.keyboard.type("2")
    saved_with(page, manner="show_of_hands", votes_for="2", votes_against="0")


def test_on_a_mac_the_keys_are_control_and_a_letter(town: Town, browser: Browser) -> None:
    mac = (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15"
    )
    context = browser.new_context(user_agent=mac, viewport={"width": WIDE, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    log_in(page, town)
    page.goto(town.editor)
    press(page, "Control+g")
    page.get_by_role("link", name="Fill the agenda").wait_for()
    press(page, "Control+l")
    page.get_by_role("button", name="Put these on the agenda").click()
    page.get_by_role("link", name="Back to the meeting").wait_for()
    press(page, "Control+b")
    page.get_by_role("link", name="Take the minutes").wait_for()
    press(page, "Control+m")
    at_the_desk(page, "Welcome")
    press(page, "Control+t")
    # What Alt and a letter write there, and no key of the desk takes.
    for key in ("Alt+w", "Alt+n"):
        press(page, key)
    page.keyboard.insert_text("Croeso i Dŷ Gwyn.")
    press(page, "Control+Shift+N")
    expect(page.locator("[name=clauses-0-text]")).to_have_value("That the report be noted.")
    press(page, "Control+n")
    at_the_desk(page, "Home care in winter")
    page.get_by_role("navigation", name="Items of the agenda").get_by_role("link", name="Welcome").click()
    at_the_desk(page, "Welcome")
    expect(page.get_by_text("Croeso i Dŷ Gwyn.").first).to_be_visible(timeout=PATIENCE)
    context.close()
