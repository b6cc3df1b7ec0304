"""Emergency withdrawal as it is made: from the admin's page of a thing, with one confirmation, out of every channel the public has."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import Delivery, LedgerEntry, User
from governance.operations.ledger import content_digest
from governance.operations.mail import queue_mail
from governance.operations.publishing import publish_record
from minutes import emergencies
from minutes.emergencies import Channel, Choice, EmergencyTarget
from minutes.enums import PackAudience, PackKind, PackState, PaperState
from minutes.models import EmergencyWithdrawal, MeetingPage, Pack, Paper, PaperFile
from minutes.operations.emergency import choices_of, look_again, put_back_pages, withdraw_at_once
from minutes.operations.minuting import confirm_minutes
from minutes.operations.papers import list_paper, publish_papers
from tests import building
from tests.kept import kept
from tests.minutes.record_stage import Stage, make_stage
from tests.minutes.restricted_stage import somebody

pytestmark = pytest.mark.django_db
SECRET = "Wombats of Ashmere"
"""What must not be public: the title of the item, and that of its paper."""
REASON = "It was published by mistake."


@dataclass
class Leak:
    """A confirmed meeting whose item, paper and packs must not be public."""

    stage: Stage
    paper: Paper
    packs: list[Pack]

    @property
    def item(self) -> Choice:
        """The item, to be taken out."""
        return Choice(EmergencyTarget.ITEM, self.stage.item)


def make_leak(clerk: User) -> Leak:
    """An adopted resolution, a confirmed minute, a paper with its file, packs for the public and for members, mail that waits."""
    stage = make_stage(clerk)
    paper = list_paper(item=stage.item, title=f"{SECRET}: prices", kind="report", by=clerk, state=PaperState.CHECKED)
    publish_papers(papers=[paper], by=clerk, at=timezone.now())
    file = PaperFile(
        paper=paper, version=1, original_name="a.pdf", original_sha256="0" * 64, copy_sha256="1" * 64, bytes=9, pages=1
    )
    file.uploaded_at = file.published_at = timezone.now()
    file.original.save("a.pdf", ContentFile(b"%PDF-1.7 original"), save=False)
    file.copy.save("a.pdf", ContentFile(b"%PDF-1.7\n"), save=False)
    file.save()
    # A slip of the printed title is put right before the minutes are confirmed.
    Page.objects.filter(pk=stage.item.pk).update(title=SECRET, draft_title=SECRET)
    confirm_minutes(meeting=stage.meeting, by=clerk)
    made = timezone.now()
    packs = []
    for audience in (PackAudience.PUBLIC, PackAudience.MEMBERS):
        slug = f"hwb-2026-09-10-agenda-{audience}-v1"
        row: dict[str, Any] = {"version": 1, "state": PackState.ISSUED, "sha512": f"{len(slug):0128x}", "bytes": 9, "pages": 1}
        row |= {"reference": slug.upper(), "slug": slug, "asked_at": made, "issued_at": made, "audience": audience}
        pack = Pack(meeting=stage.meeting, kind=PackKind.AGENDA, **row)
        pack.file.save(f"{slug}.pdf", ContentFile(b"%PDF-1.7\n"), save=False)
        pack.save()
        packs.append(pack)
    queue_mail(key="news", to="a@example.org", subject=SECRET, text=SECRET, kind="alert", about=stage.meeting)
    return Leak(stage, Paper.objects.get(pk=paper.pk), packs)


@pytest.fixture
def leak(clerk: User) -> Leak:
    """Made once for a run."""
    return kept("leak", lambda: make_leak(clerk))


def channels(row: EmergencyWithdrawal) -> dict[str, list[str]]:
    """What is left in each."""
    return {channel.channel: channel.left for channel in row.channels.all()}


def test_an_item_goes_out_of_every_channel_in_one_confirmed_step(
    leak: Leak, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    stage, public, admin = leak.stage, Client(), Client()
    admin.force_login(clerk)
    addresses = [stage.item.get_url(), stage.minute.get_url(), stage.resolution.get_url(), f"/papers/{leak.paper.slug}/"]
    addresses += [f"/packs/{leak.packs[0].slug}/", f"/papers/{leak.paper.slug}/1/"]
    assert {public.get(address).status_code for address in addresses} == {200}
    # One click from its page in the admin leads to the question, with the item chosen; so does one from the meeting.
    for page in (stage.item, stage.minute, stage.meeting):
        shown = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert reverse("emergency_of_page", args=[page.pk]) in shown
    asked = admin.get(reverse("emergency_of_page", args=[stage.minute.pk]), follow=True)
    address = reverse("emergency_withdrawal", args=[stage.meeting.pk])
    form = {"what": leak.item.value, "reason": REASON}
    assert f'value="{leak.item.value}"' in asked.content.decode() and asked.request["PATH_INFO"] == address
    assert admin.post(address, {**form, "reason": " "}).status_code == 400
    confirm = admin.post(address, form).content.decode()
    assert "Take it out now" in confirm and REASON in confirm and not EmergencyWithdrawal.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        told = admin.post(address, {**form, "confirmed": "yes"})
    row = EmergencyWithdrawal.objects.get()
    assert channels(row) == {channel.value: [] for channel in Channel}
    assert row.seconds is not None and 0 < row.seconds < 60
    for gone in addresses:
        answer = public.get(gone)
        assert (answer.status_code, REASON in answer.content.decode(), SECRET in answer.content.decode()) == (
            410,
            True,
            False,
        ), gone
    report = admin.get(told["Location"]).content.decode()
    assert "Out of every channel" in report and "3 pages were withdrawn." in report and "1 mail was stopped." in report
    assert "2 packs were withdrawn." in report and "Whoever saved a page or a file has it still" in report
    assert Delivery.objects.get(key="news").next_try_at is None and Delivery.objects.get(key="news").text == ""
    assert public.get(stage.meeting.get_url()).status_code == 200
    for listing in (stage.meeting.get_url(), "/", "/sitemap.xml", "/feeds/hwb/", "/calendars/hwb.ics", "/search/?q=Ashmere"):
        assert SECRET not in public.get(listing).content.decode(), listing
    notes = list(LedgerEntry.objects.filter(page=stage.item.pk).order_by("-pk").values_list("note", flat=True)[:2])
    assert notes[0].startswith("Out of every channel") and notes[1].endswith(REASON)
    # What the records hold is kept, and no channel finds it again when everything is indexed anew.
    assert stage.fresh().confirmed_at and Page.objects.get(pk=stage.item.pk).title == SECRET
    assert look_again() == 0


def test_it_comes_back_by_another_person_alone_just_as_it_was(leak: Leak, clerk: User) -> None:
    stage, other = leak.stage, building.make_user("other")
    keys = [page.pk for page in (stage.item, stage.minute, stage.resolution)]
    before = {pk: content_digest(Page.objects.get(pk=pk).specific) for pk in keys}
    whole = Choice(EmergencyTarget.MEETING, stage.meeting)
    row = withdraw_at_once(choice=whole, by=clerk, reason=REASON)
    item = type(stage.item).objects.get(pk=stage.item.pk)
    with pytest.raises(Refused, match="taken out in an emergency"):
        publish_record(page=item.get_latest_revision_as_object(), by=other)
    with pytest.raises(Refused, match="Somebody else has to look"):
        put_back_pages(emergency=row, by=clerk)
    admin = Client()
    admin.force_login(other)
    assert stage.item.get_admin_display_title() in admin.get(reverse("put_back", args=[row.pk])).content.decode()
    admin.post(reverse("put_back", args=[row.pk]))
    row.refresh_from_db()
    assert row.put_back_by == other
    assert {pk: content_digest(Page.objects.get(pk=pk).specific) for pk in before} == before
    for page in (stage.meeting, stage.item, stage.minute, stage.resolution):
        assert Client().get(page.get_url()).status_code == 200
    assert Client().get(f"/papers/{leak.paper.slug}/").status_code == 200
    assert stage.fresh().confirmed_at and MeetingPage.objects.get(pk=stage.meeting.pk).is_confirmed
    with pytest.raises(Refused, match="put back already"):
        put_back_pages(emergency=row, by=other)
    packs = EmergencyWithdrawal.objects.create(
        target="pack", meeting=stage.meeting, pack=leak.packs[0], reason=REASON, pressed_at=timezone.now(), taken={"pages": []}
    )
    with pytest.raises(Refused, match="No page was taken out"):
        put_back_pages(emergency=packs, by=other)
    with pytest.raises(DatabaseError), transaction.atomic():
        EmergencyWithdrawal.objects.filter(pk=row.pk).update(reason="Another")


@pytest.mark.parametrize("target", ["meeting", "paper", "pack"])
def test_a_meeting_a_paper_and_a_pack_go_too(
    leak: Leak, clerk: User, target: str, django_capture_on_commit_callbacks: Any
) -> None:
    stage, public = leak.stage, Client()
    records = {"meeting": stage.meeting, "paper": leak.paper, "pack": leak.packs[0]}
    choice = Choice(EmergencyTarget(target), records[target])
    assert choice.value in {one.value for one in choices_of(stage.meeting)}
    with django_capture_on_commit_callbacks(execute=True):
        row = withdraw_at_once(choice=choice, by=clerk, reason=REASON)
    row = EmergencyWithdrawal.objects.get(pk=row.pk)
    assert channels(row) == {channel.value: [] for channel in Channel} and row.ended_at
    paper = public.get(f"/papers/{leak.paper.slug}/")
    gone = {
        "meeting": public.get(stage.meeting.get_url()).status_code,
        "paper": paper.status_code,
        "pack": public.get(f"/packs/{leak.packs[0].slug}/").status_code,
    }
    assert gone["pack"] == 410 and gone[target] == 410
    assert (gone["meeting"], gone["paper"]) == {"meeting": (410, 410), "paper": (200, 410), "pack": (200, 200)}[target]
    if target != "pack":
        assert SECRET not in paper.content.decode() and REASON in paper.content.decode()
    with pytest.raises(Refused, match="nothing to take out"):
        record = type(choice.record).objects.get(pk=choice.record.pk)
        withdraw_at_once(choice=Choice(choice.target, record), by=clerk, reason=REASON)


def test_what_fails_in_one_channel_stops_no_other_and_is_named(
    leak: Leak, clerk: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def broken(*args: Any, **kwargs: Any) -> str:
        raise RuntimeError("The store does not answer.")

    packs = emergencies.takers[Channel.PACKS]
    monkeypatch.setitem(emergencies.takers, Channel.PACKS, broken)
    monkeypatch.setattr(UnpublishPageAction, "execute", broken)
    with django_capture_on_commit_callbacks(execute=True):
        row = withdraw_at_once(choice=leak.item, by=clerk, reason=REASON)
    row = EmergencyWithdrawal.objects.get(pk=row.pk)
    left = channels(row)
    assert row.ended_at is None and "The store does not answer." in left[Channel.PACKS]
    assert any(leak.packs[0].slug in words for words in left[Channel.PACKS])
    assert left[Channel.PAGES] == [] and Client().get(leak.stage.item.get_url()).status_code == 410
    assert "are shut all the same" in row.channels.get(channel=Channel.PAGES).did
    # The worker tries again what failed, and looks again.
    monkeypatch.setitem(emergencies.takers, Channel.PACKS, packs)
    assert look_again() == 1 and EmergencyWithdrawal.objects.get(pk=row.pk).ended_at
    assert Client().get(f"/packs/{leak.packs[0].slug}/").status_code == 410
    # A channel at which nobody looks is never said to be empty.
    monkeypatch.delitem(emergencies.lookers, Channel.SITEMAP)
    pack = Choice(EmergencyTarget.MEETING, MeetingPage.objects.get(pk=leak.stage.meeting.pk))
    with django_capture_on_commit_callbacks(execute=True):
        row = withdraw_at_once(choice=pack, by=clerk, reason=REASON)
    assert EmergencyWithdrawal.objects.get(pk=row.pk).ended_at is None
    admin = Client()
    admin.force_login(clerk)
    assert "Nobody looks at this channel" in admin.get(reverse("emergency", args=[row.pk])).content.decode()
    assert admin.post(reverse("emergency", args=[row.pk]), follow=True).status_code == 200


def test_only_those_who_publish_for_the_board_take_out(leak: Leak, clerk: User) -> None:
    board, meeting = leak.stage.board, leak.stage.meeting
    row = withdraw_at_once(choice=Choice(EmergencyTarget.PACK, leak.packs[0]), by=clerk, reason=REASON)
    with pytest.raises(Refused, match="Give the reason"):
        withdraw_at_once(choice=leak.item, by=clerk, reason=" ")
    form = {"what": leak.item.value, "reason": REASON, "confirmed": "yes"}
    may = {}
    for role in (Role.EDITOR, Role.APPROVER, Role.AUTHOR, Role.PARTNER, Role.MEMBER, Role.AUDITOR):
        client = Client()
        client.force_login(somebody(role.value, board, role))
        address = reverse("emergency_withdrawal", args=[meeting.pk])
        answers = {client.get(address).status_code, client.get(reverse("emergency", args=[row.pk])).status_code}
        if answers != {200}:
            answers |= {client.post(address, form).status_code}
        may[role] = answers == {200}
    assert may == {role: role in {Role.EDITOR, Role.APPROVER} for role in may}
    assert EmergencyWithdrawal.objects.count() == 1


def test_as_many_questions_for_many_things_as_for_few(leak: Leak, clerk: User, django_assert_max_num_queries: Any) -> None:
    admin = Client()
    admin.force_login(clerk)
    with django_assert_max_num_queries(40):
        admin.get(reverse("emergency_withdrawal", args=[leak.stage.meeting.pk]))
    for number in range(4):
        Paper.objects.create(
            item=leak.stage.item,
            title=f"Paper {number}",
            state=PaperState.PUBLISHED,
            slug=f"p-{number}",
            reference=f"P{number}",
        )
    with django_assert_max_num_queries(40):
        admin.get(reverse("emergency_withdrawal", args=[leak.stage.meeting.pk]))
