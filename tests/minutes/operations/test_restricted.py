"""Parts that are not for publication: written, decided about, continued and released."""

from datetime import date
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

import pytest
from cryptography.fernet import Fernet

from governance.check_records import digest
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from governance.sealing import CannotOpen
from minutes.enums import MotionOutcome
from minutes.models import (
    AgendaItemPage,
    MeetingPage,
    ReleaseProposal,
    RestrictedPart,
    RestrictedReading,
    RestrictedRelease,
    RestrictedWords,
    RestrictionReview,
)
from minutes.operations.releasing import (
    continue_restriction,
    propose_release,
    publish_summary,
    release_proposed,
    return_release,
)
from minutes.operations.restricted import draft_exclusion, read_part, write_part
from minutes.operations.restricted_keys import rotate_keys
from minutes.restriction import Exclusion
from tests import building
from tests.kept import kept
from tests.minutes.restricted_stage import (
    CANARY,
    REVIEW,
    WORDS,
    confidential,
    ground,
    make_part,
    make_private_item,
    publish_by_another,
    release,
    restriction,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(board: BoardPage, clerk: User) -> AgendaItemPage:
    """An item taken in private."""
    return kept("private item", lambda: make_private_item(board, clerk))


@pytest.fixture
def part(item: AgendaItemPage, clerk: User) -> RestrictedPart:
    """Its part."""
    return make_part(item, clerk)


def test_a_part_is_sealed_read_and_its_reading_noted(part: RestrictedPart, clerk: User, item: AgendaItemPage) -> None:
    assert CANARY not in part.sealed
    assert CANARY not in repr(WORDS) + str(part)
    assert str(part) == f"Part not for publication, {item.reference}"
    assert read_part(part=part, by=clerk) == WORDS
    assert [(row.part, row.by) for row in RestrictedReading.objects.all()] == [(part, clerk)]
    last = LedgerEntry.objects.first()
    assert last is not None
    assert (last.event, last.note) == ("restricted", "Part not for publication, version 1")


@pytest.mark.parametrize(
    ("changed", "words", "why"),
    [
        ({"grounds": []}, WORDS, "Choose the ground"),
        ({"public_interest": " "}, WORDS, "public interest"),
        ({"decided_by": ""}, WORDS, "who decided"),
        ({"review_on": date(2020, 1, 1)}, WORDS, "a day to come"),
        ({"public_summary": " "}, WORDS, "public summary"),
    ],
)
def test_a_restriction_says_why_by_whom_and_until_when(
    item: AgendaItemPage, clerk: User, changed: dict[str, Any], words: RestrictedWords, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        write_part(item=item, words=words, restriction=restriction(**changed), seen=0, by=clerk)
    assert not RestrictedPart.objects.exists()


def test_the_item_says_its_ground_first(board: BoardPage, clerk: User) -> None:
    item = building.make_item(building.make_meeting(board, clerk), clerk, publish=False)
    with pytest.raises(Refused, match="ground"):
        make_part(item, clerk)


def test_confidential_information_needs_no_test_of_the_public_interest_and_no_motion(item: AgendaItemPage, clerk: User) -> None:
    part = make_part(item, clerk, grounds=[confidential()], public_interest="")
    assert part.exclusion == Exclusion.COMPULSORY
    with pytest.raises(Refused, match="needs no motion"):
        draft_exclusion(part=part, by=clerk)


def test_with_a_public_minute_no_summary_is_needed(item: AgendaItemPage, clerk: User) -> None:
    publish_by_another(building.make_minute(item, clerk, publish=False))
    assert make_part(item, clerk, public_summary="").version == 1


def test_nobody_writes_over_what_they_have_not_seen(part: RestrictedPart, clerk: User, item: AgendaItemPage) -> None:
    again = make_part(item, clerk, words=RestrictedWords(text="Other"))
    assert (again.pk, again.version) == (part.pk, 2)
    with pytest.raises(Refused, match="Somebody else wrote"):
        write_part(item=item, words=WORDS, restriction=restriction(), seen=1, by=clerk)
    assert RestrictedPart.objects.get().words().text == "Other"


def test_a_closed_minute_is_final_once_the_minutes_are_confirmed(
    part: RestrictedPart, clerk: User, item: AgendaItemPage
) -> None:
    MeetingPage.objects.update(status="confirmed")
    with pytest.raises(Refused, match="confirmed"):
        make_part(AgendaItemPage.objects.get(pk=item.pk), clerk)


def test_the_motion_is_drafted_once_with_its_paragraphs_and_decided_like_any_other(item: AgendaItemPage, clerk: User) -> None:
    part = make_part(item, clerk, grounds=[ground(1), ground(3)])
    assert part.exclusion == Exclusion.NOT_MOVED
    motion = draft_exclusion(part=part, by=clerk)
    assert "Paragraph 1, Schedule 12A and Paragraph 3, Schedule 12A" in motion.text
    assert CANARY not in motion.text
    assert not motion.live
    part = RestrictedPart.objects.get()
    assert part.exclusion == Exclusion.DRAFTED
    with pytest.raises(Refused, match="drafted already"):
        draft_exclusion(part=part, by=clerk)
    publish_by_another(motion)
    assert RestrictedPart.objects.get().exclusion == Exclusion.CARRIED


def test_a_motion_that_is_lost_leaves_release_or_deferral(part: RestrictedPart, clerk: User) -> None:
    motion = draft_exclusion(part=part, by=clerk)
    motion.outcome = MotionOutcome.LOST
    motion.save_revision(user=clerk)
    publish_by_another(motion)
    assert RestrictedPart.objects.get().exclusion == Exclusion.LOST


def test_a_restriction_is_continued_with_a_reason(part: RestrictedPart, clerk: User) -> None:
    later = date(2101, 1, 1)
    for reason, day, why in ((" ", later, "Say why"), ("Not signed.", date(2020, 1, 1), "a day to come")):
        with pytest.raises(Refused, match=why):
            continue_restriction(part=part, reason=reason, review_on=day, by=clerk)
    continue_restriction(part=part, reason=f"{CANARY} is not signed.", review_on=later, by=clerk)
    assert RestrictedPart.objects.get().review_on == later
    assert RestrictionReview.objects.get().reason == f"{CANARY} is not signed."
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()


def test_a_part_is_released_redacted_and_then_whole(part: RestrictedPart, clerk: User) -> None:
    redacted = RestrictedWords(title="Home care contract", text="[left out]")
    first = release(part, redacted, "A request was granted.", clerk)
    assert (first.whole, first.told()[0][1]) == (False, "Home care contract")
    assert RestrictedPart.objects.get().is_in_force
    assert release(part, WORDS, "The contract is signed.", clerk).whole
    assert not RestrictedPart.objects.get().is_in_force
    assert RestrictedRelease.objects.public().first() == RestrictedRelease.objects.get(whole=True)
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()
    with pytest.raises(Refused, match="released already"):
        release(part, WORDS, "Again.", clerk)
    with pytest.raises(Refused, match="released"):
        make_part(part.item, clerk)
    with pytest.raises(Refused, match="released"):
        continue_restriction(part=part, reason="No.", review_on=REVIEW, by=clerk)


def test_a_release_needs_words_a_reason_and_a_public_item(part: RestrictedPart, clerk: User, board: BoardPage) -> None:
    with pytest.raises(Refused, match="Nothing is left"):
        release(part, RestrictedWords(), "Why", clerk)
    with pytest.raises(Refused, match="Say why"):
        release(part, WORDS, " ", clerk)
    draft = make_part(make_private_item(board, clerk, publish=False, title="Another"), clerk)
    with pytest.raises(Refused, match="not public"):
        release(draft, WORDS, "Why", clerk)
    assert not RestrictedRelease.objects.all().exists()


def test_a_summary_is_published_by_another_than_its_writer_and_stays(
    part: RestrictedPart, clerk: User, item: AgendaItemPage
) -> None:
    with pytest.raises(Refused, match="You wrote it"):
        publish_summary(part=part, by=clerk)
    publish_summary(part=part, by=building.make_user("second"))
    assert RestrictedPart.objects.with_public_summary().get() == part
    with pytest.raises(Refused, match="already"):
        publish_summary(part=part, by=building.make_user("third"))
    with pytest.raises(Refused, match="its words stay"):
        make_part(item, clerk, public_summary="Something else.")
    assert make_part(item, clerk).version == 2
    without = make_part(
        make_private_item(item.meeting.board, clerk, title="B"), clerk, RestrictedWords(text="x"), public_summary=""
    )
    with pytest.raises(Refused, match="No public summary"):
        publish_summary(part=without, by=clerk)


def test_keys_are_rotated_and_what_does_not_open_is_named(part: RestrictedPart, settings: Any) -> None:
    old, new = settings.RESTRICTED_KEYS, [Fernet.generate_key().decode()]
    settings.RESTRICTED_KEYS = [*new, *old]
    said = StringIO()
    call_command("rotate_restricted_keys", stdout=said)
    assert f"1 of 1: {part}" in said.getvalue()
    settings.RESTRICTED_KEYS = new
    assert RestrictedPart.objects.get().words() == WORDS
    settings.RESTRICTED_KEYS = old
    with pytest.raises(CannotOpen):
        RestrictedPart.objects.get().words()
    with pytest.raises(CommandError, match="1 of 1 could not be opened"):
        call_command("rotate_restricted_keys", stdout=StringIO())


def test_words_of_another_item_are_not_shown(part: RestrictedPart, board: BoardPage, clerk: User) -> None:
    other = make_part(make_private_item(board, clerk, title="Another"), clerk)
    RestrictedPart.objects.filter(pk=other.pk).update(sealed=part.sealed)
    with pytest.raises(CannotOpen):
        RestrictedPart.objects.get(pk=other.pk).words()


def test_a_release_is_read_by_somebody_else_told_by_its_digest_and_found(
    part: RestrictedPart, clerk: User, item: AgendaItemPage
) -> None:
    other = building.make_user("reader2")
    proposal = propose_release(part=part, words=WORDS, because="Signed.", by=clerk)
    assert CANARY not in proposal.sealed and proposal.words() == WORDS and CANARY not in str(proposal)
    assert not RestrictedRelease.objects.exists() and CANARY not in item.released_words()
    with pytest.raises(Refused, match="You proposed it"):
        release_proposed(proposal=proposal, by=clerk)
    with pytest.raises(Refused, match="proposed already"):
        propose_release(part=part, words=WORDS, because="Signed.", by=other)
    with pytest.raises(Refused, match="why it is returned"):
        return_release(proposal=proposal, comment=" ", by=other)
    back = return_release(proposal=proposal, comment="Leave out the price.", by=other)
    assert (back.sealed, back.settled_by) == ("", other) and not RestrictedRelease.objects.exists()
    with pytest.raises(Refused, match="settled already"):
        release_proposed(proposal=proposal, by=other)
    proposal = propose_release(part=part, words=WORDS, because="Signed.", by=clerk)
    make_part(item, clerk)
    with pytest.raises(Refused, match="written again"):
        release_proposed(proposal=proposal, by=other)
    return_release(proposal=proposal, comment="It was written again.", by=clerk)
    proposal = propose_release(part=part, words=WORDS, because="Signed.", by=clerk)
    list(rotate_keys())
    released = release_proposed(proposal=ReleaseProposal.objects.get(pk=proposal.pk), by=other)
    entry = LedgerEntry.objects.filter(page=item.pk, event="released").get()
    assert (entry.subject, entry.content_sha256) == ("release", digest(released.as_published()))
    assert f"{CANARY} minute" in AgendaItemPage.objects.get(pk=item.pk).released_words()
    shown = Client().get(f"/search/?q={CANARY}").content.decode()
    assert item.get_url() in shown
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseProposal.objects.update(because="x")


def test_no_motion_is_drafted_once_the_minutes_are_confirmed(part: RestrictedPart, clerk: User) -> None:
    MeetingPage.objects.filter(pk=part.item.meeting.pk).update(status="confirmed")
    with pytest.raises(Refused, match="no motion can be moved"):
        draft_exclusion(part=RestrictedPart.objects.get(pk=part.pk), by=clerk)


def test_the_database_keeps_what_was_read_reviewed_released_and_told(part: RestrictedPart, clerk: User) -> None:
    read_part(part=part, by=clerk)
    continue_restriction(part=part, reason="Not signed.", review_on=REVIEW, by=clerk)
    publish_summary(part=part, by=building.make_user("second"))
    release(part, WORDS, "Signed.", clerk)
    attempts = [
        lambda: RestrictedReading.objects.all().delete(),
        lambda: RestrictionReview.objects.all().update(reason="x"),
        lambda: RestrictedRelease.objects.all().update(text="x"),
        lambda: RestrictedPart.objects.all().update(public_summary="x"),
        lambda: RestrictedPart.objects.all().update(state="in_force"),
        lambda: RestrictedPart.objects.all()._raw_delete("default"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
