"""Resolutions: one page for each clause that a board resolved, and the actions it orders, changes or closes."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.search import index

from governance.exceptions import Refused
from governance.models import LedgerEvent, RecordPage
from governance.numbering import with_suffix
from governance.panels import TemplatePanel
from minutes.ending import check_ends
from minutes.enums import ADOPTING_OUTCOMES, CallIn, Ending, LinkKind, MotionOutcome, ResolutionStanding
from minutes.fields import VerbsField
from minutes.models.minutes import MinutePage
from minutes.page_forms import AfterMeetingForm


class ResolutionPage(RecordPage):
    """One clause, which stands alone when it is lifted out: its words, what it does, and what came of it."""

    label = models.CharField(_("label as printed"), max_length=20, blank=True, help_text=_("Such as (1) or a."))
    stem = models.TextField(
        _("words before the list"), blank=True, help_text=_("Such as “That the Board:” where they belong to every clause.")
    )
    text = models.TextField(_("the clause, word for word"))
    verbs = VerbsField(_("what it does"), help_text=_("A clause may do several things."))
    outcome = models.CharField(
        _("outcome of the motion"), max_length=20, choices=MotionOutcome.choices, default=MotionOutcome.CARRIED
    )
    recommended_to = models.CharField(
        _("recommended to"), max_length=200, blank=True, help_text=_("The body that has to answer.")
    )
    answer_to_recommendation = models.TextField(_("its answer"), blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
        verbose_name=_("the earlier resolution"),
        help_text=_("One that this replaces or rescinds, once it is adopted."),
    )
    supersedes_how = models.CharField(
        _("what this does to it"), max_length=20, choices=Ending.choices, default=Ending.SUPERSEDED
    )
    urgent_because = models.TextField(
        _("why it cannot be called in"),
        blank=True,
        help_text=_("Only for an urgent decision of an executive board. It is shown to the public."),
    )

    position = models.PositiveSmallIntegerField(default=0, editable=False)
    mark = models.CharField(max_length=40, blank=True, editable=False)
    standing = models.CharField(
        max_length=20, choices=ResolutionStanding.choices, default=ResolutionStanding.DRAFT, editable=False, db_index=True
    )
    adopted_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_by = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="ends")
    ended_at = models.DateTimeField(null=True, editable=False)
    call_in = models.CharField(_("call-in"), max_length=20, choices=CallIn.choices, blank=True, editable=False)
    call_in_until = models.DateField(null=True, editable=False)
    in_effect_on = models.DateField(null=True, editable=False)
    no_action_needed = models.BooleanField(default=False, editable=False)
    no_action_reason = models.TextField(blank=True, editable=False)

    dated_by_the_ledger: ClassVar[dict[str, str]] = {"adopted_at": LedgerEvent.ADOPTED}
    said_later: ClassVar[tuple[str, ...]] = ("answer_to_recommendation",)
    not_revisioned: ClassVar[tuple[str, ...]] = (
        "position",
        "mark",
        "standing",
        "adopted_at",
        "adopted_by",
        "no_action_needed",
        "no_action_reason",
        "answer_to_recommendation",
        "answered_on",
        "ended_by",
        "ended_at",
        "call_in",
        "call_in_until",
        "in_effect_on",
    )
    frozen_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "label",
        "stem",
        "text",
        "verbs",
        "outcome",
        "recommended_to",
        "supersedes_id",
        "supersedes_how",
        "urgent_because",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TemplatePanel("minutes/admin/resolution_panel.html", heading=_("This resolution")),
                    TitleFieldPanel("title"),
                    FieldRowPanel([FieldPanel("label"), FieldPanel("outcome")]),
                    FieldPanel("stem"),
                    FieldPanel("text"),
                    FieldPanel("verbs"),
                ],
                heading=_("Clause"),
            ),
            ObjectList(
                [
                    FieldPanel("recommended_to"),
                    MultiFieldPanel(
                        [PageChooserPanel("supersedes", "minutes.ResolutionPage"), FieldPanel("supersedes_how")],
                        heading=_("An earlier resolution"),
                    ),
                    FieldPanel("urgent_because"),
                ],
                heading=_("Other bodies and earlier decisions"),
            ),
            ObjectList(RecordPage.promote_panels, heading=_("Address")),
        ]
    )
    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("text", boost=2),
        index.SearchField("stem"),
        index.FilterField("standing"),
    ]
    base_form_class = AfterMeetingForm
    parent_page_types: ClassVar[list[str]] = ["minutes.AgendaItemPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "minutes/resolution_page.html"

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adopted_at__isnull=True, adopted_by__isnull=True)
                | models.Q(adopted_at__isnull=False, adopted_by__isnull=False),
                name="resolution_adopted_by_somebody_at_some_time",
            )
        ]

    @property
    def item(self) -> Any:
        """The item it was resolved on."""
        return self.get_parent().specific

    @property
    def is_frozen(self) -> bool:
        """An adopted resolution is final."""
        return self.adopted_at is not None

    @property
    def frozen_because(self) -> str:
        """Why it is final, and what to do instead."""
        return _g("This resolution is adopted, so its words are final. A later resolution can replace or rescind it.")

    def clean(self) -> None:
        """Refuse to replace what is not adopted, or was replaced already.

        Raises:
            ValidationError: saying which.
        """
        super().clean()
        if self.supersedes is not None:
            try:
                check_ends(self.supersedes, self)
            except Refused as refusal:
                raise ValidationError({"supersedes": str(refusal)}) from refusal

    @property
    def full_text(self) -> str:
        """The clause with the words that stand before the list, so that it can be read alone."""
        return f"{self.stem} {self.text}".strip()

    @property
    def is_carried(self) -> bool:
        """Whether the board decided what it says."""
        return self.outcome in ADOPTING_OUTCOMES

    @property
    def always_approved_by_another(self) -> bool:
        """As its item is."""
        return bool(self.path) and bool(self.get_parent().specific.always_approved_by_another)

    def reference_scope(self) -> str | None:
        """A clause is cited by its minute; one that was printed elsewhere by its item, since it took no number here.

        Until the clauses of its item have their marks it has no reference.
        """
        minute = MinutePage.objects.child_of(self.get_parent()).first() if self.mark else None
        if minute is None or not minute.reference:
            return None
        cited = self.item.reference if minute.is_imported else minute.reference
        return f"{cited}{self.mark}"

    def reference_text(self, number: int) -> str:
        """Such as `HWB/2026-27/38(1)`."""
        return with_suffix(str(self.reference_scope()), number)


class ResolutionActionQuerySet(models.QuerySet["ResolutionAction"]):
    """Links that may be shown."""

    def public(self) -> "ResolutionActionQuerySet":
        """Those between a live resolution and a live action."""
        return self.filter(resolution__live=True, action__live=True)


class ResolutionAction(models.Model):
    """That a resolution orders, changes or closes an action."""

    resolution = models.ForeignKey(
        ResolutionPage, on_delete=models.PROTECT, related_name="action_links", verbose_name=_("resolution")
    )
    action = models.ForeignKey(
        "governance.ActionPage", on_delete=models.PROTECT, related_name="resolution_links", verbose_name=_("action")
    )
    kind = models.CharField(_("what it does"), max_length=10, choices=LinkKind.choices, default=LinkKind.ORDERS)
    linked_at = models.DateTimeField(_("linked at"))
    linked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ResolutionActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("link from a resolution to an action")
        verbose_name_plural = _("links from resolutions to actions")
        ordering = ["linked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["resolution", "action"], name="linked_once")]

    def __str__(self) -> str:
        return f"{self.resolution} {self.get_kind_display()} {self.action}"


class FollowUp(models.Model):
    """A small administrative action, such as circulating slides: in the action log and the actions report, not a public promise."""

    item = models.ForeignKey(
        "minutes.AgendaItemPage", on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("item")
    )
    text = models.TextField(_("what is to be done"))
    owner = models.CharField(_("by whom"), max_length=200, blank=True)
    due_words = models.CharField(_("by when, as minuted"), max_length=150, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    action = models.ForeignKey(
        "governance.ActionPage",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("became the action"),
    )

    rights_of: ClassVar[str] = "item"

    panels = [
        FieldPanel("item"),
        FieldPanel("text"),
        FieldPanel("owner"),
        FieldPanel("due_words"),
        FieldPanel("due_on"),
        FieldPanel("done_on"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.text
