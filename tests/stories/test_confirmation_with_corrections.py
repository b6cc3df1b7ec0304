"""The minutes of September are confirmed in October, with a correction; the clerk does each step in the admin."""

import subprocess
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.models import Membership, Person, User
from governance.operations.roles import give_role
from minutes.models import DraftComment, MeetingPage, MinutePage, Pack
from minutes.operations.packing import build_pack
from tests import building
from tests.minutes.record_stage import Stage, kept_stage

pytestmark = pytest.mark.django_db


class Story:
    """The clerk at the desk, the chair at home and a resident on the site."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.clerk, self.chair, self.resident = Client(), Client(), Client()
        editor = building.make_user("editor", is_superuser=False, is_staff=False)
        give_role(user=editor, role=Role.EDITOR, board=stage.board)
        person = Person.objects.create(name="Siân Ŵyn", title="Councillor")
        since = timezone.localdate() - timedelta(days=30)
        Membership.objects.create(board=stage.board, person=person, role="chair", from_date=since)
        self.clerk.force_login(editor)
        self.chair.force_login(building.make_user("chair", is_superuser=False, is_staff=False, person=person))
        self.chair_person = person

    def clerk_does(self, step: str, key: int, **answers: Any) -> None:
        """The clerk opens a page of the admin, fills it in and presses its button."""
        address = reverse(step, args=[key])
        assert self.clerk.get(address).status_code == 200
        done = self.clerk.post(address, answers)
        assert done.status_code == 302, done.content.decode()

    def resident_reads(self, record: Any, more: str = "") -> str:
        """What anybody reads on a page."""
        return self.resident.get(f"{record.get_url()}{more}").content.decode()


@pytest.fixture
def story(clerk: User) -> Story:
    """September's draft minutes are public; October's meeting has been held."""
    return Story(kept_stage(clerk))


def printed(pack: Pack) -> str:
    """What stands in the file of a pack, as it is read aloud."""
    with pack.file.open("rb") as stored:
        return subprocess.run(["pdftotext", "-", "-"], input=stored.read(), capture_output=True, check=True).stdout.decode()


def test_confirmation_with_corrections(story: Story, look: None) -> None:
    stage, september = story.stage, story.stage.meeting

    # The draft says that ten people spoke, and is marked as a draft.
    assert "DRAFT" in story.resident_reads(stage.minute)

    # The clerk sends it to the chair, who sees that it was twelve and says so. No resident reads that.
    story.clerk_does("send_draft", september.pk, readers=[story.chair_person.pk], note="Before October, please.")
    draft = reverse("draft_minutes", args=[september.pk])
    assert story.resident.get(draft).status_code == 302
    assert "DRAFT, not public" in story.chair.get(draft).content.decode()
    assert story.chair.post(draft, {"minute": stage.minute.pk, "text": "Twelve people spoke."}).status_code == 302
    assert "Twelve people spoke." not in story.resident_reads(stage.minute)

    # The board is to resolve it: the clerk leaves the draft as it is and says why.
    comment = DraftComment.objects.get()
    story.clerk_does("settle_comment", comment.pk, settled="left", words="The board resolves it in October.")
    assert "The board resolves it in October." in story.chair.get(draft).content.decode()

    # In October the board confirms the minutes with that correction. The clerk copies the old words wrongly at first.
    confirm: dict[str, Any] = {"at_meeting": stage.following.pk, "item": stage.confirming.pk, "how": "corrected", "rows": 2}
    confirm |= {"presided_by": "Councillor Siân Ŵyn", "signed_on": "2026-10-08", "new_0": "Twelve people"}
    told = story.clerk.post(reverse("confirm_minutes", args=[september.pk]), {**confirm, "old_0": "Eleven people"})
    assert "“Eleven people” is not in the minutes" in told.content.decode()
    story.clerk_does("confirm_minutes", september.pk, **confirm, old_0="Ten people")

    # The resident reads the new words, what was corrected, where it was confirmed and who signed; and the draft as it was.
    minute = MinutePage.objects.get(pk=stage.minute.pk)
    shown = story.resident_reads(minute)
    for words in (
        "Twelve people spoke of",
        "<del>Ten people</del>",
        "Signed by Councillor Siân Ŵyn",
        stage.confirming.get_url(),
    ):
        assert words in shown
    assert "Ten people spoke of" in story.resident_reads(minute, "as-drafted/")
    assert "Here the board confirmed the minutes of" in story.resident_reads(stage.confirming)
    assert story.chair.get(draft).status_code == 404

    # The copy to be signed is built: it has a place for the signature, and for initials on each page.
    pack = build_pack(pack=Pack.objects.get(meeting=september).pk)
    assert pack is not None and pack.state == "issued", pack and pack.failure
    paper = " ".join(printed(pack).split())
    for words in ("Twelve people spoke", "“Ten people” became “Twelve people”", "Signed as a correct record", "Initials:"):
        assert words in paper

    # In November somebody notices a wrong name. What was confirmed stays; what is read shows both.
    story.clerk_does("record_correction", minute.pk, old_words="Dr Lee will", new_words="Dr Leigh will", reason="A wrong name.")
    assert "<del>Dr Lee will</del> <ins>Dr Leigh will</ins> write to them." in story.resident_reads(minute)
    assert "<p>Dr Lee will write to them.</p>" in story.resident_reads(minute, "as-confirmed/")
    assert MeetingPage.objects.get(pk=september.pk).is_confirmed
