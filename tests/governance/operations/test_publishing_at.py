"""A replayed publication carries the time it happened at, on everything that names a time."""

from datetime import date

from wagtail.models import PageLogEntry

from governance.models import BoardPage, LedgerEntry, User
from governance.operations.progress import differences
from governance.operations.publishing import add_record, publish_record
from minutes.models import MinutePage, ResolutionPage
from minutes.operations.minuting import publish_minutes
from tests import building
from tests.building import london


def test_a_replayed_publication_is_dated_everywhere(board: BoardPage, clerk: User) -> None:
    then, later = london(2024, 11, 21, 14), london(2024, 12, 5, 9)
    page = building.make_action(board, clerk, publish=False)
    page = publish_record(page=page, by=clerk, at=then)
    page.title = "Design home care with the people who use it"
    page = publish_record(page=page, by=clerk, at=later)
    assert (page.first_published_at, page.last_published_at, page.latest_revision_created_at) == (then, later, later)
    assert page.latest_revision.created_at == later
    assert list(LedgerEntry.objects.filter(page=page).values_list("at", flat=True)) == [later, then]
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert set(published.values_list("timestamp", flat=True)) == {then, later}
    assert page.next_news_on == date(2025, 1, 16)
    assert differences() == []


def test_a_replayed_draft_is_older_than_its_publication(board: BoardPage, clerk: User) -> None:
    written, published = london(2024, 11, 26, 9), london(2024, 12, 2, 12)
    item = building.make_item(building.make_meeting(board, clerk, london(2024, 11, 21, 14)), clerk)
    minute = MinutePage(title="Home care", slug="minute", text="<p>The Board heard it.</p>")
    add_record(parent=item, page=minute, by=clerk, at=written)
    clause = ResolutionPage(title="Resolution 1", slug="resolution-1", text="That it be noted.", position=1)
    add_record(parent=item, page=clause, by=clerk, at=written)
    publish_minutes(meeting=item.get_parent().specific, by=clerk, at=published)
    for page in (MinutePage.objects.get(), ResolutionPage.objects.get()):
        assert [revision.created_at for revision in page.revisions.order_by("created_at")] == [written, published]
        assert (page.first_published_at, page.has_unpublished_changes) == (published, False)
    assert ResolutionPage.objects.get().adopted_at == published
