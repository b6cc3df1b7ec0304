"""Taking something out of every channel at once: what can be taken out, which channels there are, and who looks after each.

A channel is a way on which the public gets at records. Each has somebody who takes things out of it and somebody who looks whether
they are gone, as the public would; an app above adds its own. A channel at which nobody looks is never said to be empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.registering import NamedAdditions


class EmergencyTarget(models.TextChoices):
    """What is taken out."""

    MEETING = "meeting", _("The whole meeting")
    ITEM = "item", _("Agenda item")
    PAPER = "paper", _("Paper")
    PACK = "pack", _("Pack")


class Channel(models.TextChoices):
    """The ways on which the public gets at records, in the order in which they are emptied: first what most people read."""

    PAGES = "pages", _("Pages")
    PACKS = "packs", _("Packs")
    FILES = "files", _("Files of papers")
    MAILS = "mails", _("Alerts and mails not sent yet")
    FEEDS = "feeds", _("Feeds and calendars")
    SEARCH = "search", _("Search")
    SITEMAP = "sitemap", _("Sitemap")
    CACHES = "caches", _("Caches")


TakeOut = Callable[[Any], str]
"""Takes what an emergency names out of one channel, inside its transaction, and says in a sentence what was done."""
Look = Callable[[Any], list[str]]
"""Says what is still there, each in plain words; nothing where the channel is empty. Asked after the transaction is committed."""

takers: NamedAdditions[str, TakeOut] = NamedAdditions("is emptied")
lookers: NamedAdditions[str, Look] = NamedAdditions("is looked at")


@dataclass(frozen=True)
class Choice:
    """One thing of a meeting that can be taken out.

    Attributes:
        target: what sort of thing it is.
        record: the meeting, item, paper or pack.
    """

    target: EmergencyTarget
    record: Any

    @property
    def value(self) -> str:
        """Names it in a form and in an address, such as `item-12`."""
        return f"{self.target}-{self.record.pk}"

    @property
    def label(self) -> str:
        """What it is called there."""
        name = getattr(self.record, "title", "") or str(self.record)
        reference = getattr(self.record, "reference", "") or ""
        named = name if reference in {"", name} else f"{name} ({reference})"
        return f"{self.target.label}: {named}"
