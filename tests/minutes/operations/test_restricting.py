"""What an item said in public is moved to its part not for publication, and out of everything that was ever written of it."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from wagtail.models import Revision

import pytest

from governance import check_records
from governance.exceptions import Refused
from governance.models import Delivery, LedgerEntry, LedgerErasure, PublicAddress, Removal, User
from governance.operations.publishing import publish_record
from governance.operations.removals import return_removal
from minutes.enums import PackKind, PackState
from minutes.models import AgendaItemPage, Correction, MinutePage, Pack, ResolutionPage, RestrictedPart, RestrictedWords
from minutes.operations.pack_building import section_cache
from minutes.operations.removed_from_files import forget_rendered
from minutes.operations.restricted import read_part
from minutes.operations.restricted_keys import rotate_keys
from minutes.operations.restricting import ask_to_restrict, removal_asked, restrict
from tests import building
from tests.everything import columns_with
from tests.kept import kept
from tests.minutes.restricted_stage import ground, release, restriction
from tests.minutes.restricting_stage import EVERY, MINUTED, PRICE, RESOLVED, TITLE, Stage, make_stage

pytestmark = pytest.mark.django_db
WORDS = RestrictedWords(title=TITLE, text=PRICE, resolved=RESOLVED, minute=MINUTED)
WHY = "A bidder told the council that its price was shown."


@pytest.fixture
def stage(clerk: User) -> Stage:
    """A confirmed meeting whose item said too much."""
    return kept("restricting", lambda: make_stage(clerk))


@pytest.fixture
def other(db: None) -> User:
    """Somebody else who publishes for the board."""
    return building.make_user("other")


def asked(stage: Stage, words: RestrictedWords = WORDS, **changed: Any) -> Removal:
    """A move that the clerk asks for."""
    reason = changed.pop("reason", WHY)
    return ask_to_restrict(item=stage.item, words=words, restriction=restriction(**changed), reason=reason, by=stage.clerk)


def verified(folder: Path) -> list[str]:
    """What the command says of the records, and the same from exports; nothing may disagree."""
    spoken = StringIO()
    call_command("verify_records", stdout=spoken)
    for for_everybody in (False, True):
        file = folder / f"{for_everybody}.jsonl"
        call_command("export_ledger", str(file), for_everybody=for_everybody, stdout=StringIO())
        checker = check_records.Checker()
        for line in check_records.lines_of(file):
            checker.take(line)
        assert checker.finish() == []
        assert checker.told == [line for line in spoken.getvalue().splitlines() if line.startswith("Redacted: ")]
        assert not any(words in file.read_text() for words in EVERY)
    return spoken.getvalue().splitlines()


def test_the_words_are_in_many_places_before(stage: Stage) -> None:
    for words in EVERY:
        assert len(columns_with(words)) >= 3, words
    assert len(set().union(*map(columns_with, EVERY))) > 20


def test_no_column_of_the_whole_database_holds_them_afterwards(stage: Stage, other: User) -> None:
    restrict(removal=asked(stage), by=other)
    for words in EVERY:
        assert columns_with(words) == set(), words
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    assert set().union(*map(columns_with, EVERY)) == set()


def test_they_lie_sealed_and_each_place_names_the_entry(stage: Stage, other: User) -> None:
    part = restrict(removal=asked(stage), by=other)
    assert read_part(part=part, by=other) == WORDS
    removal = Removal.objects.get()
    assert removal.entry is not None
    marker = f"[Removed: ledger entry {removal.entry.number} of HWB]"
    item, minute, resolution = (stage.fresh(name) for name in ("item", "minute", "resolution"))
    assert item.title == item.draft_title == marker
    assert item.body.startswith(f"<p>{marker}") and "This stays." in item.body
    assert minute.text == f"<p>{marker}.</p><p>It was long.</p>"
    assert resolution.text == f"That officers {marker}."
    assert Correction.objects.get().reason == f"Not so: {marker}"
    assert all(marker in str(version.content) for version in Revision.objects.for_instance(item))
    assert Delivery.objects.get(key="news").subject == marker
    assert item.exempt_ground_id and item.get_latest_revision_as_object().exempt_ground_id


def test_the_ledger_tells_how_often_and_why_and_still_verifies(stage: Stage, other: User, tmp_path: Path) -> None:
    before = LedgerEntry.objects.count()
    removal = asked(stage)
    restrict(removal=removal, by=other)
    removal.refresh_from_db()
    assert removal.entry is not None and WHY in removal.entry.note and "Agenda items 1" in removal.entry.note
    assert removal.total == sum(removal.counts.values()) > 20
    assert LedgerErasure.objects.filter(removal=removal).exists(), "the note of the corrected slip said it"
    told = [line for line in verified(tmp_path) if line.startswith("Redacted: ")]
    assert any(f"words of {stage.minute.reference} were removed" in line for line in told)
    assert any("the words of entry" in line for line in told)
    new = LedgerEntry.objects.order_by("pk")[before:]
    assert {entry.event for entry in new} == {"redacted", "restricted", "withdrawn"}


def test_a_change_in_silence_is_still_found_afterwards(stage: Stage, other: User) -> None:
    restrict(removal=asked(stage), by=other)
    AgendaItemPage.objects.filter(pk=stage.item.pk).update(body="<p>Something else.</p>")
    spoken = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_records", stdout=spoken)
    assert "Changed: HWB/2026-10-08/I1" in spoken.getvalue()


def test_the_old_address_leads_to_the_record_without_saying_the_words(stage: Stage, other: User) -> None:
    restrict(removal=asked(stage), by=other)
    item = stage.fresh("item")
    assert "removed" in item.slug and "beckside" not in item.get_url()
    client = Client()
    assert client.get(stage.address).headers["Location"].endswith(item.get_url())
    assert client.get(f"{stage.address}minute/").status_code == 301
    assert client.get(item.get_url()).status_code == 200
    assert PublicAddress.objects.filter(path__startswith="sha256:").count() == 3
    page = client.get(item.get_url()).content.decode()
    assert "[Removed: ledger entry" in page


def test_packs_that_held_them_are_withdrawn_and_asked_for_anew(stage: Stage, other: User) -> None:
    restrict(removal=asked(stage), by=other)
    old, new = Pack.objects.filter(kind=PackKind.AGENDA).order_by("version")
    assert (old.state, new.state) == (PackState.WITHDRAWN, PackState.QUEUED)
    assert old.withdrawn_because == "Words were removed from the records that it was made of."
    assert Client().get(f"/packs/{old.slug}/").status_code == 410


def test_what_was_rendered_before_is_forgotten_once_no_pack_is_being_built(
    stage: Stage, other: User, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path
    cache = section_cache()
    held, since = cache / "held.json", cache / "since.json"
    for file, hours in ((held, -1), (since, 1)):
        then = (timezone.now() + timedelta(hours=hours)).timestamp()
        for one in (file, file.with_suffix(".pdf")):
            one.write_bytes(b"{}")
        os.utime(file, (then, then))
    at_work = cache / "tmpatwork"
    at_work.mkdir()

    assert forget_rendered() == 0, "nothing was removed yet"
    restrict(removal=asked(stage), by=other)
    being_built = Pack.objects.filter(state=PackState.QUEUED)
    keys = list(being_built.values_list("pk", flat=True))
    being_built.update(state=PackState.BUILDING)
    assert forget_rendered() == 0, "a pack may be made of it at this moment"
    Pack.objects.filter(pk__in=keys).update(state=PackState.QUEUED)
    assert forget_rendered() == 1
    assert sorted(file.name for file in cache.iterdir()) == ["since.json", "since.pdf", "tmpatwork"]
    assert forget_rendered() == 0


def test_who_asked_does_not_carry_it_out(stage: Stage) -> None:
    removal = asked(stage)
    for by in (stage.clerk, None):
        with pytest.raises(Refused, match="Somebody else"):
            restrict(removal=removal, by=by)
    assert stage.fresh("item").title == TITLE and removal_asked(stage.item) == removal


def test_until_it_is_carried_out_the_words_that_are_asked_for_lie_sealed(stage: Stage) -> None:
    before = {words: columns_with(words) for words in EVERY}
    removal = asked(stage)
    assert {words: columns_with(words) for words in EVERY} == before
    assert [problem for _part, problem in rotate_keys()] == [""]
    removal.refresh_from_db()
    assert removal.sealed


def test_it_can_be_returned_and_is_settled_once(stage: Stage, other: User) -> None:
    removal = asked(stage)
    with pytest.raises(Refused, match="why it is returned"):
        return_removal(removal=removal, comment=" ", by=other)
    return_removal(removal=removal, comment="The contract is public.", by=other)
    removal.refresh_from_db()
    assert removal.sealed == "" and removal.entry is None and stage.fresh("item").title == TITLE
    for step in (restrict, lambda **given: return_removal(comment="Again.", **given)):
        with pytest.raises(Refused, match="settled already"):
            step(removal=removal, by=other)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"words": RestrictedWords()}, "Write what is not for publication"),
        ({"words": RestrictedWords(text="Words that stand nowhere at all")}, "does not stand on this item"),
        ({"words": RestrictedWords(text=f"{PRICE}\nab")}, "too short"),
        ({"words": RestrictedWords(text="It")}, "too short"),
        ({"grounds": []}, "Choose the ground"),
        ({"public_interest": " "}, "public interest"),
        ({"decided_by": ""}, "who decided"),
        ({"reason": " "}, "Say why the words are removed"),
        ({"reason": f"It says: {PRICE}"}, "repeats the words"),
        ({"public_interest": f"Because {TITLE}"}, "repeats the words"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(stage: Stage, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        asked(stage, **changed)
    assert not Removal.objects.exists() and stage.fresh("item").title == TITLE


def test_what_goes_wrong_in_the_middle_leaves_everything_as_it_was(stage: Stage, other: User, monkeypatch: Any) -> None:
    removal = asked(stage)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("governance.operations.removals.rewrite_sessions", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        restrict(removal=removal, by=other)
    assert stage.fresh("item").title == TITLE and not RestrictedPart.objects.exists()
    assert not Removal.objects.filter(is_open=True).exists() and removal_asked(stage.item) == removal


def test_words_come_after_those_that_the_part_holds_already(stage: Stage, other: User) -> None:
    AgendaItemPage.objects.filter(pk=stage.item.pk).update(exempt_ground=ground(), exempt_reason="It is.")
    restrict(removal=asked(stage, RestrictedWords(text=PRICE)), by=other)
    part = restrict(removal=asked(stage, RestrictedWords(minute=MINUTED, text="This stays.")), by=other)
    assert part.version == 2
    assert read_part(part=part, by=other) == RestrictedWords(text=f"{PRICE}\n\nThis stays.", minute=MINUTED)


def test_what_was_released_whole_is_final(stage: Stage, other: User) -> None:
    part = restrict(removal=asked(stage, RestrictedWords(text=PRICE)), by=other)
    waiting = asked(stage, RestrictedWords(minute=MINUTED))
    release(part, part.words(), "The contract is signed.", stage.clerk)
    with pytest.raises(Refused, match="released whole"):
        asked(stage, RestrictedWords(minute=MINUTED))
    with pytest.raises(Refused, match="released whole"):
        restrict(removal=waiting, by=other)


def test_the_door_of_the_triggers_is_shut_again_and_opens_for_words_alone(stage: Stage, other: User) -> None:
    restrict(removal=asked(stage), by=other)
    minutes, resolutions = MinutePage.objects.filter(pk=stage.minute.pk), ResolutionPage.objects.filter(pk=stage.resolution.pk)
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        minutes.update(text="<p>Other words.</p>")
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Removal.objects.update(is_open=True)
    Removal.objects.create(kind="redact", reason="A test.", asked_at=stage.meeting.starts_at, is_open=True)
    minutes.update(text="<p>Other words.</p>")
    for change in ({"outcome": "noted"}, {"votes_for": 3}, {"text": "<p>Both.</p>", "votes_for": 3}):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            minutes.update(**change)
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        resolutions.update(adopted_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(page=stage.item.pk).update(event="published", content_sha256="0")
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(page=stage.item.pk).delete()


def test_a_record_can_be_published_again_and_its_words_do_not_come_back(stage: Stage, other: User, tmp_path: Path) -> None:
    restrict(removal=asked(stage), by=other)
    item = stage.fresh("item").get_latest_revision_as_object()
    item.body += "<p>More.</p>"
    item.save_revision(user=stage.clerk)
    publish_record(page=stage.fresh("item").get_latest_revision_as_object(), by=other)
    assert set().union(*map(columns_with, EVERY)) == set()
    verified(tmp_path)


def test_words_of_the_ledger_that_are_gone_without_an_entry_are_found() -> None:
    checker = check_records.Checker()
    signed = {"chain": "HWB", "before": check_records.START, "page": 1, "reference": "HWB", "subject": "", "content_sha256": ""}
    entry = {**signed, "number": 1, "event": "status", "at": "2026-10-08T12:00:00Z", "sealed_sha256": "0" * 64}
    entry["sha256"] = check_records.entry_digest(entry)
    checker.take({"kind": "entry", **entry, "erased_under": {"chain": "HWB", "number": 2}})
    checker.take({"kind": "end", "entry": 1})
    assert [finding[:8] for finding in checker.finish()] == ["Changed:"]
