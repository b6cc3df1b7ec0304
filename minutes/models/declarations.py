"""What belongs to a minute line by line: votes by name, amendments and declarations of interest."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from minutes.enums import DeclaredWhen, InterestAction, VoteCast
from minutes.room_words import interest_words


def _person() -> Any:
    return models.ForeignKey(
        "governance.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )


class NamedVote(Orderable):
    """How one member voted: in a vote by name, or because the member asked to have it recorded (SI 1993/202)."""

    minute = ParentalKey("minutes.MinutePage", on_delete=models.CASCADE, related_name="votes")
    person = _person()
    name = models.CharField(_("member"), max_length=150)
    cast = models.CharField(_("vote"), max_length=10, choices=VoteCast.choices)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("person"), FieldPanel("cast")])]

    class Meta(Orderable.Meta):
        verbose_name = _("named vote")

    def __str__(self) -> str:
        return f"{self.name}: {self.get_cast_display()}"


class Amendment(Orderable):
    """An amendment that was moved, and what became of it."""

    minute = ParentalKey("minutes.MinutePage", on_delete=models.CASCADE, related_name="amendments")
    text = models.TextField(_("amendment"))
    mover = models.CharField(_("moved by"), max_length=150, blank=True)
    seconder = models.CharField(_("seconded by"), max_length=150, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=[("carried", _("Carried")), ("lost", _("Lost")), ("withdrawn", _("Withdrawn"))]
    )

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("mover"), FieldPanel("seconder"), FieldPanel("outcome")])]

    class Meta(Orderable.Meta):
        verbose_name = _("amendment")

    def __str__(self) -> str:
        return self.text


class DeclaredInterest(Orderable):
    """An interest that somebody declared in an item, and what they did about it. Who left is out of its quorum and its vote.

    Attributes:
        about: the item it is in, where it was declared under another, such as that for declarations.
        sensitive: only that there is one is told, so nothing else is written down.
    """

    minute = ParentalKey("minutes.MinutePage", on_delete=models.CASCADE, related_name="interests")
    person = _person()
    name = models.CharField(_("member"), max_length=150)
    category = models.CharField(_("category"), max_length=120, help_text=_("By the body's own code of conduct."))
    nature = models.TextField(_("nature"), blank=True, help_text=_("Of a sensitive interest, nothing."))
    about = models.ForeignKey(
        "minutes.AgendaItemPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("in item"),
        help_text=_("Leave empty where it is this item."),
    )
    declared = models.CharField(
        _("declared"), max_length=10, choices=DeclaredWhen.choices, default=DeclaredWhen.ITEM, help_text=_("When it was said.")
    )
    sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Only that there is an interest is written down, not what it is.")
    )
    what_they_did = models.CharField(_("what they did"), max_length=20, choices=InterestAction.choices)
    dispensation = models.CharField(_("dispensation"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("person")]),
        FieldRowPanel([FieldPanel("category"), FieldPanel("what_they_did")]),
        FieldRowPanel([FieldPanel("about"), FieldPanel("declared"), FieldPanel("sensitive")]),
        FieldPanel("nature"),
        FieldPanel("dispensation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("declared interest")

    def __str__(self) -> str:
        return f"{self.name}: {self.category}"

    def clean(self) -> None:
        """Refuse the nature of a sensitive interest: what is in a page is public once it is published.

        Raises:
            ValidationError: its nature is written down.
        """
        super().clean()
        if self.sensitive and self.nature.strip():
            words = _g("Of a sensitive interest only that there is one is written down (Localism Act 2011, section 32).")
            raise ValidationError({"nature": words})

    def told(self, item: str = "") -> str:
        """The declaration as the minutes tell it.

        Args:
            item: the number of the item it is in, where that is not the one it is told with.
        """
        return interest_words(
            name=self.name,
            category=self.category,
            nature=self.nature,
            declared=self.declared,
            sensitive=self.sensitive,
            did=self.what_they_did,
            dispensation=self.dispensation,
            item=item,
        )
