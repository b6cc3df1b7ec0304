"""What alerts, feeds and calendars can be about: one board, one workstream, one action, or everything. Each has one address."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.models import ActionPage, BoardPage, ProgressIndexPage, ProgressUpdatePage, Reference, WorkstreamPage
from governance.numbering import reference_slug
from home.models import HomePage
from minutes.models import MeetingPage
from minutes.public_record import live_parent

EVERYTHING = "all-boards"
"""No board's code has a hyphen, so that nothing else is called so."""
WORKSTREAM = "workstream-"


@dataclass(frozen=True)
class Scope:
    """What something is about.

    Attributes:
        slug: its name in addresses.
        page: the board, workstream or action; None for everything.
    """

    slug: str
    page: Any = None

    @property
    def words(self) -> str:
        """What it is, in words."""
        return str(self.page.title) if self.page else _("everything on this site")

    @property
    def is_board(self) -> bool:
        """Whether it has meetings of its own."""
        return isinstance(self.page, BoardPage)


ALL = Scope(EVERYTHING)


def scope_called(slug: str) -> Scope | None:
    """The scope of that name; None where there is nothing public of that name. Capitals make no difference."""
    name = slug.lower()
    if name == EVERYTHING:
        return ALL
    number = name.removeprefix(WORKSTREAM)
    if number != name:
        return _scope(
            WorkstreamPage.objects.live().filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
        )
    found = Reference.objects.filter(slug=reference_slug(name)).values_list("page_id", flat=True).first()
    page = Page.objects.live().filter(pk=found).first() if found else None
    return _scope(page.specific if page else None)


def scope_about(page: Any) -> Scope | None:
    """What a page is about: itself or, for a meeting or an update, what it belongs to; None where it is about none of these."""
    if isinstance(page, HomePage | ProgressIndexPage):
        return ALL
    if isinstance(page, MeetingPage):
        return _scope(live_parent(page, BoardPage))
    if isinstance(page, ProgressUpdatePage):
        return _scope(live_parent(page, ActionPage))
    return _scope(page)


def scope_of_key(page: Page | None) -> Scope:
    """The scope of a subscription."""
    return (_scope(page.specific) if page is not None else None) or ALL


def _scope(page: Any) -> Scope | None:
    if isinstance(page, WorkstreamPage):
        return Scope(f"{WORKSTREAM}{page.pk}", page)
    if isinstance(page, BoardPage | ActionPage) and page.reference:
        return Scope(reference_slug(page.reference), page)
    return None
