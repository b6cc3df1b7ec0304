"""A board with thousands of records below it is renamed: every former address leads on, and the database is asked few times."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Locale, Page

import pytest

from governance.models import BoardPage, PublicAddress, User
from governance.operations.publishing import publish_record
from governance.operations.references import remember_addresses
from tests.drills.sizes import drilled

pytestmark = pytest.mark.django_db
MANY = {"small": 1_500, "full": 10_000, "long": 10_000}[drilled()]


def below(board: BoardPage, number: int) -> list[Page]:
    """So many public pages below a board, with their addresses kept."""
    kind, locale = ContentType.objects.get_for_model(Page), Locale.objects.get()
    first = board.numchild
    pages = [
        Page(
            title=f"Meeting {place}",
            draft_title=f"Meeting {place}",
            slug=f"meeting-{place}",
            url_path=f"{board.url_path}meeting-{place}/",
            path=Page._get_path(board.path, board.depth + 1, first + place),
            depth=board.depth + 1,
            content_type=kind,
            locale=locale,
        )
        for place in range(1, number + 1)
    ]
    made = Page.objects.bulk_create(pages, batch_size=200)
    Page.objects.filter(pk=board.pk).update(numchild=first + number)
    remember_addresses(pages=made, at=timezone.now())
    return made


def rename(board: BoardPage, slug: str, by: User) -> int:
    """Give a board another address; how often the database was asked."""
    board = BoardPage.objects.get(pk=board.pk)
    board.slug = slug
    with CaptureQueriesContext(connection) as asked:
        publish_record(page=board, by=by)
    return len(asked)


def test_a_renamed_board_takes_everything_with_it(board: BoardPage, clerk: User, client: Client) -> None:
    few = rename(board, "few", clerk)
    made = below(BoardPage.objects.get(pk=board.pk), MANY)
    often = rename(board, "wellbeing", clerk)
    assert often <= few + 6 * (MANY // 500 + 1), f"{often} questions for {MANY} pages, {few} for none"
    former = PublicAddress.objects.filter(path__startswith=f"{board.url_path.replace(board.slug, 'few')}")
    assert former.count() == MANY + 1
    assert PublicAddress.objects.filter(path__contains="/wellbeing/").count() == MANY + 1
    for page in (made[0], made[MANY // 2], made[-1]):
        old = f"/boards/few/{page.slug}/"
        assert client.get(old)["Location"] == f"/boards/wellbeing/{page.slug}/"
