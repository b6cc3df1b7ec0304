"""What a pack prints, gathered from the live records of a meeting. Only what is public is read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.rich_text import expand_db_html

from bs4 import BeautifulSoup

from governance.addresses import absolute
from governance.enums import OPEN_STATUSES, ActionStatus, Confidence
from governance.lineage import path_above
from governance.models import ActionPage, BoardPage, ProgressUpdatePage
from governance.progress import news_is_late
from minutes.enums import MeetingStatus, PackAudience, PackEdition, PackKind
from minutes.models import (
    AgendaItemPage,
    Attendance,
    Confirmation,
    Correction,
    MeetingPage,
    MinutePage,
    Pack,
    ResolutionAction,
    ResolutionPage,
)
from minutes.packs import content as printed
from minutes.packs.addresses import address
from minutes.packs.gather_agenda import agenda_line
from minutes.packs.gather_papers import next_meetings, papers_of
from minutes.packs.gather_questions import printed_questions
from minutes.public_agenda import headings_before, headings_of
from minutes.public_corrections import confirmation_of, corrections_in, words_to_read

RECENTLY_CLOSED = timedelta(days=180)
SHORTENED = 160
MARKS = {
    ActionStatus.PAUSED: printed.Mark.PAUSED,
    ActionStatus.COMPLETED: printed.Mark.COMPLETED,
    ActionStatus.CLOSED: printed.Mark.CLOSED,
    ActionStatus.HANDED_ON: printed.Mark.CLOSED,
}
CONFIDENCE_MARKS = {
    Confidence.ON_TRACK: printed.Mark.ON_TRACK,
    Confidence.AT_RISK: printed.Mark.AT_RISK,
    Confidence.OFF_TRACK: printed.Mark.OFF_TRACK,
}


def gather(pack: Pack, issued_at: datetime) -> printed.PackContent:
    """Everything a pack of a meeting's agenda prints, as it stands now. Members read what the public reads, with room for notes."""
    meeting = pack.meeting
    board = meeting.board
    # What a supplement brought is in the supplement and in the pack that holds everything.
    items = [item for item in live_items(meeting) if item.supplement_id is None or pack.kind != PackKind.AGENDA]
    papers = papers_of(pack, items)
    headings = headings_before(items, headings_of(meeting))
    day = timezone.localdate(issued_at)
    return printed.PackContent(
        kind=PackKind(pack.kind),
        audience=PackAudience(pack.audience),
        edition=PackEdition(pack.edition),
        reference=pack.reference,
        version=pack.version,
        base_version=pack.base.version if pack.base else 0,
        board_name=board.title,
        meeting_title=_("%(kind)s meeting") % {"kind": meeting.get_kind_display()},
        starts_at=timezone.localtime(meeting.starts_at),
        issued_at=timezone.localtime(issued_at),
        council_name=board.organisation.name if board.organisation else "",
        venue=meeting.venue,
        how_to_attend=plain(meeting.how_to_attend),
        chair=meeting.presided_by,
        members=members(board, meeting.day),
        quorum_words=quorum_words(board),
        notice_words=notice_words(meeting),
        items=tuple(agenda_line(item, papers.get(item.pk, ()), headings.get(item.pk, "")) for item in items),
        previous_minutes=previous_minutes(board, meeting),
        actions=actions_report(board, day),
        actions_as_at=day,
        next_meetings=next_meetings(meeting),
        contact=board.contact,
        site_address=absolute(""),
    )


def plain(rich_text: str) -> str:
    """The words of rich text, one line for each block."""
    return BeautifulSoup(rich_text, "html.parser").get_text("\n", strip=True)


def blocks(rich_text: str) -> tuple[str, ...]:
    """The blocks of rich text as the pack prints them."""
    soup = BeautifulSoup(expand_db_html(rich_text), "html.parser")
    return tuple(str(child) for child in soup.children if str(child).strip())


def members(board: BoardPage, day: date) -> tuple[printed.MemberLine, ...]:
    """Who sits on the board on that day, the chair first."""
    seats = board.memberships.public().filter(from_date__lte=day).filter(Q(to_date=None) | Q(to_date__gte=day))
    ranks = {"chair": 0, "vice_chair": 1, "member": 2, "substitute": 3}
    rows = sorted(seats.select_related("person", "organisation"), key=lambda seat: (ranks[seat.role], seat.person.name))
    return tuple(
        printed.MemberLine(
            name=str(seat.person),
            role=seat.get_role_display() if seat.role != "member" else "",
            organisation=seat.organisation.name if seat.organisation else "",
            votes=seat.votes,
        )
        for seat in rows
    )


def quorum_words(board: BoardPage) -> str:
    """The board's quorum as a sentence."""
    words = ngettext("%(number)d member with a vote", "%(number)d members with a vote", board.quorum) % {"number": board.quorum}
    groups = [str(group) for group in board.quorum_groups.all()]
    if not groups:
        return f"{words}."
    return _("%(words)s, among them: %(groups)s.") % {"words": words, "groups": ", ".join(groups)}


def notice_words(meeting: MeetingPage) -> str:
    """When notice was given, and why it was short where it was."""
    if not meeting.notice_published_at:
        return ""
    words = _("Notice published on %(day)s") % {"day": date_format(timezone.localtime(meeting.notice_published_at), "l j F Y")}
    return f"{words}. {meeting.short_notice_reason}".strip(". ") + "."


def live_items(meeting: MeetingPage) -> list[AgendaItemPage]:
    """The public items of a meeting in the order of its agenda."""
    items = AgendaItemPage.objects.child_of(meeting).live().select_related("exempt_ground")
    return list(items.prefetch_related("presenters").order_by("position", "path"))


def previous_minutes(board: BoardPage, meeting: MeetingPage) -> printed.PrintedMinutes | None:
    """The public minutes of the board's last meeting before this one."""
    held = [MeetingStatus.DRAFT_MINUTES, MeetingStatus.CONFIRMED]
    last = (
        MeetingPage.objects.child_of(board)
        .live()
        .filter(starts_at__lt=meeting.starts_at, status__in=held)
        .order_by("-starts_at")
        .first()
    )
    return printed_minutes(last) if last is not None else None


def printed_minutes(meeting: MeetingPage) -> printed.PrintedMinutes:
    """The public minutes of a meeting."""
    groups: dict[str, list[printed.MemberLine]] = {"present": [], "in_attendance": [], "apologies": []}
    for row in Attendance.objects.public().filter(meeting=meeting):
        kind = row.presence if row.presence in {"in_attendance", "apologies"} else "present"
        if row.presence not in {"absent", "observer"}:
            groups[kind].append(
                printed.MemberLine(name=row.name, role=_("in the chair") if row.presided else "", votes=row.votes)
            )
    is_draft = meeting.status == MeetingStatus.DRAFT_MINUTES
    confirmation = confirmation_of(meeting)
    items = live_items(meeting)
    minutes = {path_above(row): row for row in MinutePage.objects.descendant_of(meeting).live()}
    corrections = corrections_in(list(minutes.values()))
    happened = [(item, minutes[item.path]) for item in items if item.path in minutes]
    return printed.PrintedMinutes(
        meeting_title=meeting.title,
        held_on=meeting.day,
        venue=meeting.venue,
        status_words=_("DRAFT, to be confirmed") if is_draft else confirmed_words(confirmation),
        is_draft=is_draft,
        presided_by=confirmation.presided_by if confirmation else "",
        signed_on=confirmation.signed_on if confirmation else None,
        present=tuple(groups["present"]),
        in_attendance=tuple(groups["in_attendance"]),
        apologies=tuple(groups["apologies"]),
        questions=printed_questions(meeting),
        items=tuple(minute_item(item, minute, corrections.get(minute.pk, [])) for item, minute in happened),
        reference=meeting.reference or "",
        address=address(meeting.reference),
    )


def confirmed_words(confirmation: Confirmation | None) -> str:
    """That minutes are confirmed, and where."""
    if confirmation is None or confirmation.at_meeting is None:
        return _("Confirmed as a correct record")
    day = date_format(confirmation.at_meeting.day, "j F Y")
    return _("Confirmed as a correct record at the meeting of %(day)s") % {"day": day}


def correction_words(correction: Correction) -> str:
    """A correction as a sentence."""
    words = {"old": correction.old_words, "new": correction.new_words, "why": correction.reason}
    if correction.confirmation_id:
        return _("Corrected when it was confirmed: “%(old)s” became “%(new)s”.") % words
    return _("Corrected on %(day)s: “%(old)s” is to be read as “%(new)s”. %(why)s") % {
        **words,
        "day": date_format(timezone.localdate(correction.at), "j F Y"),
    }


def minute_item(item: AgendaItemPage, minute: MinutePage, corrections: Sequence[Correction] = ()) -> printed.MinuteItem:
    """What happened on one item, with what was corrected."""
    clauses = ResolutionPage.objects.child_of(item).live().order_by("position", "path")
    moved = [
        _("Moved by %(name)s.") % {"name": minute.mover} if minute.mover else "",
        _("Seconded by %(name)s.") % {"name": minute.seconder} if minute.seconder else "",
        f"{minute.vote_words[:1].upper()}{minute.vote_words[1:]}." if minute.vote_words else "",
    ]
    return printed.MinuteItem(
        number=item.number or str(item.position),
        title=item.title,
        paragraphs=blocks(words_to_read(minute, corrections).parts["text"]),
        decision_words=" ".join(filter(None, moved)),
        resolutions=tuple(
            printed.ResolutionLine(
                label=clause.label or clause.mark,
                text=clause.text,
                stem=clause.stem or minute.get_decision_kind_display(),
                reference=clause.reference or "",
                address=address(clause.reference),
            )
            for clause in clauses
        ),
        corrections=tuple(correction_words(row) for row in corrections),
        reference=minute.reference or "",
        address=address(minute.reference),
    )


def actions_report(board: BoardPage, day: date) -> tuple[printed.ActionLine, ...]:
    """The board's open actions and those closed lately, from the live records."""
    live = ActionPage.objects.live().filter(board=board).select_related("lead_organisation")
    reported = live.filter(Q(status__in=OPEN_STATUSES) | Q(last_news_on__gte=day - RECENTLY_CLOSED)).order_by("pk")
    links = ResolutionAction.objects.public().filter(action__in=reported, kind="orders").select_related("resolution")
    ordered_by = {link.action_id: link.resolution for link in links}
    latest = latest_updates(reported)
    return tuple(action_line(action, ordered_by.get(action.pk), latest.get(action.path), day) for action in reported)


def latest_updates(actions: QuerySet[ActionPage]) -> dict[str, ProgressUpdatePage]:
    """The last public update of each action, by the action's path; two queries, however many actions there are."""
    paths = set(actions.values_list("path", flat=True))
    listed = ProgressUpdatePage.objects.live().order_by("date", "path").values_list("path", "pk")
    last = {parent: key for path, key in listed if (parent := path[: -ProgressUpdatePage.steplen]) in paths}
    found = ProgressUpdatePage.objects.live().in_bulk(list(last.values()))
    return {path: found[key] for path, key in last.items() if key in found}


def action_line(
    action: ActionPage, resolution: ResolutionPage | None, update: ProgressUpdatePage | None, day: date
) -> printed.ActionLine:
    """One action, with the resolution that ordered it and its last news."""
    moved = action.date_moves > 0 and action.first_due_on is not None
    explained = action.confidence in {Confidence.AT_RISK, Confidence.OFF_TRACK} and update is not None
    return printed.ActionLine(
        reference=action.reference or "",
        promise=action.promise,
        lead=", ".join(filter(None, [action.lead_role, str(action.lead_organisation or "")])),
        due_words=due_words(action),
        first_due_words=date_format(action.first_due_on, "j F Y") if moved and action.first_due_on else "",
        status_words=str(ActionStatus(action.status).label),
        confidence_words=str(Confidence(action.confidence).label) if action.confidence else "",
        mark=mark(action),
        confidence_reason=f"{update.reason} {update.recovery_step}".strip() if explained and update else "",
        updated_on=action.last_news_on,
        update_summary=update.what_changed if update else "",
        next_news_words=news_words(action, day),
        resolution_reference=(resolution.reference or "") if resolution else "",
        resolution_address=address(resolution.reference) if resolution else "",
        resolution_words=shortened(resolution.full_text) if resolution else "",
        address=address(action.reference),
    )


def mark(action: ActionPage) -> printed.Mark:
    """The shape beside an action's status."""
    known = MARKS.get(ActionStatus(action.status))
    if known:
        return known
    return CONFIDENCE_MARKS[Confidence(action.confidence)] if action.confidence else printed.Mark.ON_TRACK


def due_words(action: ActionPage) -> str:
    """When an action is to be done, and how often that has moved."""
    if action.due_on is None:
        return action.due_words
    words = _("By %(day)s") % {"day": date_format(action.due_on, "j F Y")}
    if not action.date_moves:
        return words
    times = ngettext("the date has moved once", "the date has moved %(count)d times", action.date_moves) % {
        "count": action.date_moves
    }
    return f"{words}; {times}"


def news_words(action: ActionPage, day: date) -> str:
    """When people will hear again, or by how much the news is late."""
    if action.next_news_on is None:
        return ""
    if news_is_late(action.next_news_on, action.status, day):
        days = (day - action.next_news_on).days
        return ngettext("News is late by %(days)d day", "News is late by %(days)d days", days) % {"days": days}
    return _("Next news by %(day)s") % {"day": date_format(action.next_news_on, "j F Y")}


def shortened(text: str) -> str:
    """A line of a longer text, cut between words."""
    return text if len(text) <= SHORTENED else text[:SHORTENED].rsplit(" ", 1)[0] + "…"
