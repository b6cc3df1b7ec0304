"""Workshops and other events at which people shape an action."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from governance.models.boards import PLAIN_TEXT
from governance.models.record_page import RecordPage


class WorkshopPage(RecordPage):
    """An event with people: who is asked, what is open and what is fixed, how access is met, what came out."""

    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    venue = models.CharField(_("where"), max_length=250, blank=True)
    how_to_take_part = models.TextField(_("how to take part"), blank=True)
    who_is_invited = models.TextField(_("who is invited"), blank=True, help_text=_("Groups, never names."))
    purpose = RichTextField(_("what it is for"), blank=True, features=PLAIN_TEXT)
    what_is_open = models.TextField(_("what is open"), blank=True, help_text=_("What those who come can decide or change."))
    what_is_fixed = models.TextField(_("what is fixed"), blank=True, help_text=_("Budgets, law and the like, said honestly."))
    access = models.TextField(_("access and support offered"), blank=True)
    taken_up = models.TextField(_("support taken up"), blank=True, help_text=_("Numbers, never names."))
    came = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    what_came_out = RichTextField(_("what came out of it"), blank=True, features=PLAIN_TEXT)
    what_follows = models.TextField(_("what follows"), blank=True)
    who_follows_up = models.CharField(
        _("who follows it up"), max_length=200, blank=True, help_text=_("A role and its organisation, never a name.")
    )
    follow_up_by = models.DateField(_("people hear by"), null=True, blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("venue"),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("who_is_invited"),
                FieldPanel("how_to_take_part"),
                FieldPanel("what_is_open"),
                FieldPanel("what_is_fixed"),
                FieldPanel("access"),
            ],
            heading=_("Before"),
        ),
        InlinePanel("groups", label=_("group"), heading=_("Groups: who was invited, who came, and what they were offered")),
        MultiFieldPanel(
            [
                FieldPanel("came"),
                FieldPanel("taken_up"),
                FieldPanel("what_came_out"),
                FieldPanel("what_follows"),
                FieldRowPanel([FieldPanel("who_follows_up"), FieldPanel("follow_up_by")]),
            ],
            heading=_("Afterwards"),
        ),
        InlinePanel("following", label=_("action"), heading=_("Actions that follow from it")),
        InlinePanel("alternatives", label=_("form"), heading=_("Easy read, other languages and other forms")),
    ]
    search_fields = [*RecordPage.search_fields, index.SearchField("purpose"), index.SearchField("what_came_out")]
    parent_page_types: ClassVar[list[str]] = ["governance.ActionPage"]
    subpage_types: ClassVar[list[str]] = []
    offered_with: ClassVar[str] = "update"
    template = "governance/workshop_page.html"

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def reference_scope(self) -> str | None:
        """Workshops are numbered through the life of their action."""
        reference = self.get_parent().specific.reference
        return f"{reference}/W" if reference else None

    def reference_text(self, number: int) -> str:
        """Such as `HWB-A12/W1`."""
        return f"{self.get_parent().specific.reference}/W{number}"

    def rights_follow(self, page: Page) -> bool:
        """Rights on a workshop are those on its action."""
        return bool(self.get_parent().specific.rights_follow(page))


class WorkshopGroup(Orderable):
    """One group of people at a workshop: how many were asked, how many came, what they were offered and took up."""

    workshop = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey(
        "governance.PeopleGroup", on_delete=models.PROTECT, related_name="workshop_places", verbose_name=_("group")
    )
    invited = models.PositiveIntegerField(_("how many were invited"), null=True, blank=True)
    came = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    offers_made = models.CharField(_("support offered"), max_length=250, blank=True)
    offers_taken_up = models.CharField(_("support taken up"), max_length=250, blank=True, help_text=_("Numbers, never names."))

    panels = [
        FieldPanel("group"),
        FieldRowPanel([FieldPanel("invited"), FieldPanel("came")]),
        FieldPanel("offers_made"),
        FieldPanel("offers_taken_up"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("group at a workshop")

    def __str__(self) -> str:
        return str(self.group)


class WorkshopAction(Orderable):
    """An action that follows from a workshop."""

    workshop = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="following")
    action = models.ForeignKey(
        "governance.ActionPage", on_delete=models.PROTECT, related_name="from_workshops", verbose_name=_("action")
    )

    panels = [PageChooserPanel("action", "governance.ActionPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("action that follows")

    def __str__(self) -> str:
        return str(self.action)
