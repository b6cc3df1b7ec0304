"""What a pack prints, gathered from the live records of a meeting. Only what is public is read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.rich_text import expand_db_html

from bs4 import BeautifulSoup

from governance.addresses import absolute
from governance.lineage import path_above
from governance.models import BoardPage
from minutes.enums import MeetingStatus, PackAudience, PackEdition, PackKind
from minutes.models import (
    AgendaItemPage,
    Attendance,
    Correction,
    MeetingPage,
    MinutePage,
    Pack,
    ResolutionPage,
)
from minutes.packs import content as printed
from minutes.packs.addresses import address
from minutes.packs.confirmed import confirmed_words, correction_words
from minutes.packs.gather_actions import actions_report
from minutes.packs.gather_agenda import agenda_line
from minutes.packs.gather_papers import next_meetings, papers_of, supplement_numbers, titles_to_follow
from minutes.packs.gather_questions import printed_questions
from minutes.packs.gather_room import attendance_words, interest_paragraphs, named_votes
from minutes.public_agenda import headings_before, headings_of
from minutes.public_corrections import confirmation_of, corrections_in, words_to_read


def gather(pack: Pack, issued_at: datetime) -> printed.PackContent:
    """Everything a pack of a meeting's agenda prints, as it stands now. Members read what the public reads, with room for notes."""
    meeting = pack.meeting
    board = meeting.board
    # What a supplement brought is in the supplement and in the pack that holds everything.
    items = [item for item in live_items(meeting) if item.supplement_id is None or pack.kind != PackKind.AGENDA]
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
        items=_lines(pack, items),
        previous_minutes=previous_minutes(board, meeting),
        actions=actions_report(board, day),
        actions_as_at=day,
        next_meetings=next_meetings(meeting),
        supplement_number=pack.supplement_number,
        supplement_says=pack.supplement_says,
        late_because=pack.supplement_late_because,
        contact=board.contact,
        site_address=absolute(""),
    )


def _lines(pack: Pack, items: list[AgendaItemPage]) -> tuple[printed.AgendaLine, ...]:
    """The items with their papers, those to follow too, and the headings between them."""
    numbers = supplement_numbers(pack.meeting.pk)
    papers, to_follow = papers_of(pack, items, numbers), titles_to_follow(items)
    headings = headings_before(items, headings_of(pack.meeting))
    return tuple(
        replace(
            agenda_line(item, papers.get(item.pk, ()), headings.get(item.pk, "")),
            to_follow=to_follow.get(item.pk, ()),
            came_with=numbers.get(item.supplement_id, 0),
        )
        for item in items
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
    for row in Attendance.objects.public().with_items().filter(meeting=meeting):
        kind = row.presence if row.presence in {"in_attendance", "apologies"} else "present"
        if row.presence not in {"absent", "observer"}:
            groups[kind].append(printed.MemberLine(name=row.name, role=attendance_words(row), votes=row.votes))
    kept = _("Notes: the meeting had no quorum") if meeting.had_no_quorum else ""
    is_draft = meeting.status == MeetingStatus.DRAFT_MINUTES
    confirmation = confirmation_of(meeting)
    said = _("DRAFT, to be confirmed") if is_draft else confirmed_words(confirmation)
    items = live_items(meeting)
    minutes = {path_above(row): row for row in MinutePage.objects.descendant_of(meeting).live()}
    corrections = corrections_in(list(minutes.values()))
    happened = [(item, minutes[item.path]) for item in items if item.path in minutes]
    return printed.PrintedMinutes(
        meeting_title=meeting.title,
        held_on=meeting.day,
        venue=meeting.venue,
        status_words=". ".join(filter(None, [kept, said])),
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


def minute_item(item: AgendaItemPage, minute: MinutePage, corrections: Sequence[Correction] = ()) -> printed.MinuteItem:
    """What happened on one item, with what was corrected."""
    clauses = ResolutionPage.objects.child_of(item).live().order_by("position", "path")
    moved = [
        _("Moved by %(name)s.") % {"name": minute.mover} if minute.mover else "",
        _("Seconded by %(name)s.") % {"name": minute.seconder} if minute.seconder else "",
        f"{minute.vote_words[:1].upper()}{minute.vote_words[1:]}." if minute.vote_words else "",
        named_votes(minute),
    ]
    return printed.MinuteItem(
        number=item.number or str(item.position),
        title=item.title,
        paragraphs=(*interest_paragraphs(minute), *blocks(words_to_read(minute, corrections).parts["text"])),
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
