"""Annual reports in public: shown as they were kept, never made when they are read."""

import re

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.models import BoardPage
from minutes.enums import ReportState
from minutes.models import AnnualReport
from tests.minutes.annual.sample import sample_year

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/HWB/2026-27/"


@pytest.fixture
def report(board: BoardPage) -> AnnualReport:
    """A report that is ready."""
    content = sample_year()
    row = AnnualReport(
        board=board,
        year=content.year,
        state=ReportState.READY,
        content=content.plain(),
        content_sha256=content.digest,
        sha512="0" * 128,
        bytes=8,
        pages=4,
        as_at=content.as_at,
        looked_at=timezone.now(),
        asked_at=timezone.now(),
    )
    row.file.save("hwb.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.save()
    return row


def test_the_page_says_what_the_report_says(report: AnnualReport, client: Client) -> None:
    text = client.get(ADDRESS).content.decode()
    for words in (
        "The year is not over yet.",
        "As the public records stood on 22 November 2026.",
        "Gofal gartref yn Nhŷ Dŵr",
        "The first 1 of 400 are named here.",
        "1 clear day, too late. Snow had closed the office.",
        "It led to HWB-A1, HWB-A2.",
        "Organisation not recorded",
        "For 1 workshop the number is not recorded.",
        "Points raised: 3. Answered: 2. Still waiting for an answer: 1.",
    ):
        assert words in text, words
    assert f'href="{ADDRESS}pdf/"' in text
    assert text.count("<h1") == 1
    assert re.findall(r"<h([1-6])", text)[0] == "1"


def test_the_file_is_streamed(report: AnnualReport, client: Client) -> None:
    response = client.get(f"{ADDRESS}pdf/")
    assert b"".join(response) == b"%PDF-1.7"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert client.get("/reports/HWB/2025-26/pdf/").status_code == 404


def test_the_board_and_the_list_lead_to_it(report: AnnualReport, client: Client) -> None:
    for address in (report.board.get_url(), "/reports/"):
        assert f'href="{ADDRESS}"' in client.get(address).content.decode()
    response = client.get("/reports/hwb/2026-27/")
    assert (response.status_code, response["Location"]) == (301, ADDRESS)


def test_one_that_is_not_ready_is_said_to_be_on_its_way_and_reading_makes_none(board: BoardPage, client: Client) -> None:
    response = client.get("/reports/HWB/2025-26/")
    assert response.status_code == 404
    assert "This report is being put together." in response.content.decode()
    assert "No year has been put together yet." in client.get("/reports/").content.decode()
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize(
    "path", ["HWB/2999-00", "HWB/2026-28", "HWB/x", "NONE/2026-27", "HWB/" + "9" * 3000, "-/-", "HWB/0000-01"]
)
def test_what_is_no_board_or_no_year_is_not_found(report: AnnualReport, client: Client, path: str) -> None:
    for end in ("", "pdf/"):
        assert client.get(f"/reports/{path}/{end}").status_code == 404


def test_a_withdrawn_board_shows_none(report: AnnualReport, client: Client) -> None:
    BoardPage.objects.filter(pk=report.board_id).update(live=False)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}pdf/").status_code == 404


def test_many_lines_ask_no_more_often(report: AnnualReport, client: Client) -> None:
    def queries() -> int:
        cache.clear()
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            client.get(ADDRESS)
        return len(asked)

    few = queries()
    content = report.content
    for name in ("meetings", "resolutions", "attendance", "services", "workshops"):
        content[name] = content[name] * 50
    AnnualReport.objects.filter(pk=report.pk).update(content=content)
    assert queries() == few <= 10


def test_a_report_as_it_stands_now_is_known_by_its_checksum(report: AnnualReport, client: Client) -> None:
    text = client.post("/check-a-file/", {"checksum": report.sha512}).content.decode()
    assert "This is the annual report as it stands now" in text
    assert f'href="{ADDRESS}"' in text
    BoardPage.objects.update(live=False)
    assert "not a pack that we issued" in client.post("/check-a-file/", {"checksum": report.sha512}).content.decode()
