"""Who acted in public office at meetings, as their minutes tell."""

from governance.person_rules import says
from minutes.models import Attendance, ItemPresenter, MeetingPage, MinutePage, NamedVote

SAID_IN = (
    (Attendance, ("name",)),
    (NamedVote, ("name",)),
    (ItemPresenter, ("name",)),
    (MeetingPage, ("presided_by",)),
    (MinutePage, ("mover", "seconder", "casting_vote_by", "presented_by")),
)


def acted_at_meetings(names: str) -> bool:
    """Whether one of these names is of somebody who attended, presided, moved, seconded, voted or presented at a meeting."""
    return any(
        says(names, text)
        for model, columns in SAID_IN
        for row in model._default_manager.values_list(*columns).distinct().order_by()
        for text in row
        if text
    )
