"""What differs between two versions of a pack, told from their layouts: a sentence, and rows for a page. Asks no database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minutes.packs.layout import Row
from minutes.packs.numbering import in_ranges

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
WORDS: dict[str, str | Promise] = {
    ADDED: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    REMOVED: gettext_lazy("Taken out"),
}
NAMED = 3
"""So many parts are named in the sentence; of more, the number is said."""


def changes_between(before: Sequence[Row], after: Sequence[Row]) -> list[dict[str, str]]:
    """What was added, changed and removed, in the order of the later version; what was removed comes last.

    Args:
        before: the layout of the earlier version.
        after: that of the later one. Parts that only lead to others (they have no digest) are not compared.

    Returns:
        Of each its `how`, `key`, `title`, `words` and its pages: `page` now, `was` before, empty where it is not in that version.
    """
    old = {row["key"]: row for row in before if row["digest"]}
    found = []
    for row in after:
        former = old.pop(row["key"], None)
        if row["digest"] and former is None:
            found.append(_entry(ADDED, row, page=_pages(row)))
        elif former is not None and former["digest"] != row["digest"]:
            found.append(_entry(CHANGED, row, page=_pages(row), was=_pages(former)))
    return found + [_entry(REMOVED, former, was=_pages(former)) for former in old.values()]


def in_a_sentence(changes: Sequence[Mapping[str, str]]) -> str:
    """The changes as one sentence, for mail, lists and the pack itself."""
    parts = [
        _part([change["title"] for change in changes if change["how"] == how], words)
        for how, words in ((ADDED, _("new: %s")), (CHANGED, _("changed: %s")), (REMOVED, _("taken out: %s")))
    ]
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}." if said else _("Nothing that is printed has changed.")


def _part(titles: Sequence[str], words: str) -> str:
    if not titles:
        return ""
    if len(titles) > NAMED:
        return words % (ngettext("%d part", "%d parts", len(titles)) % len(titles))
    return words % ", ".join(f"“{title}”" for title in titles)


def _pages(row: Row) -> str:
    return in_ranges(row["labels"])


def _entry(how: str, row: Mapping[str, Any], page: str = "", was: str = "") -> dict[str, str]:
    return {"how": how, "key": row["key"], "title": row["title"], "words": str(WORDS[how]), "page": page, "was": was}
