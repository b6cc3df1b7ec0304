"""Generated records stand in the tree, under references of their own, as if they had been published one by one."""

from django.test import Client

from wagtail.models import Page

from governance.models import ActionPage, BoardPage, LedgerEntry, PublicAddress, Reference, User
from governance.operations.progress import differences
from home.operations.generating import PAGES_IN_A_PATTERN, generate_pages
from minutes.models import MeetingPage, MinutePage, ResolutionAction
from tests import building

# Weeks enough to pass from one municipal year into the next.
PATTERNS = 20


def test_copies_are_whole_and_named_as_their_own(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    before = Page.objects.live().count()
    made = generate_pages(pages=PATTERNS * PAGES_IN_A_PATTERN - 5, board=board, by=clerk)
    assert made == PATTERNS * PAGES_IN_A_PATTERN == Page.objects.live().count() - before
    assert not any(Page.find_problems())
    assert ActionPage.objects.count() == PATTERNS + 1
    assert MeetingPage.objects.count() == PATTERNS
    assert ResolutionAction.objects.filter(action__in=ActionPage.objects.exclude(pk=action.pk)).count() == PATTERNS
    assert differences() == []
    for model in (Reference, PublicAddress):
        assert model.objects.values("page").distinct().count() >= made
    assert LedgerEntry.objects.filter(event="published").values("page").distinct().count() >= made
    for page in (MeetingPage.objects.latest("starts_at"), ActionPage.objects.latest("pk"), MinutePage.objects.latest("pk")):
        answer = client.get(f"/ref/{Reference.objects.get(page=page).slug}/", follow=True)
        assert (answer.status_code, page.title in answer.content.decode()) == (200, True)


def test_minutes_are_numbered_through_each_year_without_a_gap(board: BoardPage, clerk: User) -> None:
    generate_pages(pages=PATTERNS * PAGES_IN_A_PATTERN, board=board, by=clerk)
    numbers: dict[str, list[int]] = {}
    for reference in MinutePage.objects.values_list("reference", flat=True):
        year, number = str(reference).rsplit("/", 1)
        numbers.setdefault(year, []).append(int(number))
    assert set(numbers) == {"HWB/1989-90", "HWB/1990-91"}
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def test_the_next_action_takes_the_next_number(board: BoardPage, clerk: User) -> None:
    generate_pages(pages=3 * PAGES_IN_A_PATTERN, board=board, by=clerk)
    assert building.make_action(board, clerk).reference == "HWB-A4"
