"""The stage of the replay: the day it counts from, who acts, and every record made so far by its name in the data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from wagtail.fields import RichTextField
from wagtail.models import Page

from governance.models import BodyType, CoproductionPrinciple, OrganisationType, User
from home.demonstration import dates, texts
from home.demonstration.documents import Document
from minutes.models import ExemptionGround

# Lists that come with every site, and what a row of each is named by.
LISTS: dict[Any, str] = {
    BodyType: "name",
    OrganisationType: "name",
    CoproductionPrinciple: "name",
    ExemptionGround: "short_name",
}


@dataclass
class Stage:
    """What the steps of the replay share.

    Attributes:
        today: the day all dates count from.
        users: who acts, by username.
        records: what has been made, by its name in the data.
    """

    today: date
    users: dict[str, User] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    def moment(self, text: str) -> datetime:
        """When something happened."""
        return dates.moment(text, self.today)

    def day(self, text: str) -> date:
        """On which day."""
        return dates.day(text, self.today)

    def by(self, record: Document, usual: str = "editor") -> User:
        """Who did it: whom the data names, else the usual person."""
        return self.users[record.get("by", usual)]

    def keep(self, name: str, record: Any) -> Any:
        """Remember a record by its name.

        Raises:
            ValueError: the name is taken, so the data would be ambiguous.
        """
        if name in self.records:
            raise ValueError(f"Two records are named {name!r}.")
        self.records[name] = record
        return record

    def find(self, name: str) -> Any:
        """A record as it stands now.

        Raises:
            KeyError: nothing of that name has been made yet.
        """
        known = self.records[name]
        return type(known)._default_manager.get(pk=known.pk)

    def text(self, text: str) -> str:
        """A text with its dates and references."""
        return texts.filled(text, self._fill)

    def rich(self, text: str) -> str:
        """A text as HTML, with its dates, references and links."""
        return self.rich_html(texts.rich(text))

    def rich_html(self, html: str) -> str:
        """HTML with its dates, references and links."""
        return texts.filled(html, self._fill)

    def fields(self, model: type[models.Model], record: Document, *without: str) -> dict[str, Any]:
        """The fields of a record as its model takes them.

        Args:
            without: keys of the data that are no fields.
        """
        return {
            name: self._value(model._meta.get_field(name), value)
            for name, value in record.items()
            if name not in {*without, "key", "by"}
        }

    def _value(self, column: Any, value: Any) -> Any:
        if column.is_relation:
            named_by = LISTS.get(column.related_model)
            return column.related_model.objects.get(**{named_by: value}) if named_by else self.find(value)
        if isinstance(column, models.DateTimeField):
            return self.moment(value)
        if isinstance(column, models.DateField):
            return self.day(value)
        if isinstance(column, RichTextField):
            return self.rich(value)
        return self.text(value) if isinstance(value, str) else value

    def _fill(self, word: str, rest: str) -> str:
        if word == "day":
            return dates.in_words(self.day(rest))
        if word == "year":
            return str(self.day(rest).year)
        record = self.find(rest)
        if word == "ref":
            return str(record.reference)
        if word == "page" and isinstance(record, Page):
            return f'<a linktype="page" id="{record.pk}">{record.title}</a>'
        raise ValueError(f"Nothing is known of [[{word} {rest}]].")


@dataclass(frozen=True)
class Step:
    """One thing that somebody did.

    Attributes:
        at: when; steps are replayed in this order, those of one moment as they stand in the data.
        words: what it is, for the person who watches.
        do: does it, at that moment.
    """

    at: datetime
    words: str
    do: Callable[[Stage, datetime], Any]
