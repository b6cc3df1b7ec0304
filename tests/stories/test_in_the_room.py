"""Stories of a clerk: an inquorate meeting, a lost motion and a vote by name, each from the room to its public page."""

from datetime import date

from django.test import Client

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, Membership, Person, User
from minutes.enums import MeetingStatus, MotionOutcome, Presence
from minutes.models import AgendaItemPage, DeclaredInterest, MeetingPage, MinutePage, NamedVote, ResolutionPage
from minutes.operations.attendance import set_presence
from minutes.operations.deciding import publish_decisions
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import publish_minutes
from minutes.operations.ratifying import send_for_ratification
from minutes.room import room_now
from tests import building
from tests.kept import kept

NAMES = ("Ada Lee", "Ben Rao", "Cat Hill", "Dan Moss")


def make_meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A board of four that needs three, with a public agenda of one item, on its day."""
    BoardPage.objects.filter(pk=board.pk).update(quorum=3)
    for name in NAMES:
        Membership.objects.create(person=Person.objects.create(name=name), board=board, from_date=date(2026, 5, 1))
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, "Winter visits", purpose="decision")
    return publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """The agenda is public; nobody is recorded yet."""
    return kept("story meeting", lambda: make_meeting(board, clerk))


def the_item() -> AgendaItemPage:
    """The one item."""
    return AgendaItemPage.objects.get(carried_from=None)


def record(meeting: MeetingPage, clerk: User, **presences: str) -> None:
    """Record the members by their first names, the first of them in the chair."""
    for number, (first_name, presence) in enumerate(presences.items()):
        person = Person.objects.get(name__startswith=first_name)
        set_presence(meeting=meeting, person=person, presence=presence, presided=number == 0, by=clerk)


def read(page: object) -> str:
    """A public page as a resident reads it, on one line."""
    return " ".join(Client().get(page.get_url()).content.decode().split())  # type: ignore[attr-defined]


def test_an_inquorate_meeting_leaves_notes_and_its_item_is_ratified_later(meeting: MeetingPage, clerk: User) -> None:
    # Two of four came. The clerk sees at once that three are needed.
    record(meeting, clerk, Ada=Presence.PRESENT, Ben=Presence.PRESENT, Cat=Presence.APOLOGIES, Dan=Presence.ABSENT)
    assert room_now(meeting).sentence == "There is no quorum: 2 voting members are present, 3 are needed."
    set_status(meeting=meeting, status=MeetingStatus.INQUORATE, reason="Two members were ill.", by=clerk)
    # A resolution had been prepared. It cannot be published, and the refusal says what to do instead.
    building.make_minute(the_item(), clerk, publish=False, text="<p>Those present recommended more visits.</p>")
    building.make_resolution(the_item(), clerk, publish=False)
    held = MeetingPage.objects.get()
    with pytest.raises(Refused, match=r"has notes and no resolutions.*sent there to be ratified"):
        publish_decisions(meeting=held, by=clerk)
    # The notes go out, the resolution stays where it was.
    publish_minutes(meeting=held, by=clerk)
    assert not ResolutionPage.objects.live().exists()
    # The item goes to the next meeting, and nobody can send it there twice.
    later = building.make_meeting(held.board, clerk, building.london(2026, 12, 3, 14))
    asked = {"item": the_item(), "meeting": later, "recommended": "That there be more visits in winter.", "by": clerk}
    send_for_ratification(**asked)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="on the agenda of that meeting already"):
        send_for_ratification(**asked)  # type: ignore[arg-type]
    publish_agenda(meeting=later, by=clerk)
    # What the public reads, at both ends.
    notes = read(MinutePage.objects.get())
    assert "The meeting had no quorum, so these are notes and nothing was decided." in notes
    ratified = AgendaItemPage.objects.exclude(carried_from=None).get()
    assert f'It was taken to a later meeting: <a href="{ratified.get_url()}">' in notes
    assert "for this item. The Board is asked to ratify what those present recommended." in read(ratified)
    assert "That there be more visits in winter." in read(ratified)


def test_a_lost_motion_is_minuted_and_adopted_by_nobody(meeting: MeetingPage, clerk: User) -> None:
    record(meeting, clerk, Ada=Presence.PRESENT, Ben=Presence.PRESENT, Cat=Presence.PRESENT, Dan=Presence.APOLOGIES)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    minute = building.make_minute(
        the_item(), clerk, publish=False, mover="Ben Rao", manner="show_of_hands", votes_for=1, votes_against=3, abstentions=0
    )
    building.make_resolution(the_item(), clerk, publish=False, outcome=MotionOutcome.LOST, text="That visits end.")
    # Four votes of three members: the clerk has miscounted, and nothing is published until that is put right.
    with pytest.raises(Refused, match="4 votes were counted, but 3 members with a vote were present at this item"):
        publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert not MinutePage.objects.live().exists()
    minute = MinutePage.objects.get()
    minute.votes_against = 2
    minute.save()
    minute.save_revision(user=clerk)
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    lost = ResolutionPage.objects.get()
    assert (lost.live, lost.adopted_at) == (True, None)
    shown = read(MinutePage.objects.get())
    assert "Moved by Ben Rao. On a show of hands. 1 for, 2 against, 0 abstained." in shown
    assert "That visits end.</a> <b>Lost.</b>" in shown


def test_a_vote_by_name_without_the_member_who_withdrew(meeting: MeetingPage, clerk: User) -> None:
    record(meeting, clerk, **dict.fromkeys(("Ada", "Ben", "Cat", "Dan"), Presence.PRESENT))
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    minute = building.make_minute(the_item(), clerk, publish=False, manner="named", votes_for=2, votes_against=1, abstentions=1)
    cast = dict(zip(NAMES, ("for", "for", "against", "abstain"), strict=True))
    minute.votes = [NamedVote(name=name, cast=how) for name, how in cast.items()]
    minute.interests = [
        DeclaredInterest(name="Dan Moss", category="Indirect interest", declared="late", sensitive=True, what_they_did="left")
    ]
    minute.save()
    minute.save_revision(user=clerk)
    # Dan left the room. His abstention cannot stand.
    with pytest.raises(Refused, match="Dan Moss left because of an interest in this item, so cannot have voted"):
        publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    minute.votes = [NamedVote(name=name, cast=how) for name, how in cast.items() if name != "Dan Moss"]
    minute.abstentions = 0
    minute.save()
    minute.save_revision(user=clerk)
    building.make_resolution(the_item(), clerk, publish=False)
    publish_minutes(meeting=MeetingPage.objects.get(), by=clerk)
    assert ResolutionPage.objects.get().adopted_at is not None
    shown = read(MinutePage.objects.get())
    assert "Dan Moss declared a sensitive interest (Indirect interest) after the item had begun." in shown
    assert "Dan Moss left the meeting while the item was considered, and took no part in the vote." in shown
    assert "2 for, 1 against, 0 abstained" in shown
    assert "How each member voted" in shown
    assert "Ada Lee, in the chair" in read(MeetingPage.objects.get())


def test_a_meeting_that_loses_its_quorum_decides_only_what_came_before(meeting: MeetingPage, clerk: User) -> None:
    second = building.make_item(meeting, clerk, "Transport")
    record(meeting, clerk, Ada=Presence.PRESENT, Ben=Presence.PRESENT, Cat=Presence.PRESENT)
    leaves = meeting.attendances.get(name="Cat Hill")
    set_presence(meeting=meeting, line=leaves, presence=Presence.PRESENT, left_item=the_item_called("Winter visits"), by=clerk)
    set_status(meeting=meeting, status=MeetingStatus.HELD, by=clerk)
    building.make_resolution(the_item_called("Winter visits"), clerk)
    with pytest.raises(Refused, match=r"The board could not decide “Transport”. There is no quorum: 2 voting members"):
        building.make_resolution(second, clerk)
    assert ResolutionPage.objects.live().count() == 1
    # The public resolution stands, so the meeting as a whole cannot be called inquorate any more.
    with pytest.raises(Refused, match="A meeting without a quorum has no resolutions"):
        set_status(meeting=MeetingPage.objects.get(), status=MeetingStatus.INQUORATE, reason="Cat left.", by=clerk)


def the_item_called(title: str) -> AgendaItemPage:
    """One of several."""
    return AgendaItemPage.objects.get(title=title)
