"""The claim of members' bound copies: with their part not for publication they are PDF/UA-1 too, whole and in part."""

from io import BytesIO
from pathlib import Path

from django.core.files import File

import pikepdf
import pytest

from governance.models import BoardPage, User
from home.demonstration.papers import made
from minutes.enums import PackAudience, PackEdition
from minutes.models import AgendaItemPage, MeetingPage, RestrictedWords, SealedPack, SealedSection
from minutes.operations.meetings import publish_agenda
from minutes.operations.restricted_checking import check_restricted_paper
from minutes.operations.restricted_papers import take_restricted_paper
from minutes.operations.sealed_packs import ask_for_copy, make_copy
from tests import building
from tests.minutes.packing_stage import issued
from tests.minutes.restricted_stage import make_part, make_private_item, publish_by_another
from tests.pdf.verapdf import validate

pytestmark = [pytest.mark.pdf, pytest.mark.django_db, pytest.mark.usefixtures("look")]
PAPER = {"by": "A report", "sections": [{"heading": "What is asked", "text": "To agree.\n\nOr not to."}]}


@pytest.fixture
def meeting(board: BoardPage, clerk: User, tmp_path: Path) -> MeetingPage:
    """A published agenda with two items taken in private, the first with a paper that a screen reader reads."""
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, "Home care", publish=False)
    names = ("A contract", "A dispute")
    items = [make_private_item(board, clerk, publish=False, meeting=meeting, title=name) for name in names]
    for item in items:
        publish_by_another(item)
    meeting = publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    first, second = (AgendaItemPage.objects.get(pk=item.pk) for item in items)
    part = make_part(
        first, clerk, RestrictedWords(title="The contract", text="One\n\ntwo", resolved="Yes.", minute="So it was.")
    )
    content = made("printed", "The offer", PAPER, cache=tmp_path / "sections")
    upload = File(BytesIO(content), name="offer.pdf")
    taken = take_restricted_paper(part=part, upload=upload, title="The offer", by=clerk)
    checked = check_restricted_paper(paper=taken.pk)
    assert checked is not None and checked.secrets().facts["is_tagged"], checked and checked.check_state
    make_part(second, clerk, RestrictedWords(text="Of the dispute"))
    return meeting


def made_copies(meeting: MeetingPage, clerk: User) -> dict[str, SealedPack]:
    """The copies: with everything in each edition, and of the standard one without the first item."""
    found = {}
    for edition in PackEdition:
        pack = issued(meeting, clerk, audience=PackAudience.MEMBERS, edition=edition)
        found[f"{edition}, whole"] = SealedPack.objects.get(pack=pack)
        front, *others = SealedSection.objects.filter(pack=pack).order_by("position")
        if edition == PackEdition.STANDARD:
            found["in part"] = ask_for_copy(pack=pack, sections=[front, others[-1]])
    for copy in found.values():
        make_copy(copy=copy.pk)
        copy.refresh_from_db()
        assert copy.state == "ready", copy.failure
    return found


def test_every_bound_copy_is_pdf_ua(meeting: MeetingPage, clerk: User, tmp_path: Path) -> None:
    copies = made_copies(meeting, clerk)
    files = []
    for number, copy in enumerate(copies.values()):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(b"".join(copy.blocks(copy.words())))
        with pikepdf.open(file) as pdf, pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
        files.append(file)
    verdicts = dict(zip(copies, validate(files), strict=True))
    assert {name: verdict.broken for name, verdict in verdicts.items()} == dict.fromkeys(copies, ())
    assert all(verdict.assertions > 1_000 for verdict in verdicts.values())
