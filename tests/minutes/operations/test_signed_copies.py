"""The signed copy of minutes: checked, public by its own step, beside the minutes and in no agenda."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import User
from governance.operations.roles import give_role
from minutes.enums import PaperKind, PaperState
from minutes.models import MeetingPage, Paper, PaperFile
from minutes.operations.checking import check_file
from minutes.operations.minuting import confirm_minutes
from minutes.operations.papers import withdraw_paper
from minutes.operations.signed_copies import attach_signed_copy, publish_signed_copy, signed_copy_of
from tests import building
from tests.minutes.paper_stage import upload
from tests.minutes.papers import samples
from tests.minutes.record_stage import Stage, kept_stage

pytestmark = pytest.mark.django_db
MAY = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})


@pytest.fixture
def stage(clerk: User) -> Stage:
    """Draft minutes, and the meeting after."""
    return kept_stage(clerk)


def confirmed(stage: Stage) -> MeetingPage:
    """The meeting, its minutes confirmed."""
    confirm_minutes(meeting=stage.meeting, by=stage.clerk, at_meeting=stage.following)
    return MeetingPage.objects.get(pk=stage.meeting.pk)


def test_a_scan_is_attached_checked_published_and_read_beside_the_minutes(stage: Stage) -> None:
    with pytest.raises(Refused, match="not confirmed yet"):
        attach_signed_copy(meeting=stage.meeting, upload=upload(), by=stage.clerk)
    meeting = confirmed(stage)
    with pytest.raises(Refused, match="No signed copy"):
        publish_signed_copy(meeting=meeting, by=stage.clerk)
    client = Client()
    client.force_login(stage.clerk)
    where = reverse("attach_signed_copy", args=[meeting.pk])
    assert 'enctype="multipart/form-data"' in client.get(where).content.decode()
    assert client.post(where, {"file": SimpleUploadedFile("scan.pdf", b"no PDF")}).status_code == 409
    assert not PaperFile.objects.exists()
    assert client.post(where, {"file": SimpleUploadedFile("scan.pdf", samples.pdf())}).status_code == 302
    with pytest.raises(Refused, match="not checked yet"):
        publish_signed_copy(meeting=meeting, by=stage.clerk)
    check_file(file=PaperFile.objects.get().pk)
    assert "Signed minutes" not in Client().get(meeting.get_url()).content.decode()
    assert client.post(reverse("publish_signed_copy", args=[meeting.pk])).status_code == 302
    paper = Paper.objects.get()
    shown = Client().get(meeting.get_url()).content.decode()
    assert "The record is the minutes on these pages." in shown
    assert reverse("paper", args=[paper.slug]) in shown
    assert Client().get(reverse("paper", args=[paper.slug])).status_code == 200
    assert (paper.kind, list(Paper.objects.public())) == (PaperKind.SIGNED, [])
    assert paper.title not in Client().get(stage.item.get_url()).content.decode()
    for again in (publish_signed_copy, lambda **given: attach_signed_copy(upload=upload(), **given)):
        with pytest.raises(Refused, match="public"):
            again(meeting=meeting, by=stage.clerk)
    withdraw_paper(paper=paper, by=stage.clerk, reason="A page was missing.")
    assert signed_copy_of(meeting) is None


def test_only_confirmed_minutes_have_a_signed_copy(stage: Stage) -> None:
    paper = Paper(item=stage.confirming, title="Signed", kind=PaperKind.SIGNED, state=PaperState.TO_FOLLOW)
    with pytest.raises(Exception, match="Only confirmed minutes"):
        paper.full_clean()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_attaches_only_where_it_publishes(stage: Stage, role: Role) -> None:
    user = building.make_user(f"a {role.value}", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, stage.board))
    client = Client()
    client.force_login(user)
    for name in ("attach_signed_copy", "publish_signed_copy"):
        address = reverse(name, args=[stage.meeting.pk])
        assert (client.get(address).status_code == 200) is (role in MAY), name
        if role not in MAY:
            assert client.post(address, {"file": SimpleUploadedFile("scan.pdf", samples.pdf())}).status_code in {302, 403}
    assert not Paper.objects.exists()
