"""What differs between two versions of a pack, told from what each lists of its sections. Nothing here asks the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Section = Mapping[str, Any]
"""Of a section its key, title, digest and printed page numbers (`labels`)."""

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
NAMED = 3
"""So many sections are named in the sentence; of more, the number is said."""
# These change with every version: the date of issue, the page numbers, and the list of what changed.
ALWAYS_DIFFERENT = frozenset({"cover", "agenda", "contents", "changes", "accessibility"})


def changes_between(before: Sequence[Section], after: Sequence[Section]) -> list[dict[str, str]]:
    """What was added, changed and removed, in the order of the later version; what was removed comes last.

    Returns:
        Of each its `how`, `title`, `page` (where it begins now; empty for what was removed) and `was` (where it began).
    """
    old = {section["key"]: section for section in before}
    found = []
    for section in after:
        former = old.pop(section["key"], None)
        if former is None:
            found.append(_entry(ADDED, section["title"], page=_begins(section)))
        elif former["digest"] != section["digest"] and section["key"] not in ALWAYS_DIFFERENT:
            found.append(_entry(CHANGED, section["title"], page=_begins(section), was=_begins(former)))
    removed = [_entry(REMOVED, former["title"], was=_begins(former)) for former in old.values()]
    return [entry for entry in found + removed if entry["title"]]


def in_a_sentence(changes: Sequence[Mapping[str, str]]) -> str:
    """The changes as one sentence, for mail and lists; empty where there are none."""
    parts = [
        _part([change["title"] for change in changes if change["how"] == how], words)
        for how, words in ((ADDED, _("new: %s")), (CHANGED, _("changed: %s")), (REMOVED, _("taken out: %s")))
    ]
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _part(titles: Sequence[str], words: str) -> str:
    if not titles:
        return ""
    if len(titles) > NAMED:
        return words % (ngettext("%d section", "%d sections", len(titles)) % len(titles))
    return words % ", ".join(f"“{title}”" for title in titles)


def _begins(section: Section) -> str:
    return str(next(iter(section.get("labels") or ()), ""))


def _entry(how: str, title: str, page: str = "", was: str = "") -> dict[str, str]:
    return {"how": how, "title": title, "page": page, "was": was}
