"""What a minutes pack and a pack of one item print, and the facts that the fronts of small packs share."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.addresses import absolute
from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.models import Pack
from minutes.packs.content import PackContent
from minutes.packs.gather import gather, printed_minutes


def front_facts(pack: Pack, issued_at: datetime) -> dict[str, Any]:
    """What stands on the front of a pack about a meeting that has been."""
    meeting = pack.meeting
    board = meeting.board
    return {
        "kind": PackKind(pack.kind),
        "audience": PackAudience(pack.audience),
        "edition": PackEdition(pack.edition),
        "reference": pack.reference,
        "version": pack.version,
        "board_name": board.title,
        "meeting_title": _("%(kind)s meeting") % {"kind": meeting.get_kind_display()},
        "starts_at": timezone.localtime(meeting.starts_at),
        "issued_at": timezone.localtime(issued_at),
        "council_name": board.organisation.name if board.organisation else "",
        "venue": meeting.venue,
        "chair": meeting.presided_by,
        "contact": board.contact,
        "site_address": absolute(""),
    }


def gather_minutes(pack: Pack, issued_at: datetime) -> PackContent:
    """Everything that the minutes pack of a meeting prints, as it stands now."""
    minutes = replace(printed_minutes(pack.meeting), to_be_signed=pack.meeting.is_confirmed)
    return PackContent(**front_facts(pack, issued_at), minutes=minutes)


def gather_item(pack: Pack, issued_at: datetime) -> PackContent:
    """One item of an agenda on its own, with its papers."""
    whole = gather(pack, issued_at)
    own = tuple(line for line in whole.items if pack.item is not None and line.reference == pack.item.reference)
    alone: dict[str, Any] = {"previous_minutes": None, "actions": (), "actions_as_at": None, "next_meetings": (), "members": ()}
    return replace(whole, kind=PackKind.ITEM, items=own, quorum_words="", **alone)
