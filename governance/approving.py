"""Who changed a record last, and that somebody else approves it where that is the rule. Pure: plain values in, answers out."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.registering import Additions

_MARKS = re.compile(r' data-block-key="[^"]*"')
BOOKKEEPING = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "owner",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "first_published_at",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "wagtail_admin_comments",
        "translation_key",
        "number",
    }
)
"""What Wagtail and the numbering of an agenda write into a version: nobody's words."""


def words_of(content: Mapping[str, Any], own: Iterable[str] = ()) -> dict[str, Any]:
    """What a person wrote in a version of a record.

    Args:
        content: the version.
        own: further columns that no editor types.
    """
    left_out = BOOKKEEPING.union(own)
    page = content.get("pk")
    return {name: _row(value, page) for name, value in content.items() if name not in left_out}


def plain(value: Any) -> Any:
    """A value without the marks that the editor's rich text puts into paragraphs, and without the space around it."""
    if not isinstance(value, str):
        return value
    words = _MARKS.sub("", value).strip()
    return "" if words == "<p></p>" else words


def _row(value: Any, page: Any) -> Any:
    """A value; of rows that belong to the page, what they say without their keys, which the first version does not know."""
    if not isinstance(value, list):
        return plain(value)
    return [
        {name: each for name, each in row.items() if name not in {"pk", "sort_order"} and each not in (None, page)}
        if isinstance(row, dict)
        else row
        for row in value
    ]


def last_changed_by(versions: Iterable[tuple[Any, Mapping[str, Any]]], own: Iterable[str] = ()) -> Any:
    """Who wrote the words as they are now: whoever saved or published them unchanged afterwards did not.

    Args:
        versions: who saved each and what it holds, the latest first.
        own: further columns that no editor types.
    """
    who: Any = None
    words: dict[str, Any] | None = None
    for user, content in versions:
        found = words_of(content, own)
        if words is not None and found != words:
            break
        who, words = user, found
    return who


def check_approves(*, record: Any, by: Any, changed_by: Any) -> None:
    """Refuse that whoever changed a record last makes it public.

    Args:
        by: the key of who publishes; None for the scheduler, which publishes what somebody was let to schedule.
        changed_by: the key of who changed it last.

    Raises:
        Refused: it is the same person.
    """
    if by is not None and by == changed_by:
        raise Refused(
            _(
                "“%(record)s” was changed last by you, so somebody else publishes it: that is this board's rule, and always "
                "the rule for business taken in private. It is kept as a draft. Ask for approval."
            )
            % {"record": record}
        )


Private = Callable[[Any, Any], bool]
_private: Additions[Private] = Additions("says what is private")
register_private = _private.add
"""Say of which records something is kept back from the public, whatever their own columns say: given the record and what it is to stand below."""


def is_private_business(record: Any, parent: Any = None) -> bool:
    """Whether something of what a record tells is kept back from the public."""
    return any(says(record, parent) for says in _private)


Check = Callable[[Any, Any, bool, Any], None]
_checks: Additions[Check] = Additions("is asked")
register = _checks.add
"""Say what is asked before a form publishes: given the record, who publishes, whether they changed it, and what it stands below."""


def check_publishes(record: Any, by: Any, changed: bool, parent: Any) -> None:
    """Ask before a form publishes a record, so that what was typed stays in the form.

    Raises:
        Refused: somebody else is to publish it.
    """
    for check in _checks:
        check(record, by, changed, parent)
