"""Strategies, their workstreams, and commitments made in public, word for word with their source."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from governance.models.boards import PLAIN_TEXT
from governance.models.record_page import RecordPage


class StrategyPage(RecordPage):
    """A strategy that a board answers for."""

    introduction = models.TextField(_("in short"), blank=True, help_text=_("Two or three sentences anyone can follow."))
    body = RichTextField(_("about"), blank=True, features=["h2", "h3", *PLAIN_TEXT])
    board = models.ForeignKey(
        "governance.BoardPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategies",
        verbose_name=_("board"),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    content_panels = [
        *RecordPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("board"),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
    ]
    search_fields = [*RecordPage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["governance.WorkstreamPage"]
    template = "governance/strategy_page.html"

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")

    def reference_scope(self) -> str:
        """Strategies are numbered through the life of their board; those that no board answers for, through all of them."""
        return f"{self.board.code}-S" if self.board else "STRATEGY-"

    def reference_text(self, number: int) -> str:
        """Such as `HWB-S1`."""
        return f"{self.reference_scope()}{number}"

    def rights_follow(self, page: Page) -> bool:
        """Rights on a strategy are those on its board."""
        return page.pk == self.board_id


class WorkstreamPage(RecordPage):
    """A strand of a strategy with its own priorities, lead and commitments."""

    introduction = models.TextField(_("in short"), blank=True)
    body = RichTextField(_("about"), blank=True, features=["h2", "h3", *PLAIN_TEXT])
    lead_organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="workstreams",
        verbose_name=_("lead organisation"),
    )
    lead_role = models.CharField(_("who to ask"), max_length=200, blank=True, help_text=_("A role, not a name."))

    content_panels = [
        *RecordPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("lead_organisation"),
        FieldPanel("lead_role"),
    ]
    search_fields = [*RecordPage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["governance.StrategyPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "governance/workstream_page.html"

    class Meta:
        verbose_name = _("workstream")
        verbose_name_plural = _("workstreams")

    def reference_scope(self) -> str:
        """Workstreams are numbered through the life of their strategy; before that is public, through all of them."""
        return f"{self.get_parent().specific.reference or 'WORKSTREAM'}/W"

    def reference_text(self, number: int) -> str:
        """Such as `HWB-S1/W2`."""
        return f"{self.reference_scope()}{number}"

    def rights_follow(self, page: Page) -> bool:
        """Rights on a workstream are those on its strategy."""
        return bool(self.get_parent().specific.rights_follow(page))


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments that may be shown."""

    def public(self) -> "CommitmentQuerySet":
        """Those of live pages, and those made by an organisation outside any meeting."""
        return self.filter(
            models.Q(workstream__live=True) | models.Q(strategy__live=True) | models.Q(workstream=None, strategy=None)
        )


class Commitment(models.Model):
    """A promise in the words it was made in, with where and when they stand."""

    text = models.TextField(_("the promise, word for word"))
    workstream = models.ForeignKey(
        WorkstreamPage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("workstream"),
    )
    strategy = models.ForeignKey(
        StrategyPage, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("strategy")
    )
    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("organisation"),
        help_text=_("Who made it, where it was made outside any meeting."),
    )
    made_on = models.DateField(_("made on"), null=True, blank=True)
    source_title = models.CharField(_("source"), max_length=250, help_text=_("The document, statement or minute it stands in."))
    source_address = models.URLField(_("address of the source"), blank=True)
    source_place = models.CharField(_("page or paragraph"), max_length=100, blank=True)
    explanation = RichTextField(_("what those who made it say it means"), blank=True, features=["h3", *PLAIN_TEXT])
    explained_by = models.CharField(
        _("who explains it"), max_length=250, blank=True, help_text=_("The role and its organisation.")
    )
    news_by = models.DateField(
        _("news promised by"), null=True, blank=True, help_text=_("For a promise that no action carries yet.")
    )

    objects = CommitmentQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldPanel("workstream"),
        FieldPanel("strategy"),
        FieldPanel("organisation"),
        FieldPanel("made_on"),
        FieldPanel("source_title"),
        FieldPanel("source_address"),
        FieldPanel("source_place"),
        FieldPanel("explanation"),
        FieldPanel("explained_by"),
        FieldPanel("news_by"),
    ]

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["-made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(workstream__isnull=False)
                | models.Q(strategy__isnull=False)
                | models.Q(organisation__isnull=False),
                name="commitment_is_somebodys",
                violation_error_message=_("Say whose commitment it is: a workstream's, a strategy's or an organisation's."),
            )
        ]

    def __str__(self) -> str:
        return self.text
