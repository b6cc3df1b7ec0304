"""What minutes puts in the places of pages below: a board's meetings and decisions, and where an action comes from."""

from typing import Any

from django.utils import timezone

from governance.gathering import rows_of
from governance.seldom_filled import is_empty
from minutes import public_record
from minutes.years import DECISIONS as DECISIONS_OF_YEAR
from minutes.years import MEETINGS as MEETINGS_OF_YEAR
from minutes.years import chosen_year, years_of

AHEAD = 4
HELD = 8
DECISIONS = 5


def meetings_of_board(board: Any, request: Any) -> dict[str, Any]:
    """For a board's page: what is to come, what has been and what was decided last, or one whole year."""
    now = timezone.now()
    chosen = chosen_year(board, request.GET, now) if request is not None else None
    if chosen is not None:
        return {"chosen": chosen, "years": years_of(board, now)}
    found = public_record.ahead_and_held(now, board, AHEAD, HELD)
    decisions = public_record.latest_decisions(DECISIONS, board)
    return {"chosen": None, "years": found.years, "ahead": found.ahead, "held": found.held, "decisions": decisions}


def programme_of_board(board: Any, request: Any) -> dict[str, Any]:
    """For a board's page: what is coming, where the board shows it; not on the page of one of its years."""
    asked = request is not None and any(name in request.GET for name in (MEETINGS_OF_YEAR, DECISIONS_OF_YEAR))
    is_shown = not asked and board.pk and board.publishes_programme
    return {"entries": rows_of(board, "programme") if is_shown else []}


def joint_promises_of_board(board: Any, request: Any) -> dict[str, Any]:
    """For a board's page: the promises of other boards that it made with them at joint meetings."""
    jointly = board.pk and not is_empty(board, "joint_meetings")
    return {"promises": public_record.joint_promises_of(board) if jointly else []}


def reports_of_board(board: Any, request: Any) -> dict[str, Any]:
    """For a board's page: its annual reports, the latest first."""
    # A board that was never saved is previewed too.
    kept = board.pk and not is_empty(board, "annual_reports")
    reports = board.annual_reports.public().defer("content").order_by("-year") if kept else ()
    return {"board": board, "reports": list(reports)}


def meetings_of_all(index: Any, request: Any) -> dict[str, Any]:
    """For the list of boards: the next meetings of all of them."""
    ahead = list(public_record.meetings_ahead(timezone.now())[: AHEAD * 2])
    return {"ahead": public_record.with_boards(ahead)}


def origin_of_action(action: Any, request: Any) -> dict[str, Any]:
    """For an action's page: the resolutions behind it, word for word."""
    return {"decisions": public_record.decisions_of_action(action)}
