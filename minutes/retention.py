"""How long minutes keeps personal data."""

from django.utils.translation import gettext as _

from governance.retention import Kept, kept_rows
from minutes.models import Attendance, PaperRequest, PublicQuestion, QuestionContact, RestrictedReading
from minutes.operations.paper_requests import KEPT_DAYS


def kept_by_minutes() -> list[Kept]:
    """Who took part, who asked, whose reports were asked for, and who read what in private."""
    return [
        Kept(
            what=_("Who attended meetings, declared interests, moved and voted"),
            until=_("for as long as the minutes"),
            why=_("Minutes are a record in law (Local Government Act 1972, Schedule 12, paragraph 41)."),
            by_itself=False,
            **kept_rows(Attendance.objects.all()),
        ),
        Kept(
            what=_("Questions of the public, with the name they were asked in"),
            until=_("for as long as the minutes"),
            why=_("A question put to a meeting is part of what happened there."),
            by_itself=False,
            **kept_rows(PublicQuestion.objects.all()),
        ),
        Kept(
            what=_("How to reach those who asked a question"),
            until=_("until the day that stands beside each, as the board's rule says"),
            why=_("So that they can be told of the answer."),
            **kept_rows(QuestionContact.objects.all(), "keep_until"),
        ),
        Kept(
            what=_("Addresses of authors whose reports were asked for"),
            until=_("for %(days)d days after the report was due") % {"days": KEPT_DAYS},
            why=_("So that they can be reminded."),
            **kept_rows(PaperRequest.objects.exclude(email="")),
        ),
        Kept(
            what=_("Who opened what is not for publication, and when"),
            until=_("for as long as the records"),
            why=_("So that it can be told who knew."),
            by_itself=False,
            **kept_rows(RestrictedReading.objects.all()),
        ),
    ]
