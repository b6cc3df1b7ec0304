"""An auditor reads everything and changes nothing: every address of the admin that is our own, asked and written to."""

import re
from typing import Any

from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from wagtail import hooks
from wagtail.models import Page

import pytest
from bs4 import BeautifulSoup

from governance.enums import Role
from governance.models import (
    ActionPage,
    Backup,
    BoardPage,
    Delivery,
    PartnerRequest,
    Person,
    PersonRequest,
    ProgressUpdatePage,
    Removal,
    User,
)
from governance.operations.roles import give_role
from governance.registers import PeopleAndPartners, Promises
from minutes.models import (
    AgendaItemPage,
    AgendaSection,
    Attendance,
    DraftComment,
    DraftRound,
    EmergencyWithdrawal,
    MeetingPage,
    MinutePage,
    Pack,
    Paper,
    PaperFile,
    ProgrammeEntry,
    PublicQuestion,
    ResolutionPage,
)
from minutes.registers import Meetings
from minutes.reports import REPORTS
from tests import building
from tests.kept import all_rows, kept
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db

READS = frozenset(
    {
        "admin_month",
        "admin_this_month",
        "compliance",
        "compliance_of_year",
        "item_papers",
        "meeting_reports",
        "meeting_room",
        "paper_progress",
        "question",
        "report",
    }
)
"""What can be looked at without doing anything. Every other address is a step, and is refused before it says anything."""
NOT_THERE = dict.fromkeys(
    (
        "paper_file",
        "partner_answer",
        "approve_answer",
        "return_answer",
        "suggest_words",
        "revoke_partner_link",
        "settle_comment",
        "restricted_part",
        "write_restricted",
        "draft_exclusion",
        "continue_restriction",
        "release_restricted",
        "publish_summary",
        "release_proposed",
        "return_release",
        "ask_to_restrict",
        "restrict",
        "return_restrict",
        "confirm_closed",
        "add_restricted_paper",
        "replace_restricted_paper",
        "accept_restricted_paper",
        "withdraw_restricted_paper",
        "propose_paper_release",
        "release_paper",
        "return_paper_release",
        "emergency",
        "put_back",
        "removal",
        "removal_progress",
    ),
    404,
)
"""No emergency was there. What is kept in private of an item answers alike where it is not there and where it is not theirs. The small site keeps the rows of files without the files, and has no link of a partner and no comment in the editor. Answers from partners are
there only for those who decide on them."""
ONLY_SHOWN = frozenset({"paper_file", "removal", "removal_progress", "restricted_part"})
"""What takes no form at all, and says so before it says that it is not there."""
OF_NEWS = re.compile("agree|return|told")
OURS = ("governance", "minutes", "home")
BOOKKEEPING = ("django_session", "governance_user")


def routes() -> dict[str, URLPattern]:
    """Every address that our apps add to the admin, by its name; registers apart."""
    found: dict[str, URLPattern] = {}
    for hook in hooks.get_hooks("register_admin_urls"):
        if hook.__module__.split(".")[0] in OURS:
            found.update({str(route.name): route for route in hook()})
    return found


def first(model: Any) -> Any:
    """Some row."""
    return model.objects.order_by("pk").first()


def argument(route: URLPattern, name: str) -> Any:
    """What stands in an address: a record that is there, so that it is refused for the person and not for the record."""
    beginning = str(route.pattern).split("/", maxsplit=1)[0]
    by_name: dict[str, Any] = {
        "board": BoardPage,
        "meeting": MeetingPage,
        "item": AgendaItemPage,
        "paper": Paper,
    }
    words = {
        "restricted": 1,
        "year": "2026-27",
        "written": "2026-10",
        "which": "copy",
        "step": "hold",
        "name": REPORTS[0].name,
        "comment": 1,
    }
    if name in words:
        return words[name]
    if name in by_name:
        return first(by_name[name]).pk
    model = {
        "actions": ActionPage,
        "approve": Page,
        "attendance": Attendance,
        "boards": BoardPage,
        "emergencies": EmergencyWithdrawal,
        "headings": AgendaSection,
        "items": AgendaItemPage,
        "log-ins": User,
        "mail": Delivery,
        "meetings": DraftRound if "drafts" in str(route.pattern) else MeetingPage,
        "minutes": DraftComment if "comments" in str(route.pattern) else MinutePage,
        "packs": Pack,
        "personal-data": Backup if "backups" in str(route.pattern) else PersonRequest,
        "papers": PaperFile if "files" in str(route.pattern) else Paper,
        "programme": ProgrammeEntry,
        "partners": PartnerRequest,
        "questions": PublicQuestion,
        "records": ProgressUpdatePage if OF_NEWS.search(str(route.pattern)) else MeetingPage,
        "removals": Removal,
        "resolutions": ResolutionPage,
    }[beginning]
    row = first(model)
    return row.pk if row is not None else 1


def address(name: str, route: URLPattern) -> str:
    """Where a route leads, with records that are there."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", str(route.pattern))
    return reverse(name, kwargs={each: argument(route, each) for each in names})


def everything() -> dict[str, Any]:
    """Every row of every table, but those that a log-in or a look itself writes."""
    return {table: rows for table, rows in all_rows().items() if not table.startswith(BOOKKEEPING)}


def what_the_small_site_lacks(site: SmallSite) -> None:
    """A row of each further kind, so that nobody is refused because there is none."""
    at = timezone.now()
    ProgrammeEntry.objects.create(board=site.board, title="Falls")
    AgendaSection.objects.create(meeting=site.ahead, title="Opening")
    DraftRound.objects.create(meeting=site.held, sent_at=at, sent_by=site.clerk)
    Backup.objects.create(made_at=at, folder="/backups/1", engine="sqlite")
    PersonRequest.objects.create(kind="access", received_on=at.date(), due_on=at.date(), recorded_at=at)
    person = Person.objects.create(name="A member with something to say")
    DraftComment.objects.create(minute=site.minute, person=person, text="A slip.", made_at=at)


@pytest.fixture
def auditor(small_site: SmallSite, client: Client) -> Client:
    """Somebody who looks at every board, logged in."""

    def make() -> User:
        what_the_small_site_lacks(small_site)
        user = building.make_user("auditor", is_superuser=False, is_staff=False)
        give_role(user=user, role=Role.AUDITOR)
        return User.objects.get(pk=user.pk)

    client.force_login(kept("auditor of the small site", make))
    return client


def test_an_auditor_reads_what_can_be_read_and_is_refused_every_step(auditor: Client) -> None:
    known = routes()
    assert set(known) >= READS
    answered = {name: auditor.get(address(name, route)).status_code for name, route in known.items()}
    assert {name for name, status in answered.items() if status == 200} == READS
    assert {
        name: status for name, status in answered.items() if name not in READS and status not in {302, 403, 405}
    } == NOT_THERE


def test_nothing_that_an_auditor_sends_changes_anything(auditor: Client) -> None:
    before, wrong = everything(), {}
    for name, route in routes().items():
        status = auditor.post(
            address(name, route), {"reason": "Because.", "presence": "present", "due_on": "2027-01-01"}
        ).status_code
        if status not in {302, 403, 405} and not (status == 200 and name in READS):
            wrong[name] = status
    assert wrong == {name: status for name, status in NOT_THERE.items() if name not in ONLY_SHOWN}
    assert everything() == before


def test_an_auditor_reads_every_register_and_adds_to_none(auditor: Client, small_site: SmallSite) -> None:
    before = everything()
    for register in [*Meetings.items, *PeopleAndPartners.items, *Promises.items]:
        model = register.model._meta
        where = f"{model.app_label}_{model.model_name}_modeladmin"
        assert auditor.get(reverse(f"{where}_index")).status_code == 200, model
        if not issubclass(register.model, Page):
            assert auditor.post(reverse(f"{where}_create"), {}).status_code == 302, model
    assert everything() == before


def test_an_auditor_explores_every_record_and_edits_none(auditor: Client, small_site: SmallSite) -> None:
    before = everything()
    for page in (small_site.board, small_site.held, small_site.item, small_site.minute, small_site.action):
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert auditor.post(edit, {"title": "Changed", "action-publish": "publish"}).status_code in {302, 403}
        assert auditor.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
    assert everything() == before


def test_what_an_auditor_reads_offers_nothing_to_press(auditor: Client, small_site: SmallSite) -> None:
    for name in sorted(READS):
        page = BeautifulSoup(auditor.get(address(name, routes()[name])).content, "html.parser")
        content = page.select_one("#main, main")
        forms = content.select('form[method="post"]') if content else []
        assert forms == [], name


def test_a_report_author_sees_the_papers_of_their_own_items_alone(small_site: SmallSite, client: Client) -> None:
    author = building.make_user("author", is_superuser=False, is_staff=False)
    give_role(user=author, role=Role.AUTHOR, board=small_site.board)
    paper = Paper.objects.filter(files__isnull=False).order_by("pk").first()
    assert paper is not None
    own = building.make_item(small_site.ahead, small_site.clerk, "Offered by the author", publish=False)
    AgendaItemPage.objects.filter(pk=own.pk).update(owner=author)
    client.force_login(User.objects.get(pk=author.pk))
    files = PaperFile.objects.filter(paper=paper).values_list("pk", flat=True)
    assert client.get(reverse("item_papers", args=[own.pk])).status_code == 200
    assert client.get(reverse("item_papers", args=[paper.item_id])).status_code == 302
    assert [client.get(reverse("paper_file", args=[key, "original"])).status_code for key in files] == [302] * len(files)


def test_an_editor_whose_rights_end_while_they_write_changes_nothing_more(small_site: SmallSite, client: Client) -> None:
    editor = User.objects.get(username=Role.EDITOR.value)
    client.force_login(editor)
    where = reverse("chair_notes", args=[small_site.ahead.pk])
    assert client.get(where).status_code == 200
    editor.groups.clear()
    before = everything()
    for route in ("chair_notes", "meeting_reports", "meeting_room", "publish_agenda", "add_heading", "publish_supplement"):
        assert client.post(reverse(route, args=[small_site.ahead.pk]), {"note-0": "Typed"}).status_code in {302, 403}, route
    assert everything() == before
