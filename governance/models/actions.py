"""Actions: what a board promised, who carries it, and where it stands."""

from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from governance.enums import (
    OPEN_STATUSES,
    ActionKind,
    ActionOrigin,
    ActionStatus,
    Confidence,
    CoproductionRung,
    PartnerRole,
)
from governance.models.boards import PLAIN_TEXT, BoardIndexPage
from governance.models.found_by_words import FoundByWords
from governance.models.milestones import Milestone
from governance.models.record_page import RecordPage
from governance.page_forms import ActionForm
from governance.panels import StandingPanel
from governance.permissions import SharedListPermissionTester
from governance.policies import check_sources


class ProgressIndexPage(FoundByWords, Page):
    """The public progress page: what was promised, and what came of it."""

    introduction = RichTextField(_("introduction"), blank=True, features=PLAIN_TEXT)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["governance.ActionPage"]
    max_count = 1
    template = "governance/progress_index_page.html"

    class Meta:
        verbose_name = _("progress page")

    def permissions_for_user(self, user: Any) -> SharedListPermissionTester:
        """What the person may do here: those who write for a board add its actions."""
        return SharedListPermissionTester(user, self)


class ActionPage(RecordPage):
    """One promise of a board, with one page that says where it stands.

    The columns of its standing (`status` to `next_news_on`) are worked out from its published updates and what ordered it, never typed.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=ActionKind.choices, default=ActionKind.BOARD)
    board = models.ForeignKey("governance.BoardPage", on_delete=models.PROTECT, related_name="actions", verbose_name=_("board"))
    promise = models.TextField(
        _("the promise in plain English"),
        help_text=_("One or two sentences that start with “We will”. This is what people read first."),
    )
    origin = models.CharField(
        _("where it comes from"), max_length=20, choices=ActionOrigin.choices, default=ActionOrigin.RESOLUTION
    )
    origin_words = models.TextField(
        _("the words it comes from"),
        blank=True,
        help_text=_(
            "For a discussion: the sentence of the minute. A resolution's and a commitment's words are shown by themselves."
        ),
    )
    origin_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("minute of the discussion"),
    )
    commitment = models.ForeignKey(
        "governance.Commitment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("public commitment"),
    )
    workstream = models.ForeignKey(
        "governance.WorkstreamPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("workstream"),
    )
    lead_organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_actions",
        verbose_name=_("lead organisation"),
    )
    lead_role = models.CharField(_("lead role"), max_length=200, blank=True, help_text=_("The post that answers for it."))
    lead_words = models.CharField(
        _("the lead as minuted"), max_length=200, blank=True, help_text=_("Where the minute names who leads: its words.")
    )
    lead_set_by = models.CharField(
        _("lead set by"), max_length=200, blank=True, help_text=_("Who named the lead, where the minute does not.")
    )
    lead_set_on = models.DateField(_("lead set on"), null=True, blank=True)
    first_due_on = models.DateField(
        _("first date"),
        null=True,
        blank=True,
        help_text=_("Leave empty where none was agreed: without a date nothing is called late."),
    )
    due_words = models.CharField(
        _("the date as minuted"), max_length=200, blank=True, help_text=_("Such as “in the next six months”.")
    )
    due_set_by = models.CharField(_("date set by"), max_length=200, blank=True)
    due_set_on = models.DateField(_("date set on"), null=True, blank=True)
    news_every_weeks = models.PositiveSmallIntegerField(
        _("weeks between news"), default=8, validators=[MinValueValidator(1)], help_text=_("How often people will hear.")
    )
    contact = models.CharField(_("whom to ask"), max_length=250, blank=True, help_text=_("A role and how to reach it."))
    stages = RichTextField(
        _("stages the board named"), blank=True, features=PLAIN_TEXT, help_text=_("Only stages that the board itself named.")
    )
    rung = models.CharField(_("how far this is co-production"), max_length=20, choices=CoproductionRung.choices, blank=True)
    rung_judged_by = models.CharField(_("in whose judgement"), max_length=200, blank=True)

    status = models.CharField(
        max_length=20, choices=ActionStatus.choices, default=ActionStatus.PROPOSED, editable=False, db_index=True
    )
    confidence = models.CharField(max_length=20, choices=Confidence.choices, blank=True, editable=False)
    is_agreed = models.BooleanField(default=False, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    date_moves = models.PositiveSmallIntegerField(default=0, editable=False)
    last_news_on = models.DateField(null=True, editable=False)
    next_news_on = models.DateField(null=True, editable=False, db_index=True)
    look_again_on = models.DateField(null=True, editable=False)

    not_revisioned: ClassVar[tuple[str, ...]] = (
        "status",
        "is_agreed",
        "agreed_on",
        "confidence",
        "due_on",
        "date_moves",
        "last_news_on",
        "next_news_on",
        "look_again_on",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    StandingPanel(),
                    TitleFieldPanel("title"),
                    FieldPanel("kind"),
                    FieldPanel("board", widget=forms.Select),
                    FieldPanel("promise"),
                    MultiFieldPanel(
                        [
                            FieldPanel("origin"),
                            FieldPanel("commitment"),
                            FieldPanel("origin_words"),
                            PageChooserPanel("origin_page"),
                        ],
                        heading=_("Where it comes from"),
                    ),
                    PageChooserPanel("workstream", "governance.WorkstreamPage"),
                    FieldPanel("stages"),
                ],
                heading=_("The promise"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("lead_organisation"),
                            FieldPanel("lead_role"),
                            FieldPanel("lead_words"),
                            FieldPanel("lead_set_by"),
                            FieldPanel("lead_set_on"),
                        ],
                        heading=_("Lead"),
                    ),
                    InlinePanel("partners", label=_("partner"), heading=_("Partners")),
                    MultiFieldPanel(
                        [
                            FieldPanel("first_due_on"),
                            FieldPanel("due_words"),
                            FieldPanel("due_set_by"),
                            FieldPanel("due_set_on"),
                        ],
                        heading=_("Date"),
                    ),
                    FieldPanel("news_every_weeks"),
                    FieldPanel("contact"),
                    InlinePanel("milestones", label=_("milestone"), heading=_("Milestones")),
                ],
                heading=_("Who and when"),
            ),
            ObjectList(
                [
                    InlinePanel("principle_answers", label=_("answer"), heading=_("The four principles")),
                    InlinePanel("involvements", label=_("group"), heading=_("Who was involved")),
                    FieldRowPanel([FieldPanel("rung"), FieldPanel("rung_judged_by")]),
                    InlinePanel("evidence", label=_("evidence"), heading=_("Evidence")),
                    InlinePanel("alternatives", label=_("form"), heading=_("Easy read, other languages and other forms")),
                ],
                heading=_("With people"),
            ),
            ObjectList(RecordPage.promote_panels, heading=_("Address")),
        ]
    )
    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("promise", boost=2),
        index.FilterField("board"),
        index.FilterField("status"),
        index.FilterField("confidence"),
        index.FilterField("kind"),
    ]
    parent_page_types: ClassVar[list[str]] = ["governance.ProgressIndexPage"]
    subpage_types: ClassVar[list[str]] = ["governance.ProgressUpdatePage", "governance.WorkshopPage"]
    takes_offers_of: ClassVar[str] = "update"
    shown_with: ClassVar[tuple[str, ...]] = ("board", "lead_organisation", "workstream")
    base_form_class = ActionForm
    template = "governance/action_page.html"

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN_STATUSES

    @property
    def is_coproduction(self) -> bool:
        """Whether the four principles and involvement are part of it."""
        return self.kind == ActionKind.COPRODUCTION

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The action with the content of a version; which milestones are done is told by the published updates alone."""
        page = super().with_content_json(content)
        done = dict(Milestone.objects.filter(action_id=self.pk).values_list("pk", "done_on"))
        for milestone in page.milestones.all():
            milestone.done_on = done.get(milestone.pk)
        return page

    def clean(self) -> None:
        """Refuse a lead or a date that comes from nowhere.

        Raises:
            ValidationError: by field, each in plain words.
        """
        super().clean()
        problems = check_sources(self)
        if problems:
            raise ValidationError({field: [message] for field, message in problems.items()})

    def reference_scope(self) -> str:
        """Actions are numbered through the life of their board."""
        return f"{self.board.code}-A"

    def reference_text(self, number: int) -> str:
        """Such as `HWB-A12`."""
        return f"{self.board.code}-A{number}"

    def rights_follow(self, page: Page) -> bool:
        """Rights on an action are those on its board."""
        return page.pk == self.board_id or page.specific_class is BoardIndexPage


class ActionPartner(Orderable):
    """An organisation that takes part in an action, and in what role."""

    action = ParentalKey(ActionPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=PartnerRole.choices, default=PartnerRole.SUPPORTS)

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"
