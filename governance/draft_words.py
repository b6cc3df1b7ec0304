"""What of a draft will be public, field by field, beside what is public now: for whoever approves it, on a phone too."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField
from wagtail.models import Page

from governance.wording import clock, day_in_full

LEFT_OUT = frozenset({"slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"})


@dataclass(frozen=True)
class Word:
    """One field.

    Attributes:
        label: its name.
        now: what it will say; for rich text, its HTML.
        before: what is public now, where that differs; None where nothing is public or it is the same.
        is_rich: whether it is rich text.
    """

    label: str
    now: str
    before: str | None = None
    is_rich: bool = False


def words_of_draft(draft: Any, live: Any = None) -> list[Word]:
    """The fields of a draft that say something, and those that will say nothing any more.

    Args:
        draft: the record as its latest version has it.
        live: the record as it is public; None where it is not.
    """
    found = []
    for field in draft._meta.fields:
        if not _is_shown(field):
            continue
        now, before = _text(draft, field), _text(live, field) if live is not None else None
        if now or before:
            label, rich = capfirst(str(field.verbose_name)), isinstance(field, RichTextField)
            found.append(Word(label, now, before if before != now else None, rich))
    for relation in get_all_child_relations(draft):
        now = _rows(draft, relation)
        before = _rows(live, relation) if live is not None else None
        if now or before:
            label = capfirst(str(relation.related_model._meta.verbose_name_plural))
            found.append(Word(label, now, before if before != now else None))
    return found


def _is_shown(field: Any) -> bool:
    own = field.model is not Page or field.name == "title"
    return own and field.editable and not field.primary_key and field.name not in LEFT_OUT and not field.name.endswith("_ptr")


def _text(record: Any, field: Any) -> str:
    words = getattr(record, f"get_{field.name}_display", None)
    if words is not None:
        return str(words())
    value = getattr(record, field.name)
    if value is None or value is False or (isinstance(field, ForeignKey) and not isinstance(value, Model)):
        return ""
    return _("Yes") if value is True else _said(value)


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{day_in_full(value)}, {clock(value)}"
    return day_in_full(value) if isinstance(value, date) else str(value)


def _rows(record: Any, relation: Any) -> str:
    return "\n".join(str(row) for row in getattr(record, relation.get_accessor_name()).all())
