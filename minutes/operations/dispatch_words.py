"""What the mail about a pack says: which meeting, where the pack is, and what is new. No title of an item stands in it."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.wording import as_sentence, clock, day, day_in_full
from minutes.enums import DispatchRole, PackKind


def subject_of(pack: Any) -> str:
    """One line: the board, the day, and which pack."""
    meeting = pack.meeting
    words = {"board": " ".join(meeting.board.title.split()), "day": day(meeting.starts_at), "pack": _name(pack)}
    if pack.version > 1:
        return _("%(board)s, %(day)s: %(pack)s has changed") % words
    return _("%(board)s, %(day)s: %(pack)s") % words


def text_of(pack: Any, *, role: str, link: str) -> str:
    """The mail.

    Args:
        role: why the reader is sent it.
        link: where it is read.
    """
    paragraphs = [_opening(pack), _news(pack), f"{_facts(pack)}\n{link}", _where(pack.meeting), _why(role, pack.meeting)]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _name(pack: Any) -> str:
    if pack.kind == PackKind.SUPPLEMENT:
        return _("supplement %(number)s") % {"number": pack.supplement.number}
    return _("the agenda pack")


def _opening(pack: Any) -> str:
    meeting = pack.meeting
    words = {
        "pack": _name(pack)[:1].upper() + _name(pack)[1:],
        "board": meeting.board.title,
        "day": day_in_full(meeting.starts_at),
        "time": clock(meeting.starts_at),
        "version": pack.version,
    }
    if pack.version > 1:
        return (
            _("%(pack)s for the meeting of the %(board)s on %(day)s at %(time)s was issued again. This is version %(version)s.")
            % words
        )
    return _("%(pack)s for the meeting of the %(board)s on %(day)s at %(time)s is ready.") % words


def _news(pack: Any) -> str:
    """What is new: of a supplement what it brings, of a later version what changed."""
    if pack.version > 1:
        changed = as_sentence(pack.says) or _("Small corrections only.")
        return _("What has changed since version %(version)s: %(changed)s") % {"version": pack.version - 1, "changed": changed}
    if pack.kind == PackKind.SUPPLEMENT:
        return _("What is new: %(says)s") % {"says": as_sentence(pack.supplement.says)}
    return ""


def _facts(pack: Any) -> str:
    pages = ngettext("%(pages)d page", "%(pages)d pages", pack.pages or 0) % {"pages": pack.pages or 0}
    return _("Read it or download it (PDF, %(pages)s, %(size)s):") % {"pages": pages, "size": filesizeformat(pack.bytes)}


def _where(meeting: Any) -> str:
    return _("The meeting is at %(venue)s.") % {"venue": " ".join(meeting.venue.split())} if meeting.venue else ""


def _why(role: str, meeting: Any) -> str:
    words = {
        DispatchRole.MEMBER: _("You get this because you sit on the %(board)s."),
        DispatchRole.SUBSTITUTE: _("You get this because you are a substitute on the %(board)s."),
        DispatchRole.AUTHOR: _("You get this because you wrote a report for this meeting of the %(board)s."),
    }
    return words[DispatchRole(role)] % {"board": meeting.board.title}
