"""What an agenda holds as somebody looks at it before it is published, and whether it is still so."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Revision

from governance.exceptions import Refused
from governance.wording import clock
from minutes.agenda_shown import differs, write_shown
from minutes.enums import MeetingStatus, PaperState
from minutes.models import AgendaItemPage, AgendaSection, MeetingPage, Paper


def shown_now(meeting: MeetingPage) -> str:
    """What is shown of an agenda now, for the form that publishes it."""
    return write_shown(_state_of(meeting))


def is_all_public(meeting: MeetingPage, items: Sequence[AgendaItemPage]) -> bool:
    """Whether nothing is left to publish, as after the same form was sent twice."""
    return (
        meeting.status == MeetingStatus.AGENDA_PUBLISHED
        and all(item.live and not item.has_unpublished_changes for item in items)
        and not AgendaSection.objects.filter(meeting=meeting.pk, published_at=None).exists()
        and not Paper.objects.filter(item__in=items, state=PaperState.CHECKED).exists()
    )


def check_shown(meeting: MeetingPage, shown: str) -> None:
    """Refuse to publish what the person has not seen. The agenda is held, so that nothing changes any more.

    Raises:
        Refused: saying what changed and who changed it.
    """
    changed = differs(shown, _state_of(meeting))
    if not changed:
        return
    said = [_("The agenda changed while you looked at it, so nothing was published.")]
    keys = [int(key[1:]) for key in changed if key.startswith("i")]
    for item in AgendaItemPage.objects.child_of(meeting).filter(pk__in=keys).select_related("latest_revision__user"):
        said.append(_words_of(item, item.latest_revision))
    said.append(_("Look at it again below, then publish."))
    raise Refused(" ".join(said))


def _words_of(item: AgendaItemPage, revision: Revision | None) -> str:
    if revision is None:
        return _("“%(item)s” was moved.") % {"item": item.title}
    words = {"item": item.title, "by": revision.user or _("somebody"), "time": clock(timezone.localtime(revision.created_at))}
    return _("“%(item)s” was last changed by %(by)s at %(time)s.") % words


def _state_of(meeting: MeetingPage) -> dict[str, str]:
    """The version and the place of each item, the words and the place of each heading, and the state of each paper."""
    items = AgendaItemPage.objects.child_of(meeting).values_list("pk", "latest_revision_id", "position", "is_part")
    rows = {f"i{pk}": f"{revision}.{position}.{int(is_part)}" for pk, revision, position, is_part in items}
    for pk, title, position in AgendaSection.objects.filter(meeting=meeting.pk).values_list("pk", "title", "position"):
        rows[f"s{pk}"] = f"{position}.{title.encode().hex()}"
    papers = Paper.objects.filter(item__path__startswith=meeting.path, item__depth=meeting.depth + 1)
    return rows | {f"p{pk}": state for pk, state in papers.values_list("pk", "state")}
