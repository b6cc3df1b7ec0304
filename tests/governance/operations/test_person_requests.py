"""What persons ask of what is held on them: answered in time, exported, and removed by two people with the ledger whole."""

import io
import json
import stat
import zipfile
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from governance.backups import back_up
from governance.check_records import Checker
from governance.enums import Role
from governance.exceptions import Refused
from governance.ledger_export import lines
from governance.models import (
    Backup,
    LedgerEntry,
    Membership,
    Person,
    PersonDecision,
    PersonRequest,
    PersonRequestKind,
    Removal,
    User,
)
from governance.operations.carrying_out_removals import carry_out
from governance.operations.person_exports import export_person
from governance.operations.person_requests import (
    ask_to_redact_person,
    backups_with,
    decide_request,
    destroy_backup,
    forget_who_asked,
    put_off_request,
    record_request,
    redact_person,
)
from governance.operations.removals import return_removal
from minutes.models import Attendance, MinutePage, PublicQuestion, QuestionContact
from minutes.operations.restricted_keys import rotate_keys
from tests import building
from tests.everything import columns_with
from tests.kept import kept
from tests.minutes.restricted_stage import somebody
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db
NAME, OTHERWISE, MAIL = "Odalys Quimby", "Mrs O. Quimby", "odalys@example.org"
NAMES = f"{NAME}\n{OTHERWISE}\n{MAIL}"
INSTEAD = "a member of the public"
REASON = "The question is answered and the name no longer needed."


def plant(site: SmallSite) -> None:
    """The name of somebody who asked a question, in the minutes too."""
    question = PublicQuestion.objects.create(
        meeting=site.ahead, asked_by=NAME, text=f"I am {OTHERWISE}. When?", received_on=date(2026, 11, 1)
    )
    contact = {"name": NAME, "email": MAIL, "keep_until": date(2099, 1, 1)}
    QuestionContact.objects.create(question=question, **contact)
    item = building.make_item(site.ahead, site.clerk, f"A question from {NAME}")
    building.make_minute(
        item, site.clerk, publish=False, text=f"<p>{OTHERWISE} asked about <b>Odalys</b> Quimby&nbsp;Road.</p>"
    )


@pytest.fixture
def site(small_site: SmallSite) -> SmallSite:
    """The small site with a name in it."""
    kept("named person", lambda: plant(small_site))
    return small_site


@pytest.fixture
def other(db: None) -> User:
    """Somebody else of democratic services."""
    return building.make_user("other")


def recorded(by: User, **changed: Any) -> PersonRequest:
    """A request that was received today."""
    usual = {"kind": PersonRequestKind.ERASURE, "asked_by": NAME, "contact": MAIL, "names": NAMES}
    return record_request(**{**usual, "received_on": timezone.localdate(), **changed}, by=by)


def granted(by: User, **changed: Any) -> PersonRequest:
    """One that is granted."""
    return decide_request(request=recorded(by, **changed), decision=PersonDecision.GRANTED, reason=REASON, by=by)


def logged_in(user: User) -> Client:
    """A browser of somebody's."""
    client = Client()
    client.force_login(user)
    return client


def verified() -> tuple[list[str], list[str]]:
    """What the check of the records finds, which here is that the files of the small site are not there, and what it tells besides."""
    checker = Checker()
    for line in lines():
        checker.take(line)
    return checker.finish(), checker.told


def test_who_asks_lies_sealed_and_is_forgotten_when_the_years_are_over(clerk: User) -> None:
    request = granted(clerk)
    assert request.who() == {"asked_by": NAME, "contact": MAIL, "names": NAMES}
    assert columns_with(NAME) == set() and NAME not in str(request)
    assert [problem for _row, problem in rotate_keys()] == [""]
    assert forget_who_asked(today=request.forget_on) == 0
    assert request.forget_on is not None
    assert forget_who_asked(today=request.forget_on + timedelta(days=1)) == 1
    request.refresh_from_db()
    assert request.who()["asked_by"] == "" and request.reason == REASON
    with pytest.raises(Refused, match="forgotten"):
        export_person(request=request, by=clerk)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"asked_by": " "}, "who asks"),
        ({"contact": ""}, "who asks"),
        ({"names": "\n"}, "who asks"),
        ({"names": "Odalys"}, "one word"),
        ({"received_on": date(2999, 1, 1)}, "once it was received"),
    ],
)
def test_a_request_that_lacks_something_is_refused(clerk: User, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        recorded(clerk, **changed)
    assert not PersonRequest.objects.exists()


def test_it_is_put_off_once_within_the_first_month_with_the_reason(clerk: User) -> None:
    request = recorded(clerk, received_on=date(2026, 9, 30))
    on = timezone.make_aware(datetime(2026, 10, 12))
    for because, at, says in (
        (" ", on, "why it takes"),
        (f"For {NAME}", on, "without the name"),
        ("x", on + timedelta(60), "over"),
    ):
        with pytest.raises(Refused, match=says):
            put_off_request(request=request, because=because, by=clerk, at=at)
    assert put_off_request(request=request, because="Many records.", by=clerk, at=on).due_on == date(2026, 12, 30)
    with pytest.raises(Refused, match="put off already"):
        put_off_request(request=request, because="Again.", by=clerk, at=on)


def test_it_is_decided_once_with_a_reason_that_names_nobody(clerk: User) -> None:
    request = recorded(clerk)
    for decision, reason, says in (
        ("", REASON, "granted"),
        ("granted", " ", "why"),
        ("refused", f"{NAME} sat.", "without the name"),
    ):
        with pytest.raises(Refused, match=says):
            decide_request(request=request, decision=decision, reason=reason, by=clerk)
    decide_request(request=request, decision="refused", reason="A matter of record.", by=clerk)
    for step in (
        lambda: decide_request(request=request, decision="granted", reason=REASON, by=clerk),
        lambda: put_off_request(request=request, because="x", by=clerk),
    ):
        with pytest.raises(Refused, match="decided already"):
            step()
    acts = ModelLogEntry.objects.filter(action__startswith="governance.person_request").values_list("action", "label")
    assert sorted(acts) == [(f"governance.person_request_{what}", str(request)) for what in ("decided", "recorded")]


def test_a_name_is_replaced_everywhere_and_the_ledger_verifies(site: SmallSite, other: User) -> None:
    assert len(columns_with(NAME)) > 5 and columns_with(OTHERWISE) and columns_with(MAIL)
    (before, told), request = verified(), granted(site.clerk)
    assert told == []
    removal = ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
    with pytest.raises(Refused, match="Somebody else"):
        redact_person(request=request, by=site.clerk)
    redact_person(request=request, by=other)
    for words in (NAME, OTHERWISE, MAIL):
        assert columns_with(words) == set()
    question = PublicQuestion.objects.get(asked_by=INSTEAD)
    assert question.text == f"I am {INSTEAD}. When?"
    assert MinutePage.objects.get(text__startswith=f"<p>{INSTEAD} asked about <b>{INSTEAD}</b>")
    removal.refresh_from_db()
    assert removal.entry is not None and removal.entry.chain.name == "site" and REASON in removal.entry.note
    assert LedgerEntry.objects.filter(event="redacted", chain__name="HWB").exists()
    findings, told = verified()
    assert findings == before and any(sentence.startswith("Redacted: words of HWB") for sentence in told)
    page = Client().get(site.ahead.get_url()).content.decode()
    assert f"A question from {INSTEAD}" in page


@pytest.mark.parametrize("office", ["seat", "attendance", "log-in"])
def test_the_name_of_an_office_holder_stays_unless_there_is_a_reason(site: SmallSite, office: str) -> None:
    if office == "seat":
        person = Person.objects.create(name="Odalys quimby")
        Membership.objects.create(person=person, board=site.board, from_date=date(2020, 1, 1), to_date=date(2021, 1, 1))
    elif office == "attendance":
        Attendance.objects.create(meeting=site.ahead, name=f"Councillor {NAME}")
    else:
        building.make_user("odalys", first_name="Odalys", last_name="Quimby")
    request = granted(site.clerk)
    with pytest.raises(Refused, match="public office"):
        ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
    removal = ask_to_redact_person(request=request, instead=INSTEAD, office_reason="At risk of harm.", by=site.clerk)
    assert "At risk of harm." in removal.reason


def test_what_is_not_granted_is_not_removed(site: SmallSite) -> None:
    access, waiting = granted(site.clerk, kind=PersonRequestKind.ACCESS), recorded(site.clerk)
    for request in (access, waiting):
        with pytest.raises(Refused, match="once its erasure"):
            ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
        with pytest.raises(Refused, match="Nobody asked"):
            redact_person(request=request, by=site.clerk)
    request = granted(site.clerk)
    for instead in ("", f"once {NAME}"):
        with pytest.raises(Refused, match="neutral words"):
            ask_to_redact_person(request=request, instead=instead, by=site.clerk)


def test_it_can_be_returned_and_asked_for_again(site: SmallSite, other: User) -> None:
    request = granted(site.clerk)
    removal = ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
    with pytest.raises(Refused, match="asked for already"):
        ask_to_redact_person(request=request, instead=INSTEAD, by=other)
    return_removal(removal=removal, comment="Look for the maiden name too.", by=other)
    ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
    redact_person(request=request, by=other)
    assert columns_with(NAME) == set()


def test_backups_that_hold_it_are_told_until_they_are_destroyed(site: SmallSite, other: User) -> None:
    now = timezone.now()
    old = Backup.objects.create(made_at=now - timedelta(days=2), folder="/backups/1", engine="sqlite")
    request = granted(site.clerk)
    removal = ask_to_redact_person(request=request, instead=INSTEAD, by=site.clerk)
    assert not backups_with(removal).exists()
    removal = redact_person(request=request, by=other)
    Backup.objects.create(made_at=timezone.now() + timedelta(days=1), folder="/backups/2", engine="sqlite")
    assert list(backups_with(removal)) == [old]
    destroy_backup(backup=old, by=other)
    with pytest.raises(Refused, match="already"):
        destroy_backup(backup=old, by=other)
    assert not backups_with(removal).exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_noted_when_it_is_made(tmp_path: Path, transactional_db: None) -> None:
    back_up(tmp_path / "backup", lambda words: None)
    assert Backup.objects.get().folder == str(tmp_path / "backup")


def test_the_export_holds_everything_and_no_secret(site: SmallSite) -> None:
    person = Person.objects.create(name=NAME, email=MAIL)
    Membership.objects.create(person=person, board=site.board, from_date=date(2020, 1, 1))
    user = building.make_user("odalys", person=person)
    made = export_person(request=recorded(site.clerk, kind=PersonRequestKind.ACCESS), by=user)
    archive = zipfile.ZipFile(io.BytesIO(made))
    held = json.loads(archive.read("held.json"))
    page = archive.read("held.html").decode()
    assert [row["E-mail address"] for row in held["people"]] == [MAIL]
    assert len(held["log_ins"]) == 1 and user.password not in str(held)
    assert [row["what"] for row in held["rows_about_them"]] == ["Membership"]
    places = {place["what"] for place in held["places_that_name_them"]}
    assert places == {"Minute", "Public question", "Contact details of a question", "Page", "Page log entry"}
    assert any(OTHERWISE in words for place in held["places_that_name_them"] for words in place["says"])
    assert held["former_versions_that_name_them"] > 0
    assert MAIL in page and "What is held on you" in page
    entry = ModelLogEntry.objects.get(action="governance.person_request_exported")
    assert entry.user_id == user.pk and NAME not in str((entry.label, entry.data))


def test_the_command_writes_an_archive_for_its_owner_alone(site: SmallSite, tmp_path: Path) -> None:
    request, file = recorded(site.clerk), tmp_path / "held.zip"
    call_command("export_person", str(request.pk), str(file), stdout=StringIO())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert zipfile.ZipFile(file).namelist() == ["held.json", "held.html"]
    for number, where, says in ((request.pk, file, "there already"), (10**6, tmp_path / "b.zip", "no request")):
        with pytest.raises(CommandError, match=says):
            call_command("export_person", str(number), str(where), stdout=StringIO())
    PersonRequest.objects.update(sealed="")
    with pytest.raises(CommandError, match="forgotten"):
        call_command("export_person", str(request.pk), str(tmp_path / "c.zip"), stdout=StringIO())


FORM = {"kind": "erasure", "asked_by": NAME, "contact": MAIL, "names": NAMES, "received_on": "2026-11-02"}


def test_the_whole_way_in_the_admin(site: SmallSite, other: User) -> None:
    editor, second = logged_in(somebody("first", site.board, Role.EDITOR)), logged_in(other)
    assert editor.post(reverse("record_person_request"), {**FORM, "names": "Odalys"}).status_code == 409
    assert editor.post(reverse("record_person_request"), {**FORM, "names": ""}).status_code == 400
    assert editor.post(reverse("record_person_request"), FORM).status_code == 302
    request = PersonRequest.objects.get()

    def address(name: str) -> str:
        return reverse(name, args=[request.pk])

    page = editor.get(address("person_request"))
    assert NAME in page.content.decode() and "no-store" in page["Cache-Control"]
    assert editor.post(address("person_request")).status_code == 302
    assert editor.post(address("put_off_person_request"), {"because": "Many records."}).status_code == 302
    assert editor.post(address("decide_person_request"), {"decision": "granted", "reason": REASON}).status_code == 302
    assert editor.post(address("export_person"))["Content-Type"] == "application/zip"
    assert editor.post(address("ask_to_redact_person"), {"instead": INSTEAD}).status_code == 302
    assert editor.post(address("redact_person")).status_code == 409
    shown = second.get(address("redact_person")).content.decode()
    assert NAME in shown and "Public questions" in shown
    assert second.post(address("return_redact_person"), {"comment": "Look again."}).status_code == 302
    assert "Look again." in editor.get(address("person_request")).content.decode()
    assert editor.post(address("ask_to_redact_person"), {"instead": INSTEAD}).status_code == 302
    assert second.post(address("redact_person")).status_code == 302
    assert carry_out(removal=Removal.objects.get(settled_at=None).pk) is not None
    assert columns_with(NAME) == set()
    assert "ledger of the site" in editor.get(address("person_request")).content.decode()
    backup = Backup.objects.create(made_at=timezone.now(), folder="/b", engine="sqlite")
    assert editor.post(reverse("destroy_backup", args=[backup.pk])).status_code == 302
    listed = editor.get(reverse("personal_data")).content.decode()
    assert str(request) in listed and "How to reach those who asked a question" in listed and NAME not in listed


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUTHOR, Role.AUDITOR, Role.PARTNER, Role.MEMBER])
def test_nobody_else_sees_any_of_it(small_site: SmallSite, role: Role) -> None:
    request = recorded(small_site.clerk)
    backup = Backup.objects.create(made_at=timezone.now(), folder="/b", engine="sqlite")
    client = logged_in(somebody("visitor", small_site.board, role))
    names = ("person_request", "decide_person_request", "put_off_person_request", "export_person", "ask_to_redact_person")
    addresses = [reverse(name, args=[request.pk]) for name in (*names, "redact_person", "return_redact_person")]
    for address in (
        *addresses,
        reverse("destroy_backup", args=[backup.pk]),
        reverse("personal_data"),
        reverse("record_person_request"),
    ):
        for answer in (client.get(address), client.post(address, FORM)):
            assert answer.status_code in {302, 405} and NAME.encode() not in answer.content, address
    assert PersonRequest.objects.count() == 1 and PersonRequest.objects.get().decision == ""


def test_a_second_factor_is_asked_for_where_one_is_needed(settings: Any, small_site: SmallSite) -> None:
    settings.SECOND_FACTOR = "restricted"
    request = recorded(small_site.clerk)
    for address in (reverse("personal_data"), reverse("person_request", args=[request.pk])):
        answer = logged_in(small_site.clerk).get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('second_factor')}?next={address}")


def test_without_a_key_the_page_says_so(settings: Any, small_site: SmallSite) -> None:
    request = recorded(small_site.clerk)
    settings.RESTRICTED_KEYS = []
    answer = logged_in(small_site.clerk).get(reverse("person_request", args=[request.pk]))
    assert answer.status_code == 200 and b"RESTRICTED_KEYS" in answer.content


def test_the_register_costs_as_many_queries_for_many_as_for_few(small_site: SmallSite) -> None:
    client = logged_in(small_site.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("personal_data")).status_code == 200
        return len(found)

    recorded(small_site.clerk)
    queries()
    few = queries()
    for _number in range(4):
        granted(small_site.clerk)
        Backup.objects.create(made_at=timezone.now(), folder="/b", engine="sqlite")
    assert queries() == few
