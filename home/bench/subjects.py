"""What the bench looks at: one page of every public kind, and the admin views that people use most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from wagtail.models import Page

from governance.models import ActionPage, BoardPage, RecordPage
from governance.numbering import reference_slug
from governance.registers import PeopleAndPartners, Promises
from minutes.enums import MeetingStatus
from minutes.models import AnnualReport, MeetingPage
from minutes.registers import Meetings

GROUPS = (Promises, PeopleAndPartners, Meetings)
EDITOR = "administrator"
MEMBER = "member"


@dataclass(frozen=True)
class Subject:
    """One address of the site.

    Attributes:
        name: what it is.
        address: where it is.
        username: who is logged in; nobody on a public page.
        lands_on: the status it answers with.
    """

    name: str
    address: str
    username: str = ""
    lands_on: int = 200


def public_subjects() -> Iterator[Subject]:
    """Of every kind of public page the one with the most below it, and the addresses that are no pages."""
    for page_class in sorted(_kinds(), key=lambda kind: kind._meta.label):
        fullest = page_class.objects.live().order_by("-numchild", "path").first()
        if fullest is not None:
            yield Subject(str(page_class._meta.verbose_name), fullest.get_url())
    meeting = MeetingPage.objects.live().filter(status=MeetingStatus.AGENDA_PUBLISHED).order_by("-starts_at").first()
    if meeting is not None:
        yield Subject("meeting ahead", meeting.get_url())
    yield Subject("search, one word", f"{reverse('search')}?q=care")
    board = BoardPage.objects.live().order_by("path")[0]
    for name, query in (("filtered", f"board={board.code}&late=date"), ("as CSV", "format=csv"), ("as JSON", "format=json")):
        yield Subject(f"progress page, {name}", f"/progress/?{query}")
    for report in AnnualReport.objects.public().order_by("-year")[:1]:
        yield Subject("annual report", reverse("annual_report", args=[report.board.code, report.year]))
    action = ActionPage.objects.live().order_by("pk")[0]
    yield Subject("reference", reverse("reference", args=[reference_slug(action.reference or "")]), lands_on=301)
    yield Subject("members' area", reverse("members_area"), username=MEMBER)


def address_of(name: str) -> str:
    """Where the public subject of that name is.

    Raises:
        KeyError: there is none.
    """
    return {subject.name: subject.address for subject in public_subjects()}[name]


def admin_subjects() -> Iterator[Subject]:
    """The dashboard, the lists of the explorer, and the editor of every kind of record."""
    yield Subject("admin: dashboard", reverse("wagtailadmin_home"), EDITOR)
    board = BoardPage.objects.live().order_by("-numchild")[0]
    for name, page in (
        ("front page", Page.objects.get(depth=2)),
        ("board", board),
        ("progress page", Page.objects.get(slug="progress")),
    ):
        yield Subject(f"admin: list below the {name}", reverse("wagtailadmin_explore", args=[page.pk]), EDITOR)
    for page_class in sorted(_kinds(), key=lambda kind: kind._meta.label):
        record = page_class.objects.live().exclude(latest_revision=None).order_by("-numchild", "path").first()
        if record is not None and issubclass(page_class, RecordPage):
            address = reverse("wagtailadmin_pages:edit", args=[record.pk])
            yield Subject(f"admin: edit {page_class._meta.verbose_name}", address, EDITOR)
    meeting = MeetingPage.objects.live().order_by("-starts_at")[0]
    for register in (register for group in GROUPS for register in group.items):
        plural = register.model._meta.verbose_name_plural
        yield Subject(f"admin: register of {plural}", register().url_helper.index_url, EDITOR)
    yield Subject("admin: paste minutes", reverse("paste_minutes", args=[meeting.pk]), EDITOR)


def _kinds() -> set[type[Page]]:
    used = Page.objects.live().filter(depth__gt=1).values_list("content_type", flat=True).distinct()
    return {kind for kind in map(ContentType.model_class, ContentType.objects.filter(pk__in=used)) if kind is not None}
