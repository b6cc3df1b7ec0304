"""Writing minutes at the desk: drafts kept as versions of their pages, each only over the version that the writer had before them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from governance.enums import Purpose
from governance.exceptions import FrozenRecord, Refused
from governance.operations.publishing import add_record
from minutes.enums import DecisionManner, MotionOutcome
from minutes.models import AgendaItemPage, MinutePage, ResolutionPage
from minutes.operations.adoption import mark_clauses
from minutes.policies import check_takes_minutes
from minutes.recommendations import recommended_clauses
from minutes.verbs import verbs_of

SITTING = timedelta(minutes=15)
"""Versions that one person saves within this time of each other are one version, as in Wagtail's own editor."""


class ChangedMeanwhile(Refused):
    """Somebody saved another version since the writer's was loaded.

    Attributes:
        record: the page as it was last saved.
    """

    def __init__(self, message: str, record: Any) -> None:
        super().__init__(message)
        self.record = record


@dataclass(frozen=True)
class DraftClause:
    """A clause as it stands at the desk.

    Attributes:
        key: of its page; None where it is new.
        loaded: the version that the writer had.
    """

    text: str
    key: int | None = None
    loaded: str = ""
    label: str = ""
    stem: str = ""
    outcome: str = MotionOutcome.CARRIED
    recommended_to: str = ""

    @property
    def words(self) -> dict[str, Any]:
        """The columns of its page that the desk writes."""
        return {name: getattr(self, name) for name in ("text", "label", "stem", "outcome", "recommended_to")}


def version_of(page: Any) -> str:
    """What tells one saved version of a page from another, also where the same one was saved over; empty while there is none."""
    if not page.latest_revision_id:
        return ""
    return f"{page.latest_revision_id}@{page.latest_revision_created_at.isoformat()}"


@transaction.atomic
def begin_minute(*, item: AgendaItemPage, by: Any) -> MinutePage:
    """The minute of an item as last written, begun now where there is none: with its title, and who was to present.

    Raises:
        Refused: the meeting takes no minutes.
    """
    check_takes_minutes(item.meeting)
    Page.objects.select_for_update().get(pk=item.pk)
    minute = MinutePage.objects.child_of(item).first()
    if minute is None:
        presenters = "\n".join(str(presenter) for presenter in item.presenters.all())
        page = MinutePage(title=item.title, slug="minute", presented_by=presenters, manner=usual_manner(item))
        minute = add_record(parent=item, page=page, by=by)
    return as_last_written(minute)


def usual_manner(item: Any) -> str:
    """How an item is usually decided: by general assent, where it is for decision. What is only to be noted says nothing of it."""
    return DecisionManner.ASSENT if item.purpose == Purpose.DECISION else ""


def as_last_written(page: Any) -> Any:
    """A record as its latest version has it."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


@transaction.atomic
def keep_minute(*, minute: MinutePage, loaded: str, by: Any, at: datetime | None = None) -> MinutePage:
    """Keep the draft of a minute as a version of its page.

    Args:
        minute: with the words as they are to be kept.
        loaded: the version that the writer had before them.

    Raises:
        FrozenRecord: the minute is confirmed.
        ChangedMeanwhile: another version was saved since, and it says something else.
    """
    _keep(minute, loaded=loaded, by=by, at=at or timezone.now())
    return minute


def _keep(page: Any, *, loaded: str, by: Any, at: datetime) -> None:
    row = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    if row.is_frozen:
        raise FrozenRecord(row.frozen_because)
    latest = as_last_written(row)
    if _says_the_same(page, latest):
        # A save that is sent again, because its answer was lost, changes nothing.
        _take_version(page, row)
        return
    if version_of(row) != loaded:
        words = _("“%(page)s” was changed by %(who)s since you opened it. Nothing of yours was lost.")
        raise ChangedMeanwhile(words % {"page": row, "who": _who(row)}, latest)
    _take_version(page, row)
    page.save_revision(user=by, overwrite_revision=_same_sitting(row, by, at), log_action=True)


def _take_version(page: Any, row: Any) -> None:
    """Which version is the latest comes from the row, not from the version that was opened."""
    page.latest_revision = row.latest_revision
    page.latest_revision_created_at = row.latest_revision_created_at


def _says_the_same(page: Any, other: Any) -> bool:
    return _content(page) == _content(other)


def _content(page: Any) -> dict[str, Any]:
    """What a version says: its columns and rows, without what saving itself sets."""
    content = dict(page.serializable_data())
    for name in ("latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"):
        content.pop(name, None)
    for name, rows in content.items():
        if isinstance(rows, list):
            content[name] = [
                {key: value for key, value in row.items() if key != "pk"} if isinstance(row, dict) else row for row in rows
            ]
    return content


def _same_sitting(row: Any, by: Any, at: datetime) -> Any:
    """The latest version where it may be saved over: one's own of a moment ago, which is neither public nor to become so."""
    latest = row.latest_revision
    if latest is None or latest.user_id != by.pk or latest.pk == row.live_revision_id or latest.approved_go_live_at:
        return None
    return latest if at - latest.created_at < SITTING else None


def _who(row: Any) -> str:
    user = row.latest_revision.user if row.latest_revision else None
    return str(user.get_full_name() or user.get_username()) if user else _("somebody")


@transaction.atomic
def keep_clauses(
    *,
    item: AgendaItemPage,
    clauses: Sequence[DraftClause],
    by: Any,
    emptied: Collection[int] = (),
    at: datetime | None = None,
) -> list[ResolutionPage]:
    """Keep the clauses of an item as they stand at the desk, in this order. What is public is left as it is.

    A clause that somebody else added meanwhile stays. One that is sent again, because the answer was lost, is not made twice.

    Args:
        emptied: the keys of clauses whose words were taken out at the desk: such a draft is taken away; it was never public.

    Returns:
        One page for each clause.

    Raises:
        Refused: a clause has no words, or one that is public would be changed.
        ChangedMeanwhile: a clause was changed by somebody else since.
    """
    at = at or timezone.now()
    Page.objects.select_for_update().get(pk=item.pk)
    known = {page.pk: page for page in ResolutionPage.objects.child_of(item).order_by("position", "path")}
    if any(not clause.text.strip() for clause in clauses):
        raise Refused(_("A clause has no words. Write what was resolved, or take the clause away."))
    pages = _pages_of(clauses, known)
    kept = [
        _keep_clause(item, page, clause, number, by, at)
        for number, (clause, page) in enumerate(zip(clauses, pages, strict=True), start=1)
    ]
    for key in set(emptied) & known.keys():
        _take_away(known[key])
    mark_clauses(item=item)
    return kept


def _pages_of(clauses: Sequence[DraftClause], known: dict[int, ResolutionPage]) -> list[ResolutionPage | None]:
    """The page of each clause; none where it is new, or where its page was deleted elsewhere: its words are kept all the same."""
    free = {key: page for key, page in known.items() if key not in {clause.key for clause in clauses}}
    found: list[ResolutionPage | None] = []
    for clause in clauses:
        page = known.get(clause.key or 0)
        if clause.key is None:
            again = next((key for key, other in free.items() if clause_of(other).words == clause.words), None)
            page = free.pop(again) if again is not None else None
        found.append(page)
    return found


def _take_away(page: ResolutionPage) -> None:
    if page.first_published_at is not None or page.is_frozen:
        raise Refused(_("“%(clause)s” is public, so the desk does not take it away.") % {"clause": page})
    if page.action_links.exists():
        raise Refused(_("“%(clause)s” has actions, so it is not taken away. Take them from it first.") % {"clause": page})
    page.delete()


def _keep_clause(
    item: AgendaItemPage, page: ResolutionPage | None, clause: DraftClause, number: int, by: Any, at: datetime
) -> ResolutionPage:
    if page is None:
        return _new_clause(item, clause, number, by)
    latest = as_last_written(page)
    if all(getattr(latest, name) == value for name, value in clause.words.items()):
        _put_in_place(page, number)
        return page
    if page.live or page.is_frozen:
        raise Refused(
            _("“%(clause)s” is public, so the desk does not change it. Open it in its own editor.") % {"clause": page}
        )
    verbs = verbs_of(clause.text) if latest.verbs == verbs_of(latest.text) else latest.verbs
    for name, value in {**clause.words, "verbs": verbs}.items():
        setattr(latest, name, value)
    _keep(latest, loaded=clause.loaded, by=by, at=at)
    _put_in_place(page, number)
    return latest


def _put_in_place(page: ResolutionPage, number: int) -> None:
    if page.position != number and not page.reference:
        ResolutionPage.objects.filter(pk=page.pk).update(position=number)


def _new_clause(item: AgendaItemPage, clause: DraftClause, number: int, by: Any) -> ResolutionPage:
    title = _("%(item)s: resolution %(label)s") % {"item": item.title[:120], "label": clause.label or number}
    page = ResolutionPage(
        title=title,
        slug=find_available_slug(item, f"resolution-{number}"),
        position=number,
        verbs=verbs_of(clause.text),
        **clause.words,
    )
    return add_record(parent=item, page=page, by=by)


@transaction.atomic
def resolve_as_recommended(
    *, item: AgendaItemPage, by: Any, amended: bool = False, at: datetime | None = None
) -> list[ResolutionPage]:
    """Make the report's recommendations the draft clauses of an item, after those that are there.

    Args:
        amended: whether they were carried as amended: then the words are the report's until they are corrected.

    Raises:
        Refused: the report recommends nothing, or its recommendations are there already.
    """
    proposed = recommended_clauses(item.recommendations)
    if not proposed:
        raise Refused(_("The report on “%(item)s” recommends nothing.") % {"item": item})
    there = [as_last_written(page) for page in ResolutionPage.objects.child_of(item).order_by("position", "path")]
    if {clause.text for clause in proposed} <= {page.text for page in there}:
        raise Refused(_("What the report recommends is among the clauses already."))
    clauses = [clause_of(page) for page in there]
    outcome = MotionOutcome.AMENDED if amended else MotionOutcome.CARRIED
    new = [DraftClause(text=one.text, label=one.label, stem=one.stem, outcome=outcome) for one in proposed]
    return keep_clauses(item=item, clauses=[*clauses, *new], by=by, at=at)


def clause_of(page: ResolutionPage) -> DraftClause:
    """A clause as it was last written."""
    written = as_last_written(page)
    words = {name: getattr(written, name) for name in DraftClause("").words}
    return replace(DraftClause(**words), key=page.pk, loaded=version_of(page))
