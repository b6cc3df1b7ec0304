"""Records for tests, made through the same operations that people use."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from governance.enums import ActionStatus, Difference, Role
from governance.models import (
    ActionPage,
    BoardIndexPage,
    BoardPage,
    BodyType,
    Organisation,
    OrganisationType,
    ProgressIndexPage,
    ProgressUpdatePage,
    User,
)
from governance.operations.publishing import add_record
from governance.roles import MATRIX, Scope
from home.models import HomePage
from home.operations.opening import open_site
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage
from minutes.operations.meetings import add_item, schedule_meeting
from tests.kept import kept_step

ENDED = {
    "difference": Difference.SEEN,
    "what_is_different": "People choose who comes to help them.",
    "for_whom": "Forty people who use home care.",
    "how_known": "They were asked in October.",
}
"""What came of an action that is completed."""
LONDON = ZoneInfo("Europe/London")
PASSWORD = "correct horse battery staple"


def london(*parts: int) -> datetime:
    """A moment as a clock in London shows it."""
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


def make_user(username: str = "clerk", **fields: Any) -> User:
    """An administrator unless said otherwise."""
    fields.setdefault("is_superuser", True)
    fields.setdefault("is_staff", True)
    return User.objects.create_user(username, f"{username}@example.org", PASSWORD, **fields)


def holder_of(role: str, board: BoardPage, organisation: Organisation | None = None) -> dict[str, Any]:
    """What a role is held for: the board, the organisation, or neither for one of the whole site."""
    scope = MATRIX[Role(role)].scope
    if scope is Scope.ORGANISATION:
        return {"organisation": organisation or make_organisation("Beckside Homes")}
    return {"board": board} if scope is Scope.BOARD else {}


def make_home() -> HomePage:
    """The front page with the sections below it."""
    return open_site(name="Ashmere Council")


def make_organisation(name: str = "Ashmere Council", **fields: Any) -> Organisation:
    """A partner organisation."""
    kind, _ = OrganisationType.objects.get_or_create(name=fields.pop("type_name", "Council"))
    return Organisation.objects.get_or_create(name=name, defaults={"type": kind, **fields})[0]


def make_board(by: User, code: str = "HWB", title: str = "Health and Wellbeing Board", **fields: Any) -> BoardPage:
    """A live board."""
    make_home()
    fields.setdefault("body_type", BodyType.objects.get(name="Health and Wellbeing Board"))
    index = BoardIndexPage.objects.get()
    slug = fields.pop("slug", code.lower())
    return add_record(parent=index, page=BoardPage(title=title, code=code, slug=slug, **fields), by=by, publish=True)


@kept_step
def make_meeting(board: BoardPage, by: User, starts_at: datetime | None = None, **fields: Any) -> MeetingPage:
    """A live, scheduled meeting."""
    return schedule_meeting(board=board, starts_at=starts_at or london(2026, 10, 8, 14), by=by, **fields)


@kept_step
def make_item(meeting: MeetingPage, by: User, title: str = "Home care", publish: bool = True, **fields: Any) -> AgendaItemPage:
    """An item at the end of the agenda."""
    return add_item(meeting=meeting, item=AgendaItemPage(title=title, **fields), by=by, publish=publish)


@kept_step
def make_minute(item: AgendaItemPage, by: User, publish: bool = True, **fields: Any) -> MinutePage:
    """The minute of an item."""
    fields.setdefault("text", "<p>The Board heard how home care is planned.</p>")
    return add_record(parent=item, page=MinutePage(title=item.title, slug="minute", **fields), by=by, publish=publish)


@kept_step
def make_resolution(item: AgendaItemPage, by: User, publish: bool = True, number: int = 1, **fields: Any) -> ResolutionPage:
    """A clause of an item."""
    fields.setdefault("text", "That home care be designed with the people who use it.")
    fields.setdefault("label", f"({number})")
    page = ResolutionPage(title=f"Resolution {number}", slug=f"resolution-{number}", position=number, **fields)
    return add_record(parent=item, page=page, by=by, publish=publish)


@kept_step
def make_action(
    board: BoardPage, by: User, title: str = "Design home care with people", publish: bool = True, **fields: Any
) -> ActionPage:
    """An action on the progress page. A lead or a date that comes from nowhere was set by the chair."""
    if fields.get("lead_organisation") or fields.get("lead_role"):
        fields.setdefault("lead_set_by", "the chair")
        fields.setdefault("lead_set_on", date(2026, 10, 9))
    if fields.get("first_due_on"):
        fields.setdefault("due_set_by", "the chair")
        fields.setdefault("due_set_on", date(2026, 10, 9))
    fields.setdefault("promise", "We will design home care with the people who use it.")
    return add_record(
        parent=ProgressIndexPage.objects.get(), page=ActionPage(title=title, board=board, **fields), by=by, publish=publish
    )


def make_update(
    action: ActionPage, by: User, day: date | None = None, publish: bool = True, **fields: Any
) -> ProgressUpdatePage:
    """News of an action; news that it is completed or handed on says what that takes, unless it is given."""
    day = day or date(2026, 11, 3)
    if fields.get("status") == ActionStatus.COMPLETED:
        fields = {**ENDED, "look_again_on": day + timedelta(weeks=26), **fields}
    if fields.get("status") == ActionStatus.HANDED_ON:
        fields = {"handed_to": "Ashmere Place Partnership", "handed_to_address": "https://place.example.org/", **fields}
    fields.setdefault("what_changed", "The first workshop was held.")
    fields.setdefault("title", f"News of {day.isoformat()}")
    return add_record(parent=action, page=ProgressUpdatePage(date=day, **fields), by=by, publish=publish)
