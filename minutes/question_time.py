"""Until when the public can put something to a meeting: the board's rules, the clock and the meeting's day together."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import QuestionKind
from governance.models import BoardPage, QuestionRule
from governance.wording import clock, day_in_full
from minutes.clock_facts import rule_book
from minutes.enums import UPCOMING
from minutes.legal_clock import Dated, MeetingFacts
from minutes.models import MeetingPage, PublicQuestion
from minutes.question_rules import Deadline, put_by


def deadlines_of(meeting: MeetingPage, board: BoardPage) -> list[Deadline]:
    """The deadline of each kind that the board takes, in the order of its rule book."""
    rules = list(QuestionRule.objects.filter(board=board.pk))
    if not rules:
        return []
    book = rule_book(board)
    return [
        Deadline(rule.kind, put_by(book, meeting.day, rule.days_before, rule.until), rule.days_before, rule.how, rule.on_site)
        for rule in rules
    ]


def open_deadlines(meeting: MeetingPage, board: BoardPage, now: datetime) -> list[Deadline]:
    """Those of a public meeting to come that have not passed and whose kind is taken from the site."""
    if not meeting.live or meeting.status not in UPCOMING:
        return []
    return [one for one in deadlines_of(meeting, board) if one.on_site and not one.has_passed(now)]


def with_questions(meeting: MeetingPage, board: BoardPage, facts: MeetingFacts) -> MeetingFacts:
    """The days of a meeting with those that its questions, petitions and deputations bring."""
    promised = PublicQuestion.objects.filter(meeting=meeting.pk, reply_due_on__isnull=False).order_by("reply_due_on", "pk")
    return replace(
        facts,
        questions=tuple(Dated(until_words(one), timezone.localdate(one.until)) for one in deadlines_of(meeting, board)),
        replies=tuple(
            (_("Reply in writing to %(name)s") % {"name": row.asked_by}, row.reply_due_on, row.replied_on)
            for row in promised
            if row.reply_due_on
        ),
    )


def until_words(deadline: Deadline) -> str:
    """What the public is told of a deadline: “Questions by 12 noon on Monday 5 October 2026”."""
    local = timezone.localtime(deadline.until)
    hour = _("12 noon") if (local.hour, local.minute) == (12, 0) else clock(local)
    sentences = {
        QuestionKind.QUESTION: _("Questions by %(clock)s on %(day)s"),
        QuestionKind.PETITION: _("Petitions by %(clock)s on %(day)s"),
        QuestionKind.DEPUTATION: _("Requests to be heard as a deputation by %(clock)s on %(day)s"),
    }
    return sentences[QuestionKind(deadline.kind)] % {"clock": hour, "day": day_in_full(local)}
