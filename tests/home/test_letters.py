"""Letters for people who are told on paper: one page, large print, made once for each content."""

import fcntl
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client

import pikepdf
import pytest

from governance import look
from governance.models import ActionPage, BoardPage, ProgressUpdatePage, User
from governance.operations.publishing import withdraw_record
from governance.operations.telling import record_told
from home import letters
from home.letters import LettersBusy, letter_of, make_letter
from home.operations.letters import print_letter
from minutes.packs.render import Renderer
from tests import building
from tests.pdf.verapdf import validate

pytestmark = pytest.mark.django_db
LONG = "We asked what would help, and wrote down every answer that was given. " * 60


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, look: None) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def update(board: BoardPage, clerk: User) -> ProgressUpdatePage:
    """An update that answers everything at length."""
    action = building.make_action(board, clerk, contact="Adult Care, 01632 960 002")
    return building.make_update(
        action,
        clerk,
        date(2026, 11, 3),
        you_said=LONG,
        what_changed=LONG,
        could_not_change=LONG,
        next_step=LONG,
        next_news_on=date(2027, 1, 20),
    )


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each finished Renderer has rendered."""
    counts: list[int] = []
    leave = Renderer.__exit__

    def counted(self: Renderer, *error: Any) -> None:
        counts.append(self.rendered)
        leave(self, *error)

    monkeypatch.setattr(Renderer, "__exit__", counted)
    return counts


def _text(file: Path) -> str:
    """The words of a PDF, by the characters that its fonts name."""
    with pikepdf.open(file) as pdf:
        return f"{pdf.open_metadata()['dc:title']}|{pdf.Root.Lang}|{len(pdf.pages)}"


def test_a_letter_is_one_page_however_much_there_is_to_say(update: ProgressUpdatePage, client: Client) -> None:
    answer = client.get("/letters/hwb-a1-u1/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    [file] = (letters.section_cache() / "letters").glob("*.pdf")
    assert answer.content == file.read_bytes()
    assert _text(file) == "News of Design home care with people, Tuesday 3 November 2026|en-GB|1"


def test_a_letter_is_printed_once_for_one_content(update: ProgressUpdatePage, client: Client, rendered: list[int]) -> None:
    assert print_letter(update=update.pk)
    assert rendered and sum(rendered) >= 1
    before = list(rendered)
    for _again in range(3):
        assert client.get("/letters/hwb-a1-u1/").status_code == 200
    assert print_letter(update=update.pk)
    assert rendered == before
    ActionPage.objects.filter(pk=update.action.pk).update(contact="Adult Care, 01632 960 003")
    client.get("/letters/hwb-a1-u1/")
    assert len(rendered) == len(before) + 1


def test_its_code_leads_to_the_permanent_address(update: ProgressUpdatePage) -> None:
    letter = letter_of(update)
    assert letter is not None
    assert letter.address.endswith("/ref/hwb-a1-u1/") and letter.short_address == "127.0.0.1:8000/ref/hwb-a1-u1"
    html = letter.html(10)
    assert f'alt="QR code of the address {letter.short_address}"' in html and "Adult Care, 01632 960 002" in html
    assert letter.code.startswith(b"<svg")


def test_what_is_not_public_has_no_letter(update: ProgressUpdatePage, clerk: User, client: Client) -> None:
    for address in ("/letters/hwb-a1/", "/letters/hwb/", "/letters/nonsense/", "/letters/hwb-a1-u9/"):
        assert client.get(address).status_code == 404, address
    withdraw_record(page=update, by=clerk, reason="It named a person.")
    assert client.get("/letters/hwb-a1-u1/").status_code == 404
    assert not print_letter(update=update.pk)
    assert not print_letter(update=update.pk + 1000)


def test_while_others_are_printed_a_reader_is_told_to_come_back(
    update: ProgressUpdatePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "WAIT", 0.0)
    letter = letter_of(update)
    assert letter is not None
    with (letters.section_cache() / "letters.lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(LettersBusy):
            make_letter(letter, wait=0)
        answer = client.get("/letters/hwb-a1-u1/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert b"Try again in a minute" in answer.content
    assert client.get("/letters/hwb-a1-u1/").status_code == 200


def test_without_fonts_the_page_is_offered_instead(
    update: ProgressUpdatePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(root: Path) -> Any:
        raise look.LookMissing("not made")

    monkeypatch.setattr(letters, "print_fonts", missing)
    answer = client.get("/letters/hwb-a1-u1/")
    assert answer.status_code == 503 and update.title.encode() in answer.content
    assert not print_letter(update=update.pk)


def test_text_is_printed_as_text(update: ProgressUpdatePage, clerk: User) -> None:
    action = ActionPage.objects.get()
    words = '<img src="file:///etc/passwd"> & more'
    letter = letter_of(building.make_update(action, clerk, date(2026, 11, 4), what_changed=words))
    assert letter is not None
    assert "&lt;img src=" in letter.html(30)
    assert make_letter(letter).is_file()


def test_the_update_leads_to_its_letter_and_says_who_was_told(update: ProgressUpdatePage, clerk: User, client: Client) -> None:
    text = client.get(update.get_url()).content.decode()
    assert 'href="/letters/hwb-a1-u1/"' in text and "It is not recorded yet that those who took part were told." in text
    record_told(update=update, on=date(2026, 11, 5), how="by letter", by=clerk)
    text = client.get(update.get_url()).content.decode()
    assert "Those who took part were told on 5 November 2026: by letter." in text


@pytest.mark.pdf
def test_a_letter_is_pdf_ua(update: ProgressUpdatePage) -> None:
    letter = letter_of(update)
    assert letter is not None
    (verdict,) = validate([make_letter(letter)])
    assert verdict.broken == () and verdict.assertions > 300


@pytest.mark.pdf
def test_a_telephone_reads_the_code_of_the_printed_page(update: ProgressUpdatePage, tmp_path: Path) -> None:
    letter = letter_of(update)
    assert letter is not None
    drawn = tmp_path / "page"
    # As coarse as a fax, so that a poor print is read too.
    subprocess.run(["pdftoppm", "-r", "100", "-gray", "-singlefile", "-png", make_letter(letter), drawn], check=True)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", f"{drawn}.png"], check=True, capture_output=True, text=True)
    assert read.stdout.split() == [letter.address]
