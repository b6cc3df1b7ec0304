"""Rows that belong to pages exist before their page is published and after it is withdrawn: the public reads only public ones."""

from pathlib import Path

import pytest

from tests.house.public_rows import Guarded, guarded, unguarded_reads
from tests.house.sources import plant

# Files and folders that read every row, and why that shows nobody what is not public. Each entry must still be needed.
READ_EVERYTHING: dict[str, str] = {
    "governance/operations/": "operations write rows and show none",
    "minutes/operations/": "operations write rows and show none",
    "home/demonstration/": "it makes the rows of the demonstration",
    "minutes/models/papers.py": "a paper asks for its own earlier state before it is changed",
    "governance/partner_": "editors ask partners and decide on what they answer; the rules take what they are given",
    "governance/permissions.py": "it says who decides on an answer and shows nothing",
    "home/partner_": "a partner's link opens only while its action is public, and only its own request",
    "templates/governance/admin/partner_": "pages of the admin",
    "minutes/models/sealed_packs.py": "a sealed section or copy is named and opened by its own pack, after the policy",
    "minutes/models/packs.py": "a pack is named by its own supplement, and a dispatch by its own pack",
    "minutes/agenda_": "those who build an agenda see its drafts, its headings and the papers that are to follow",
    "minutes/clock_facts.py": "the clock is shown to editors; pages ask it for notice alone",
    "minutes/models/rooms.py": "quorum and votes are counted from every line, and shown to editors alone",
    "minutes/room_": "the page on which editors record who was there",
    "minutes/paper_": "those who bring papers to an item see all of its papers",
    "minutes/chasing.py": "those who make an agenda see every report of it, and how it was asked for",
    "minutes/models/paper_requests.py": "a request is named by its own paper, in the admin alone",
    "minutes/question_time.py": "the clock of the admin tells which written replies were promised; pages ask it for deadlines alone",
    "minutes/desk": "those who write the minutes see all that was noted of an item",
    "minutes/forms.py": "an editor chooses among the actions that they write for",
    "governance/needs_of_promises.py": "the home of the admin: each row is of a board that the person writes for",
    "minutes/needs_of_records.py": "the home of the admin: each row is of a board that the person works for",
    "minutes/reports.py": "the admin: each report is of boards that the person may look at",
    "minutes/question_views.py": "the admin: asks whether the person works for the board of the question",
    "minutes/restricted_views.py": "those who may read the part in private see what was released of it",
    "minutes/models/emergencies.py": "it names what was taken out, of which none is public any more, in the admin alone",
    "home/emergency_looks.py": "it asks whether what was taken out is gone, and tells those who publish for the board",
    "minutes/waiting.py": "how many rows wait for a worker, for those who run the installation",
    "minutes/needs_of_meetings.py": "the home of the admin: each row is of a board that the person writes for",
    "minutes/pack_views.py": "an editor sees every version of a pack, the failed ones too, and who was sent it",
    "minutes/templatetags/record_steps.py": "an editor sees what is linked to a draft",
    "minutes/kept_files.py": "every stored file is looked at and backed up; which the public reads is said of each",
    "templates/minutes/admin/": "pages of the admin",
    "minutes/files_with_words.py": "whoever removes words from a record is told which of its files hold them, in the admin alone",
    "governance/offices.py": "it says whether a name is of somebody in office, and shows nothing",
    "governance/retention_of_people.py": "how many rows are held, for those who answer for personal data",
    "minutes/retention.py": "how many rows are held, for those who answer for personal data",
}
NAMES = Guarded(frozenset({"Paper"}), frozenset({"papers"}), frozenset({"commitment"}))


def unallowed() -> list[str]:
    """Reads that nothing allows."""
    return sorted(
        f"{name}: {words}" for name, words in unguarded_reads(guarded()) if not name.startswith(tuple(READ_EVERYTHING))
    )


def test_the_public_reads_only_what_is_public() -> None:
    assert unallowed() == []


def test_every_exception_is_still_needed() -> None:
    reading = {name for name, _words in unguarded_reads(guarded())}
    assert [entry for entry in READ_EVERYTHING if not any(name.startswith(entry) for name in reading)] == []


def test_the_rows_of_pages_are_known() -> None:
    names = guarded()
    assert names.models >= {"Attendance", "Commitment", "Pack", "Paper", "PartnerRequest", "Point", "PublicQuestion"}
    assert names.accessors >= {"attendances", "packs", "papers", "partner_requests", "points", "resolution_links"}
    assert names.forward == {
        "commitment",
        "pack",
        "partner_request",
        "question",
        "released_as",
        "supplement",
        "taken_paper",
        "wanted_paper",
    }


@pytest.mark.parametrize(
    "read",
    [
        "Paper.objects.filter(item=item)",
        "models.Paper._default_manager.all()",
        "item.papers.all()",
        "meeting.item.papers.count()",
        "AgendaItemPage.objects.filter(papers__title='x')",
        "items.prefetch_related('papers')",
        "items.order_by('pk').exclude(papers=None)",
        "action.commitment.text",
    ],
)
def test_a_read_past_the_door_is_found_in_python(tmp_path: Path, read: str) -> None:
    plant(tmp_path, "home/views.py", f"def view(item):\n    return {read}\n")
    assert [name for name, _words in unguarded_reads(NAMES, tmp_path)] == ["home/views.py"]


@pytest.mark.parametrize(
    "read", ["{{ item.papers.count }}", "{% for paper in item.papers.all %}{% endfor %}", "{{ page.commitment.text }}"]
)
def test_a_read_past_the_door_is_found_in_a_template(tmp_path: Path, read: str) -> None:
    plant(tmp_path, "templates/home/home_page.html", f"<p>{read}</p>\n")
    assert [name for name, _words in unguarded_reads(NAMES, tmp_path)] == ["templates/home/home_page.html"]


def test_the_door_itself_and_other_things_of_the_same_name_are_left_alone(tmp_path: Path) -> None:
    kept = (
        "def view(item, line):\n"
        "    line.papers.append(item)\n"
        "    Paper.objects.create(item=item)\n"
        "    item.commitment = None\n"
        "    return Paper.objects.public().filter(item=item), item.papers.public(), line.papers, item.commitment_id\n"
    )
    plant(tmp_path, "home/views.py", kept)
    plant(tmp_path, "home/migrations/0002_papers.py", "Paper.objects.filter(pk=1)\n")
    plant(tmp_path, "tests/test_papers.py", "Paper.objects.filter(pk=1)\n")
    plant(tmp_path, "templates/home/home_page.html", "<p>papers.all {{ line.papers|length }} {{ commitment.text }}</p>\n")
    assert list(unguarded_reads(NAMES, tmp_path)) == []
