"""What is due when around a meeting, by the board's own rule book, with the working. Pure: plain values in, plain values out.

It tells and warns; it never refuses. A meeting may lawfully be called at short notice (Local Government Act 1972, s100A(6)(a), s100B(3)(a)),
so a date that has passed is shown with the reason for it, and nothing is blocked. Rules that differ from place to place are
fields of `RuleBook`, filled from the board.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import DayCounting, Nation
from minutes.deadlines import CountedDay, Counting, counted_on, last_day_to_publish, working
from minutes.enums import MeetingKind

KEY_DECISION_DAYS = 28
"""Clear days, every day counted: SI 2012/2089, regulation 9."""
DECISION_NOTE_DAYS = 7
"""Working days, beginning with the day of the meeting: Local Government and Elections (Wales) Act 2021, Schedule 4."""
PUBLIC_FOR_YEARS = 6
BACKGROUND_FOR_YEARS = 4
NOT_SUITABLE = frozenset({MeetingKind.EXTRAORDINARY, MeetingKind.WORKSHOP})
"""Meetings at which the minutes of another are not confirmed (SI 1993/202, Schedule 2)."""


@dataclass(frozen=True)
class RuleBook:
    """What a board's standing orders say of dates.

    Attributes:
        notice_days: clear days of notice and agenda.
        counting: how they are counted.
        draft_minutes_days: working days until the draft minutes are to be out; 0 where there is no target.
        call_in_days: working days in which a decision may be called in; used for executive boards only.
    """

    notice_days: int
    counting: Counting
    draft_minutes_days: int = 10
    is_executive: bool = False
    call_in_days: int = 5

    @property
    def working_days(self) -> Counting:
        """Working days of the same nation, which targets after the meeting are counted in."""
        return Counting(DayCounting.WORKING_DAYS, self.counting.nation, self.counting.more)


@dataclass(frozen=True)
class Dated:
    """Something with a title and a day: a supplement, an item, a report owed. None where no day is known."""

    title: str
    day: date | None = None


@dataclass(frozen=True)
class MeetingFacts:
    """The days of one meeting, as far as they have come.

    Attributes:
        notice_on, agenda_on: when each was public.
        supplements: each with the day it was published.
        unexplained: urgent items whose reason is not written yet.
        key_decisions: items of the forward plan, each with the day it was first published there.
        exempt: items taken in private, each with the day on which that is looked at again.
        decided_on: when the decisions were published.
        minutes_on, confirmed_on: when the draft minutes were public and when they were confirmed.
        later: the board's later meetings that are to take place, with their kinds, in order.
        report_backs, news, reviews: what is owed because of it.
        questions: until when the public can put what to it.
        replies: written replies that it promised, each with the days by which they are due and were given.
    """

    day: date
    notice_on: date | None = None
    agenda_on: date | None = None
    supplements: tuple[Dated, ...] = ()
    unexplained: tuple[str, ...] = ()
    key_decisions: tuple[Dated, ...] = ()
    exempt: tuple[Dated, ...] = ()
    decided_on: date | None = None
    minutes_on: date | None = None
    confirmed_on: date | None = None
    later: tuple[tuple[date, str], ...] = ()
    report_backs: tuple[Dated, ...] = ()
    news: tuple[Dated, ...] = ()
    reviews: tuple[Dated, ...] = ()
    questions: tuple[Dated, ...] = ()
    replies: tuple[tuple[str, date, date | None], ...] = ()


@dataclass(frozen=True)
class Duty:
    """One thing that is due.

    Attributes:
        name: what sort of duty it is, in one word.
        what: it, for the person who does it.
        rule: whose rule it is, in words.
        due_on: by when; None where no day can be said yet.
        done_on: when it was done.
        days: the working, day by day, where there is one.
        is_target: whether it is a date of the board's own choosing or of information, so that passing it breaks no rule.
    """

    name: str
    what: str
    rule: str
    due_on: date | None
    done_on: date | None = None
    days: tuple[CountedDay, ...] = ()
    is_target: bool = False

    def is_late(self, today: date) -> bool:
        """Whether its day has passed: done later, or not done."""
        return self.due_on is not None and (self.done_on or today) > self.due_on


@dataclass(frozen=True)
class NoticeGiven:
    """How much notice there was.

    Attributes:
        on: the day it was published.
        number: how many days that count lie between.
        needed: how many the board's rule asks for.
        days: the working.
    """

    on: date
    number: int
    needed: int
    days: tuple[CountedDay, ...]

    @property
    def is_short(self) -> bool:
        """Whether it was shorter than the rule."""
        return self.number < self.needed


def notice_given(book: RuleBook, published: date, meeting: date) -> NoticeGiven:
    """How much notice lies between a publication and a meeting, in the board's own way of counting."""
    days = working(published, meeting, book.counting)
    return NoticeGiven(published, sum(1 for day in days if day.number), book.notice_days, days)


def publish_by(book: RuleBook, meeting: date) -> date:
    """The last day for notice and agenda."""
    rule = book.counting
    return last_day_to_publish(meeting, book.notice_days, rule.rule, rule.nation, rule.more)


def draft_minutes_by(book: RuleBook, meeting: date) -> date | None:
    """The day by which the draft minutes are to be out, by the board's own target; None where it has none."""
    return counted_on(meeting, book.draft_minutes_days, book.working_days) if book.draft_minutes_days else None


def clock(book: RuleBook, facts: MeetingFacts) -> list[Duty]:
    """Everything that is due around a meeting, what comes first above what comes later, what has no day yet last."""
    duties = [*_before(book, facts), *_after(book, facts), *_owed(facts), *_kept(facts)]
    return sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on or facts.day))


def warnings(book: RuleBook, facts: MeetingFacts, today: date) -> list[str]:
    """What an editor is told before the agenda goes out, in plain sentences. None of it stops anything."""
    said = []
    by = publish_by(book, facts.day)
    if facts.day >= today:
        for on, thing in ((facts.notice_on, _("notice")), (facts.agenda_on, _("agenda"))):
            if on is None and today > by:
                said.append(
                    _(
                        "There is no day left on which the %(thing)s could go out with %(days)s of clear notice. "
                        "The meeting can still be held at short notice: write why, it is shown to the public."
                    )
                    % {"thing": thing, "days": days_words(book.notice_days)}
                )
    said += [
        _("“%(item)s” is urgent without a reason. The minutes cannot be published before it is written.") % {"item": title}
        for title in facts.unexplained
    ]
    if book.is_executive:
        last = _key_decision_by(facts.day)
        said += [
            _("The key decision “%(item)s” was not in the forward plan by %(day)s.")
            % {"item": item.title, "day": f"{last:%-d %B %Y}"}
            for item in facts.key_decisions
            if item.day is None or item.day > last
        ]
    return said


def days_words(number: int) -> str:
    """Such as “5 days”."""
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def takes_effect(book: RuleBook, decided_on: date) -> date:
    """The day from which a decision of an executive board may be carried out: the one after its call-in window."""
    return counted_on(decided_on, book.call_in_days, book.working_days) + timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day some years later. 29 February becomes 1 March where there is none, so that nothing is kept too briefly."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def next_suitable(facts: MeetingFacts) -> date | None:
    """The day of the next meeting at which its minutes can be confirmed; None where none is planned."""
    return next((day for day, kind in facts.later if day > facts.day and kind not in NOT_SUITABLE), None)


def _key_decision_by(day: date) -> date:
    return last_day_to_publish(day, KEY_DECISION_DAYS, DayCounting.CALENDAR, Nation.ENGLAND)


def _before(book: RuleBook, facts: MeetingFacts) -> list[Duty]:
    by = publish_by(book, facts.day)
    days = working(by, facts.day, book.counting)
    counted = {DayCounting.WORKING_DAYS: _("working days"), DayCounting.NOT_SUNDAYS: _("Sundays and bank holidays left out")}
    rule = _("The board's rule book: %(days)s of clear notice, %(counted)s.") % {
        "days": days_words(book.notice_days),
        "counted": counted.get(DayCounting(book.counting.rule), _("every day counted")),
    }
    duties = [
        Duty("notice", _("Post the notice"), rule, by, facts.notice_on, days),
        Duty("agenda", _("Publish the agenda and its papers"), rule, by, facts.agenda_on, days),
    ]
    late = _("As soon as members have it; an item on it may need the chair's reason for urgency (LGA 1972, s100B(4)).")
    duties += [Duty("supplement", item.title, late, by, item.day, is_target=True) for item in facts.supplements]
    if book.is_executive:
        plan = _("28 clear days in the forward plan before a key decision (SI 2012/2089, regulation 9).")
        duties += [
            Duty("key decision", item.title, plan, _key_decision_by(facts.day), item.day) for item in facts.key_decisions
        ]
    return duties


def _after(book: RuleBook, facts: MeetingFacts) -> list[Duty]:
    reason = _("The reason stands in the minutes, and they cannot be published without it (LGA 1972, s100B(4)).")
    duties = [Duty("urgency", title, reason, None) for title in facts.unexplained]
    week = book.working_days
    if book.counting.nation == Nation.WALES:
        note = _("Decision note within 7 working days, beginning with the day of the meeting (2021 Act, Schedule 4).")
        first = facts.day - timedelta(days=1)
        due = counted_on(first, DECISION_NOTE_DAYS, week)
        duties.append(
            Duty("decision note", _("Publish the note of decisions"), note, due, facts.decided_on, _days(first, due, week))
        )
    drafts_by = draft_minutes_by(book, facts.day)
    if drafts_by is not None:
        target = _("The board's own target: %(days)s, working days.") % {"days": days_words(book.draft_minutes_days)}
        days = _days(facts.day, drafts_by, week)
        duties.append(
            Duty("draft minutes", _("Publish the draft minutes"), target, drafts_by, facts.minutes_on, days, is_target=True)
        )
    confirm = _("At the next suitable meeting; an extraordinary one is passed over (LGA 1972, Schedule 12, paragraph 41).")
    duties.append(
        Duty("confirmation", _("Confirm the minutes"), confirm, next_suitable(facts), facts.confirmed_on, is_target=True)
    )
    if book.is_executive and facts.decided_on is not None:
        duties += _call_in(book, facts.decided_on)
    return duties


def _call_in(book: RuleBook, decided_on: date) -> list[Duty]:
    rule = _("The board's rule book: a decision can be called in for %(days)s, working days, once it is published.") % {
        "days": days_words(book.call_in_days)
    }
    effect = takes_effect(book, decided_on)
    end = effect - timedelta(days=1)
    days = _days(decided_on, end, book.working_days)
    return [
        Duty("call-in", _("The call-in window ends"), rule, end, days=days, is_target=True),
        Duty("effect", _("Decisions not called in take effect"), rule, effect, is_target=True),
    ]


def _owed(facts: MeetingFacts) -> list[Duty]:
    private = _("Private “if and so long” as the public interest is served by it (LGA 1972, Schedule 12A, paragraph 10).")
    rules = (
        ("review", private, facts.exempt),
        ("report back", _("The day by which the organisation was asked to report back."), facts.report_backs),
        ("news", _("The public was told that there will be news by then."), facts.news),
        ("service", _("The board looks at the service every year."), facts.reviews),
        ("question", _("The board's rules on questions, petitions and deputations."), facts.questions),
    )
    reply = _("A written reply was promised at the meeting; the board's rule says by when.")
    replies = [Duty("reply", what, reply, due_on, given_on) for what, due_on, given_on in facts.replies]
    return replies + [Duty(name, row.title, rule, row.day, is_target=True) for name, rule, rows in rules for row in rows]


def _kept(facts: MeetingFacts) -> list[Duty]:
    public = _("Minutes, agenda and public reports stay open to inspection for 6 years (LGA 1972, s100C).")
    background = _("Background papers stay open to inspection for 4 years (LGA 1972, s100D).")
    ever = _("Signed minutes are kept for ever. Nothing is deleted by this system.")
    rows = (
        (_("Minutes, agenda and reports are public until"), public, years_after(facts.day, PUBLIC_FOR_YEARS)),
        (_("Background papers are public until"), background, years_after(facts.day, BACKGROUND_FOR_YEARS)),
        (_("The signed minutes are kept"), ever, None),
    )
    return [Duty("kept", what, rule, day, is_target=True) for what, rule, day in rows]


def _days(after: date, until: date, rule: Counting) -> tuple[CountedDay, ...]:
    return working(after, until + timedelta(days=1), rule)
