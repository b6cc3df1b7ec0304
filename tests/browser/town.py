"""A served board with its meeting of today, and how a clerk goes to its desk by keyboard."""

from dataclasses import dataclass
from subprocess import Popen
from typing import Any

from playwright.sync_api import Page, expect

from tests import building

PATIENCE = 120_000
"""Milliseconds that a page may take on a machine that does much else."""


@dataclass
class Town:
    """A served board with its meeting of today, whose server can be killed and started again where it was."""

    environment: dict[str, str]
    port: int
    server: Popen[bytes]
    made: dict[str, Any]
    person: tuple[str, str] = ("editor", building.PASSWORD)

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def editor(self) -> str:
        """The editor of the meeting."""
        return f"{self.address}/admin/pages/{self.made['meeting']}/edit/"


def log_in(page: Page, town: Town) -> None:
    """The clerk logs in, by keyboard."""
    page.goto(f"{town.address}/admin/")
    page.get_by_label("User name").focus()
    page.keyboard.type(town.person[0])
    page.keyboard.press("Tab")
    page.keyboard.type(town.person[1])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("/admin/") and "log-in" not in url)


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def fill(page: Page, town: Town) -> None:
    """Fill the agenda of the meeting from the template, and go back to the meeting."""
    page.goto(town.editor)
    for key, then in (("Alt+g", "Fill the agenda"), ("Alt+l", "Put these on the agenda")):
        page.keyboard.press(key)
        page.wait_for_selector(f"text={then}")
    press(page, "Control+Enter")
    page.wait_for_selector("text=Back to the meeting")
    press(page, "Alt+b")
    page.wait_for_selector("text=Publish the agenda")


def at_the_desk(page: Page, title: str) -> None:
    """Wait until an item is ready to be written."""
    expect(page.locator(f"h2:has-text('{title}')")).to_be_visible(timeout=PATIENCE)
    page.wait_for_selector("form[data-desk][data-begun]")


def open_desk(page: Page, town: Town) -> None:
    """Fill the agenda from the template and open the desk at its first item."""
    log_in(page, town)
    fill(page, town)
    page.keyboard.press("Alt+m")
    page.wait_for_selector("form[data-desk][data-begun]")
