"""A clerk at work in the admin, and a resident who reads what came of it."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from bs4 import BeautifulSoup

from governance.models import BoardPage, User
from minutes.models import AgendaItemPage, MeetingPage, MinutePage
from tests import building


@dataclass
class Clerk:
    """The democratic services editor of a board."""

    user: User
    board: BoardPage

    @property
    def browser(self) -> Client:
        """Their browser, logged in."""
        client = Client()
        client.force_login(self.user)
        return client

    def takes(self, step: str, *key: Any, **answers: str) -> None:
        """Take a step in the admin, which succeeds."""
        response = self.browser.post(reverse(step, args=[each.pk if hasattr(each, "pk") else each for each in key]), answers)
        assert response.status_code == 302, said_on(response)
        assert response["Location"] != "/admin/", f"{step} is not allowed"

    def is_refused(self, step: str, *key: Any, **answers: str) -> str:
        """Take a step that is refused; the words of the page."""
        response = self.browser.post(reverse(step, args=[each.pk if hasattr(each, "pk") else each for each in key]), answers)
        assert response.status_code == 409, said_on(response)
        return said_on(response)

    def sees(self, step: str, *key: Any) -> str:
        """The words of a page of the admin."""
        return said_on(self.browser.get(reverse(step, args=[each.pk if hasattr(each, "pk") else each for each in key])))

    def publishes_the_agenda(self, meeting: MeetingPage) -> None:
        """As the page shows it."""
        page = self.browser.get(reverse("publish_agenda", args=[meeting.pk]))
        field: Any = BeautifulSoup(page.content, "html.parser").select_one("input[name=shown]")
        self.takes("publish_agenda", meeting, shown=field["value"])

    def adds(self, meeting: MeetingPage, title: str, **words: Any) -> AgendaItemPage:
        """A draft item."""
        return building.make_item(meeting, self.user, title, publish=False, **words)

    def changes(self, item: AgendaItemPage, **words: Any) -> None:
        """Change the words of an item and publish them from the editor."""
        page = item.get_latest_revision_as_object()
        for name, value in words.items():
            setattr(page, name, value)
        page.save_revision(user=self.user).publish(user=self.user)

    def minutes(self, item: AgendaItemPage, text: str, **words: Any) -> MinutePage:
        """Write the minute of an item, as a draft."""
        return building.make_minute(item, self.user, publish=False, text=f"<p>{text}</p>", **words)


def resident_reads(page: Any, status: int = 200) -> str:
    """The words of a public page, for somebody without a log-in."""
    address = page if isinstance(page, str) else page.get_url()
    response = Client().get(address)
    assert response.status_code == status
    return said_on(response)


def said_on(response: Any) -> str:
    """The words of a page."""
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.main or soup).get_text(" ", strip=True).split())
