"""Making records up: twenty years of boards, into a database of their own, by the bulk path that imports use too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.models import BoardIndexPage, BoardPage, BodyType, Organisation, OrganisationType, Person, Reference, User
from governance.operations.publishing import add_record
from home.made_up.meetings import meetings_of
from home.made_up.words import PLACES
from home.operations.opening import open_site
from minutes.operations.bulk.meetings import keep_meetings
from minutes.operations.bulk.understood import UnderstoodMeeting

# Nobody can log in as this account. That it exists says that the records here are made up.
MAKER = "made-up-records"
YEARS = 20
LONG_AGO = (date(1985, 1, 7), date(2010, 1, 4))
PAGES_OF_AN_ITEM = 4
"""About so many stand for an item: itself, its minute, its resolutions, actions and their news."""
ITEMS_AT_ONCE = 200
"""About so many are kept in one transaction: whole meetings."""
BODIES = (
    "Health and Wellbeing Board",
    "Safeguarding Board",
    "Children's Board",
    "Housing Board",
    "Climate Board",
    "Skills Board",
)

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """How many pages and items of agendas were made up."""

    pages: int
    items: int


def generate_records(*, pages: int, seed: int, today: date, tell: Tell) -> Made:
    """Make up boards with meetings until there are about so many pages. Run again with a larger number, it goes on.

    Args:
        seed: the same makes the same.
        today: nothing is dated later.
        tell: is told how many pages there are, and how many there will be, after each batch.

    Raises:
        Refused: the database holds records that were not made up.
    """
    maker = _maker()
    first = today.replace(year=today.year - YEARS, day=1)
    return make_up(pages=pages, boards=made_up_boards(maker), by=maker, seed=seed, span=(first, today), tell=tell)


def generate_pages(*, pages: int, board: BoardPage, by: Any, seed: int = 1) -> Made:
    """Make at least so many further live pages on a board, and on new ones when it has twenty-five years of them.

    Args:
        board: the board that meets.
        by: who makes them.
    """
    boards = chain([board], made_up_boards(by))
    return make_up(pages=_live() + pages, boards=boards, by=by, seed=seed, span=LONG_AGO, tell=lambda there, wanted: None)


def make_up(*, pages: int, boards: Iterator[BoardPage], by: Any, seed: int, span: tuple[date, date], tell: Tell) -> Made:
    """Make up the meetings of one board after the other until there are so many live pages.

    Args:
        span: the first and the last day of the meetings.
    """
    leads = tuple(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    before = there = _live()
    items = 0
    while there < pages:
        board = next(boards)
        meetings = new_meetings(board, seed=seed, span=span, leads=leads)
        while there < pages and (batch := next_of(meetings, min(ITEMS_AT_ONCE, (pages - there) // PAGES_OF_AN_ITEM))):
            keep_meetings(board=board, meetings=batch, by=by)
            items += sum(len(meeting.minutes) for meeting in batch)
            there = _live()
            tell(there, pages)
    return Made(there - before, items)


def new_meetings(
    board: BoardPage, *, seed: int, span: tuple[date, date], leads: tuple[int, ...]
) -> Iterator[UnderstoodMeeting]:
    """The made-up meetings of a board that it has no page of yet."""
    known = set(board.get_children().values_list("slug", flat=True))
    for meeting in meetings_of(seed=f"{seed} {board.code}", first=span[0], last=span[1], leads=leads):
        if meeting.day.isoformat() not in known:
            yield meeting


def next_of(meetings: Iterator[UnderstoodMeeting], items: int) -> list[UnderstoodMeeting]:
    """The next meetings, so many items as are kept in one transaction; at least one, while there are any."""
    batch: list[UnderstoodMeeting] = []
    for meeting in meetings:
        batch.append(meeting)
        if sum(len(each.minutes) for each in batch) >= items:
            break
    return batch


def _live() -> int:
    return Page.objects.live().filter(depth__gt=1).count()


@transaction.atomic
def _maker() -> User:
    """Whose the records are; with the site that they stand on.

    Raises:
        Refused: there are other records.
    """
    maker = User.objects.filter(username=MAKER).first()
    if maker is not None:
        return maker
    if any(model._default_manager.exists() for model in (User, Organisation, Person, Reference)):
        words = _(
            "This database holds other records. Records are only made up in a database of their own, given by DATABASE_URL."
        )
        raise Refused(words)
    maker = User(username=MAKER, first_name="Made-up", last_name="records", is_active=False)
    maker.set_unusable_password()
    maker.save()
    open_site(name=_("Made-up Council"), by=maker)
    kind, _made = OrganisationType.objects.get_or_create(name="Council")
    for place in PLACES:
        Organisation.objects.create(name=f"{place} Partnership", type=kind)
    return maker


def made_up_boards(by: Any) -> Iterator[BoardPage]:
    """Board after board, each made if it is not there."""
    index = BoardIndexPage.objects.get()
    for number in count(1):
        code = f"MADE{number}"
        if not BoardPage.objects.filter(code=code).exists():
            title = f"{PLACES[number % len(PLACES)]} {BODIES[(number - 1) % len(BODIES)]} {number}"
            page = BoardPage(title=title, code=code, slug=code.lower(), body_type=BodyType.objects.order_by("pk")[0])
            add_record(parent=index, page=page, by=by, publish=True)
        yield BoardPage.objects.get(code=code)
