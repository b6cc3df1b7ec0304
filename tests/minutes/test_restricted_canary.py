"""Words that are not for publication, looked for everywhere they must not be."""

import logging
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import ReferenceIndex

import pytest

from governance.enums import Role
from governance.models import BoardPage, User
from minutes.enums import PackAudience, PackKind
from minutes.models import AgendaItemPage, Pack, RestrictedPaper, RestrictedPart
from minutes.operations.releasing import continue_restriction
from minutes.operations.releasing_papers import propose_paper_release
from minutes.operations.restricted import draft_exclusion, read_part
from minutes.operations.restricted_papers import accept_restricted_paper, read_restricted_paper, withdraw_restricted_paper
from minutes.packs.gather import gather
from tests import building
from tests.kept import kept
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import (
    CANARY,
    REVIEW,
    checked_paper,
    files_saying,
    make_part,
    make_private_item,
    paper_saying,
    somebody,
)

pytestmark = pytest.mark.django_db
DOORS = {
    "home/demonstration/private.py",
    "home/restricted.py",
    "minutes/kept_files.py",
    "minutes/models/__init__.py",
    "minutes/models/closed_confirming.py",
    "minutes/models/packs.py",
    "minutes/models/restricted.py",
    "minutes/models/restricted_papers.py",
    "minutes/models/sealed_packs.py",
    "minutes/needs_of_private_business.py",
    "minutes/operations/closed_confirming.py",
    "minutes/operations/closed_parts.py",
    "minutes/operations/pack_building.py",
    "minutes/operations/releasing.py",
    "minutes/operations/releasing_papers.py",
    "minutes/operations/restricted.py",
    "minutes/operations/restricted_checking.py",
    "minutes/operations/restricted_keys.py",
    "minutes/operations/restricted_mail.py",
    "minutes/operations/restricting.py",
    "minutes/operations/restricted_papers.py",
    "minutes/operations/sealed_packs.py",
    "minutes/restricted_forms.py",
    "minutes/restricted_paper_lines.py",
    "minutes/restricted_paper_views.py",
    "minutes/restricted_reading.py",
    "minutes/restricted_views.py",
    "minutes/restricting_views.py",
    "minutes/templatetags/restricted.py",
    "minutes/waiting.py",
}
KNOWS = re.compile(
    r"\b(RestrictedPart|RestrictedPaper|RestrictedRelease|RestrictedWords|SealedPack|SealedSection|ClosedConfirmation)\b|read_part\("
)
OPENING = {
    "governance/models/person_requests.py",
    "governance/operations/removals.py",
    "minutes/operations/restricting.py",
    "minutes/operations/closed_confirming.py",
    "minutes/operations/closed_parts.py",
    "minutes/operations/releasing.py",
    "minutes/operations/releasing_papers.py",
    "minutes/operations/restricted.py",
    "minutes/operations/restricted_keys.py",
}
FILES = {
    "minutes/operations/closed_parts.py",
    "minutes/operations/sealed_packs.py",
    "minutes/operations/releasing_papers.py",
    "minutes/operations/restricted_checking.py",
    "minutes/operations/restricted_papers.py",
}


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part with a canary in every field, on a public item."""
    return make_canary(board, clerk)


def make_canary(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part with a paper, with the canary in its page, its title, its name, its metadata, and why it is used and was taken back."""
    part = kept("canary", lambda: make_part(make_private_item(board, clerk), clerk))
    findings = checked_paper(part, clerk, paper_saying(change=samples.javascript))
    accept_restricted_paper(paper=findings, by=clerk, because=f"{CANARY} because")
    gone = checked_paper(part, clerk, paper_saying(f"{CANARY} gone"), title=f"{CANARY} gone")
    withdraw_restricted_paper(paper=gone, by=clerk, because=f"{CANARY} because")
    propose_paper_release(paper=findings, title=f"{CANARY} proposed", because="Signed.", by=clerk)
    return part


def everywhere(item: AgendaItemPage, motion: int) -> list[str]:
    """Addresses of the public site and of the admin that tell of an item, its meeting, its motion, or of everything."""
    meeting = item.meeting
    public = [page.get_url() for page in (item, meeting, meeting.board, meeting.board.get_parent())]
    found = [*public, "/", f"/search/?q={CANARY}", "/sitemap.xml", f"{meeting.get_url()}notice/", f"{item.get_url()}pack/"]
    found += [reverse("feed", args=["hwb"]), reverse("calendar", args=["hwb"]), reverse("records"), reverse("checkpoints_data")]
    found += [reverse("check_record", args=[str(item.reference).replace("/", "-").lower()]), reverse("members_area")]
    for page in (item.pk, meeting.pk, motion):
        found += [
            reverse(f"wagtailadmin_pages:{name}", args=[page])
            for name in ("edit", "history", "usage", "workflow_history", "view_draft", "copy", "delete", "move")
        ]
        found += [reverse("wagtailadmin_explore", args=[page])]
    latest = item.latest_revision_id
    found += [reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, "earliest", latest])]
    found += [reverse("wagtailadmin_pages:revisions_view", args=[item.pk, latest])]
    found += [f"{reverse(name)}?q={CANARY}" for name in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search")]
    found += [
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_home"),
        reverse("item_papers", args=[item.pk]),
    ]
    found += [
        reverse("desk", args=[meeting.pk]),
        reverse("desk_item", args=[meeting.pk, item.pk]),
        reverse("running_order", args=[meeting.pk]),
    ]
    return [*found, reverse("meeting_room", args=[meeting.pk]), reverse("report", args=["private-business"])]


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.AUTHOR, Role.AUDITOR])
def test_no_other_page_shows_a_word_of_it(
    board: BoardPage, clerk: User, part: RestrictedPart, role: Role | None, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    motion = draft_exclusion(part=part, by=clerk)
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(somebody("visitor", board, role))
    addresses = everywhere(AgendaItemPage.objects.get(pk=part.item_id), motion.pk)
    answered = 0
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert answer.status_code < 500, address
        searched = "q=" in address
        # A page of results says again what was looked for.
        assert content.decode(errors="replace").replace(CANARY, "", 9 if searched else 0).count(f"{CANARY} ") == 0, address
        answered += answer.status_code == 200
    assert answered >= (7 if role is None else 9)
    assert not any(f"{CANARY} " in record.getMessage() for record in caplog.records if "q=" not in record.getMessage())


def test_no_other_table_holds_a_word_of_it(part: RestrictedPart, clerk: User) -> None:
    read_part(part=part, by=clerk)
    read_restricted_paper(paper=RestrictedPaper.objects.checked().get(), which="copy", by=clerk).rest.close()
    draft_exclusion(part=part, by=clerk)
    continue_restriction(part=part, reason="Not signed.", review_on=REVIEW, by=clerk)
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    columns = [
        (model._meta.db_table, field.column) for model in apps.get_models() for field in model._meta.local_concrete_fields
    ]
    assert len(columns) > 400
    as_text = "TEXT" if connection.vendor == "sqlite" else "text"
    with connection.cursor() as cursor:
        for table, column in columns:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}" WHERE CAST("{column}" AS {as_text}) LIKE %s', [f"%{CANARY}%"])  # noqa: S608
            assert cursor.fetchone()[0] == 0, (table, column)
    assert not ReferenceIndex.model_is_indexable(RestrictedPart)
    assert files_saying(CANARY) == []
    assert not any(CANARY in f"{letter.subject} {letter.body}" for letter in mail.outbox)


def test_no_pack_is_planned_with_a_word_of_it(part: RestrictedPart) -> None:
    for audience in PackAudience:
        pack = Pack(meeting=part.item.meeting, kind=PackKind.AGENDA, audience=audience, version=1)
        assert CANARY not in repr(gather(pack, timezone.now()))


def test_the_search_of_everything_finds_what_is_planted(part: RestrictedPart, clerk: User) -> None:
    continue_restriction(part=part, reason=f"{CANARY} is not signed.", review_on=REVIEW, by=clerk)
    with pytest.raises(AssertionError, match="minutes_restrictionreview"):
        test_no_other_table_holds_a_word_of_it(part, clerk)
    leak = building.make_item(part.item.meeting, clerk, title=f"{CANARY} leaks")
    assert leak.live
    with pytest.raises(AssertionError):
        test_no_pack_is_planned_with_a_word_of_it(part)


def test_nothing_but_its_doors_knows_the_rows_and_few_operations_open_them() -> None:
    known, opening, files = set(), set(), set()
    for app in ("config", "governance", "minutes", "home"):
        for file in Path(settings.ROOT, "site" if app == "config" else "", app).rglob("*.py"):
            name, text = str(file.relative_to(settings.ROOT)), file.read_text()
            if "migrations" in file.parts:
                continue
            if KNOWS.search(text):
                known.add(name)
            if "part.words()" in text or ("unseal(" in text and name != "governance/sealing.py"):
                opening.add(name)
            if ".blocks(" in text and name != "home/restricted.py":
                files.add(name)
    assert known == DOORS
    assert (
        opening
        - {f"minutes/models/{name}.py" for name in ("closed_confirming", "restricted", "restricted_papers", "sealed_packs")}
        == OPENING
    )
    assert files == FILES
