"""The pages of papers in the admin: who brings papers, who decides on them, and what each page says."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import BoardPage, User
from governance.operations.roles import give_role
from minutes import paper_desk
from minutes.enums import FileCheck, PaperState
from minutes.models import AgendaItemPage, Paper, PaperFile, Supplement
from minutes.operations.checking import check_file
from minutes.operations.meetings import publish_agenda
from minutes.paper_forms import MOST_AT_ONCE
from tests import building
from tests.minutes.paper_stage import Stage, done, set_stage, state_of
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db

UNTAGGED = samples.pdf(change=samples.untagged)
DECIDING = {Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}
BRINGING = DECIDING


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    """A meeting with one item."""
    return set_stage(board, clerk)


def browser(role: str, board: BoardPage, name: str = "a") -> Client:
    """The browser of somebody with this role."""
    user = building.make_user(f"{name}-{role}", is_superuser=False, is_staff=False)
    give_role(user=user, role=Role(role), **building.holder_of(role, board))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(stage: Stage) -> Client:
    """An editor of the board."""
    return browser(Role.EDITOR, stage.board)


def address(stage: Stage) -> str:
    """The papers of the item."""
    return reverse("item_papers", args=[stage.item.pk])


def pdf_named(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    """An upload."""
    return SimpleUploadedFile(name, samples.pdf() if data is None else data)


def post(client: Client, stage: Stage, *files: SimpleUploadedFile, **fields: Any) -> str:
    """Upload, and the words of the page that follows."""
    answer = client.post(address(stage), {"uploads": list(files), "kind": "report", **fields}, follow=True)
    return " ".join(answer.content.decode().split())


def test_several_papers_are_uploaded_at_once_and_one_bad_file_keeps_none_out(editor: Client, stage: Stage) -> None:
    sheet = samples.office("spreadsheetml.sheet.main+xml", "xl/workbook.xml")
    shown = post(editor, stage, pdf_named("home_care.pdf"), pdf_named("prices.xlsx", sheet), pdf_named("b.pdf", UNTAGGED))
    assert list(Paper.objects.values_list("title", "state")) == [("home care", "received"), ("b", "received")]
    assert "prices.xlsx: This is a spreadsheet." in shown
    assert "“home care” was received and is being checked." in shown
    assert "Waiting to be checked" in shown and "Look again" in shown


def test_an_empty_form_and_too_many_files_are_told(editor: Client, stage: Stage) -> None:
    assert editor.post(address(stage), {"kind": "report"}).status_code == 400
    many = [pdf_named(f"{number}.pdf") for number in range(MOST_AT_ONCE + 1)]
    answer = editor.post(address(stage), {"uploads": many, "kind": "report"})
    assert answer.status_code == 400 and "too many files at once" in answer.content.decode()
    answer = editor.post(address(stage), {"uploads": [pdf_named("a.pdf", b"")], "kind": "report"})
    assert answer.status_code == 409 and "The file is empty." in answer.content.decode()
    assert not Paper.objects.exists()


def test_the_page_says_what_was_found_and_what_to_do(editor: Client, stage: Stage) -> None:
    post(editor, stage, pdf_named("a.pdf", UNTAGGED), title="Home care")
    file = done(check_file(file=PaperFile.objects.get().pk))
    shown = " ".join(editor.get(address(stage)).content.decode().split())
    assert "Needs a decision:" in shown and "no tags" in shown
    assert "Save it from the word processor as a tagged PDF" in shown
    assert reverse("publish_paper_anyway", args=[file.pk]) in shown
    assert "data-row" not in shown
    edited = editor.get(reverse("wagtailadmin_pages:edit", args=[stage.item.pk])).content.decode()
    assert address(stage) in edited and "Home care (Received)" in " ".join(edited.split())


def test_a_named_person_publishes_anyway(editor: Client, stage: Stage) -> None:
    file = stage.checked(UNTAGGED)
    where = reverse("publish_paper_anyway", args=[file.pk])
    assert "no tags" in editor.get(where).content.decode()
    assert editor.post(where, {"because": ""}).status_code == 400
    assert editor.post(where, {"because": "It is needed."}).status_code == 302
    assert state_of(file.paper) == PaperState.CHECKED
    assert editor.post(where, {"because": "Again."}).status_code == 409
    assert "It is needed." in editor.get(address(stage)).content.decode()


@pytest.mark.parametrize("role", sorted(DECIDING))
def test_where_the_board_asks_so_the_uploader_does_not_decide_whatever_their_role(stage: Stage, role: Role) -> None:
    BoardPage.objects.filter(pk=stage.board.pk).update(approved_by_another=True)
    client = browser(role, stage.board)
    client.post(address(stage), {"uploads": [pdf_named("report.pdf", UNTAGGED)], "kind": "report"})
    file = done(check_file(file=PaperFile.objects.get().pk))
    where = reverse("publish_paper_anyway", args=[file.pk])
    shown = client.get(address(stage)).content.decode()
    assert "asks that somebody else decides" in shown and where not in shown
    refused = client.post(where, {"because": "It is needed."})
    assert (refused.status_code, "somebody else" in refused.content.decode()) == (409, True)
    assert state_of(file.paper) == PaperState.RECEIVED
    other = browser(Role.APPROVER, stage.board, "another")
    assert where in other.get(address(stage)).content.decode()
    assert other.post(where, {"because": "It is needed."}).status_code == 302


def test_a_file_is_replaced_and_published_in_the_place_of_the_former(editor: Client, stage: Stage) -> None:
    paper = stage.published().paper
    where = reverse("replace_paper_file", args=[stage.item.pk, paper.pk])
    assert editor.get(where)["Location"] == address(stage)
    assert "Choose a file" in editor.post(where, follow=True).content.decode()
    assert "This is a program" in editor.post(where, {"file": pdf_named("a.pdf", b"MZ\x00")}, follow=True).content.decode()
    editor.post(where, {"file": pdf_named("b.pdf", samples.pdf("BT /F1 12 Tf 72 700 Td (Second) Tj ET"))})
    done(check_file(file=PaperFile.objects.get(version=2).pk))
    assert "This newer file is not public yet" in editor.get(address(stage)).content.decode()
    assert editor.post(reverse("publish_replacement", args=[paper.pk]), {"says": "A table."}).status_code == 302
    assert PaperFile.objects.public().get().version == 2


def test_papers_are_put_in_order_without_a_script(editor: Client, stage: Stage) -> None:
    first, second = stage.paper("First"), stage.paper("Second")
    for paper in (second, first, first):
        editor.post(reverse("order_papers", args=[stage.item.pk, paper.pk]))
    assert [paper.title for paper in stage.item.papers.all()] == ["First", "Second"]
    editor.post(reverse("order_papers", args=[stage.item.pk, second.pk]))
    assert [paper.title for paper in stage.item.papers.all()] == ["Second", "First"]
    assert editor.post(reverse("order_papers", args=[stage.item.pk, 0])).status_code == 302


def test_refusing_withdrawing_and_listing_by_title(editor: Client, stage: Stage) -> None:
    refused, listed = stage.checked(UNTAGGED).paper, stage.paper("Survey", state="received")
    assert editor.post(reverse("refuse_paper", args=[refused.pk]), {"reason": "Not agreed."}).status_code == 302
    assert editor.post(reverse("paper_checked", args=[listed.pk])).status_code == 302
    publish_agenda(meeting=stage.meeting, by=stage.clerk)
    assert editor.post(reverse("withdraw_paper", args=[listed.pk]), {"reason": "It named a person."}).status_code == 302
    assert (state_of(refused), state_of(listed)) == (PaperState.REFUSED, PaperState.WITHDRAWN)
    shown = editor.get(address(stage)).content.decode()
    assert "Not agreed." in shown and "It named a person." in shown


def test_a_check_that_failed_is_asked_for_again(editor: Client, stage: Stage) -> None:
    file = stage.received()
    PaperFile.objects.filter(pk=file.pk).update(check_state=FileCheck.FAILED, failure="There is no room left on the disk.")
    assert "There is no room left on the disk." in editor.get(address(stage)).content.decode()
    assert editor.post(reverse("check_paper_again", args=[file.pk])).status_code == 302
    progress = editor.get(reverse("paper_progress", args=[stage.item.pk])).json()
    assert progress == {"rows": [{"key": file.pk, "words": "Waiting to be checked"}]}


def test_what_better_checks_find_is_shown_with_the_public_paper(
    editor: Client, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stage.published()
    finding = {"code": "covered_text", "page": 1, "detail": "Ann", "edition": 2}
    PaperFile.objects.filter(pk=file.pk).update(
        findings=[finding, {"code": "a later check", "page": None}], check_state="blocked"
    )
    monkeypatch.setattr(paper_desk, "CHECKS_EDITION", 2)
    shown = " ".join(editor.get(address(stage)).content.decode().split())
    assert "Better checks found something in this public file." in shown and "text under a box" in shown


def test_original_and_copy_are_streamed_to_those_who_bring_papers(editor: Client, stage: Stage) -> None:
    file = stage.checked(name="report v3.pdf")
    original = editor.get(reverse("paper_file", args=[file.pk, "original"]))
    assert original.streaming and b"".join(original) == samples.pdf()
    assert original["Content-Disposition"] == 'attachment; filename="report v3.pdf"'
    copy = editor.get(reverse("paper_file", args=[file.pk, "copy"]))
    assert b"".join(copy).startswith(b"%PDF-") and "no-store" in copy["Cache-Control"]
    assert editor.get(reverse("paper_file", args=[file.pk, "text"])).status_code == 404


def test_a_supplement_is_published_from_the_meeting(editor: Client, stage: Stage) -> None:
    where = reverse("publish_supplement", args=[stage.meeting.pk])
    stage.published()
    late = stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (Late) Tj ET"), stage.paper("Late report")).paper
    item = building.make_item(stage.meeting, stage.clerk, title="An urgent item", publish=False)
    assert where in editor.get(reverse("wagtailadmin_pages:edit", args=[stage.meeting.pk])).content.decode()
    shown = editor.get(where).content.decode()
    assert "Late report" in shown and "An urgent item" in shown
    answer = editor.post(where, {"says": "A late report."})
    assert answer.status_code == 409 and "nothing in this supplement" in answer.content.decode()
    assert editor.post(where, {"says": "A late report.", "papers": [late.pk], "items": [item.pk]}).status_code == 302
    assert Supplement.objects.get().number == 1
    assert AgendaItemPage.objects.get(pk=item.pk).live


STEPS: list[tuple[str, Callable[[Paper, PaperFile], int]]] = [
    ("refuse_paper", lambda paper, file: paper.pk),
    ("withdraw_paper", lambda paper, file: paper.pk),
    ("publish_replacement", lambda paper, file: paper.pk),
    ("publish_paper_anyway", lambda paper, file: file.pk),
]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
def test_who_brings_papers_and_who_decides_on_them(stage: Stage, role: Role) -> None:
    file = stage.received()
    client = browser(role, stage.board)
    brings = [
        address(stage),
        reverse("paper_progress", args=[stage.item.pk]),
        reverse("paper_file", args=[file.pk, "original"]),
    ]
    # Who looks at everything reads the papers, and brings none.
    assert {may_open(client, where) for where in brings} == {role in {*BRINGING, Role.AUDITOR}}
    decides = [reverse(name, args=[key(file.paper, file)]) for name, key in STEPS]
    decides.append(reverse("publish_supplement", args=[stage.meeting.pk]))
    assert {may_open(client, where) for where in decides} == {role in DECIDING}
    upload = client.post(
        reverse("replace_paper_file", args=[stage.item.pk, file.paper_id]), {"file": pdf_named("b.pdf", UNTAGGED)}
    )
    assert (PaperFile.objects.count() == 2) is (role in BRINGING), upload.status_code


def may_open(client: Client, where: str) -> bool:
    """Whether the page opens; the others are sent away."""
    answer = client.get(where)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code == 200


def test_nobody_of_another_board_decides_or_looks(stage: Stage, clerk: User) -> None:
    other = building.make_board(clerk, code="PLC", title="Place Partnership", slug="place")
    client = browser(Role.EDITOR, other)
    file = stage.received()
    assert not may_open(client, address(stage))
    assert not may_open(client, reverse("withdraw_paper", args=[file.paper_id]))
    assert not may_open(client, reverse("paper_file", args=[file.pk, "original"]))


def test_the_author_of_an_item_brings_its_papers_and_decides_on_none(stage: Stage) -> None:
    client = browser(Role.AUTHOR, stage.board)
    AgendaItemPage.objects.filter(pk=stage.item.pk).update(owner=User.objects.get(username=f"a-{Role.AUTHOR}"))
    shown = post(client, stage, pdf_named("report.pdf", UNTAGGED))
    assert "was received and is being checked" in shown
    file = done(check_file(file=PaperFile.objects.get().pk))
    assert may_open(client, address(stage))
    assert not may_open(client, reverse("publish_paper_anyway", args=[file.pk]))
    assert client.post(reverse("publish_paper_anyway", args=[file.pk]), {"because": "x"}).status_code in {302, 403}
    assert state_of(file.paper) == PaperState.RECEIVED
    other = stage.paper("Second")
    client.post(reverse("order_papers", args=[stage.item.pk, other.pk]))
    assert [paper.title for paper in stage.item.papers.all()] == ["report", "Second"]


def test_more_papers_ask_no_more_queries(editor: Client, stage: Stage) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(stage))
        return len(queries)

    def add(number: int) -> None:
        paper = stage.paper(f"Paper {number}", state="received")
        fields: dict[str, Any] = {"uploaded_by": stage.clerk, "uploaded_at": stage.item.latest_revision_created_at}
        PaperFile.objects.create(paper=paper, original="x", original_sha256=str(number), **fields)

    for number in range(2):
        add(number)
    asked()
    few = asked()
    for number in range(2, 20):
        add(number)
    assert asked() == few
