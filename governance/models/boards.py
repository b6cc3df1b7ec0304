"""Boards and the rule book that each carries as data."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from governance.enums import DayCounting, Nation, SubNumbers
from governance.models.found_by_words import FoundByWords
from governance.models.record_page import RecordPage
from governance.panels import TemplatePanel

PLAIN_TEXT = ["bold", "italic", "link", "ol", "ul"]


class BodyType(models.Model):
    """A sort of board and the law it stands on. Data, because bodies are made and abolished by law."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    law = models.TextField(_("law on its meetings"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("law")]

    class Meta:
        verbose_name = _("type of board")
        verbose_name_plural = _("types of board")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BoardIndexPage(FoundByWords, Page):
    """The list of boards."""

    introduction = RichTextField(_("introduction"), blank=True, features=PLAIN_TEXT)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["governance.BoardPage"]
    max_count = 1
    template = "governance/board_index_page.html"

    class Meta:
        verbose_name = _("list of boards")


class BoardPage(RoutablePageMixin, RecordPage):
    """A body that meets and decides, with the rules it meets under."""

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Z][A-Z0-9]{1,11}$", _("Use 2 to 12 capital letters and digits, starting with a letter."))
        ],
        help_text=_("Two to twelve capitals, such as HWB. Every reference of the board begins with it, so it never changes."),
    )
    body_type = models.ForeignKey(BodyType, on_delete=models.PROTECT, related_name="boards", verbose_name=_("type of board"))
    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="boards",
        verbose_name=_("answerable to"),
    )
    purpose = RichTextField(_("what the board does"), blank=True, features=PLAIN_TEXT)
    coproduction_definition = RichTextField(
        _("what co-production means to this board"),
        blank=True,
        features=PLAIN_TEXT,
        help_text=_("In the board's own words. It has a page of its own below the board."),
    )
    definition_source = models.CharField(
        _("where the definition comes from"),
        max_length=250,
        blank=True,
        help_text=_("The statement, minute or guide it stands in, and whose words they are: a role, not a name."),
    )
    definition_source_address = models.URLField(_("address of that source"), blank=True)
    coproduction_further = RichTextField(_("where to read more about co-production"), blank=True, features=PLAIN_TEXT)
    how_to_come = RichTextField(
        _("how to come"), blank=True, features=PLAIN_TEXT, help_text=_("For every meeting, unless the meeting says otherwise.")
    )
    how_to_be_heard = RichTextField(
        _("how to be heard"), blank=True, features=PLAIN_TEXT, help_text=_("How to ask a question, speak or bring a petition.")
    )
    other_formats = RichTextField(
        _("how to get papers in another format"),
        blank=True,
        features=PLAIN_TEXT,
        help_text=_("Easy read, large print, another language, an interpreter: whom to ask, and how long before."),
    )
    contact = models.TextField(_("contact"), blank=True, help_text=_("Who to ask about meetings, how, and when they answer."))

    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices, default=Nation.ENGLAND)
    is_executive = models.BooleanField(
        _("executive board"),
        default=False,
        help_text=_("Cabinet and its committees. Turns on call-in. A Health and Wellbeing Board is not executive."),
    )
    private_by_default = models.BooleanField(_("meets in private by default"), default=False)
    notice_days = models.PositiveSmallIntegerField(
        _("clear days of notice"),
        default=5,
        validators=[MaxValueValidator(60)],
        help_text=_("England 5, Wales and Scotland 3, or as the terms of reference say."),
    )
    day_counting = models.CharField(
        _("how days are counted"), max_length=20, choices=DayCounting.choices, default=DayCounting.WORKING_DAYS
    )
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=3, help_text=_("How many voting members must be present."))
    remote_counts = models.BooleanField(
        _("remote attendance counts"),
        default=False,
        help_text=_("Whether members who join remotely count towards the quorum and vote."),
    )
    members_may_substitute = models.BooleanField(
        _("a member may stand in for another"),
        default=False,
        help_text=_("Where the terms of reference allow it. One person still has one vote."),
    )
    year_starts_in = models.PositiveSmallIntegerField(
        _("first month of the board's year"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Minutes are numbered through this year. The municipal year starts in May: 5."),
    )
    call_in_days = models.PositiveSmallIntegerField(_("call-in window in working days"), default=5)
    draft_minutes_days = models.PositiveSmallIntegerField(
        _("working days until the draft minutes"),
        default=10,
        validators=[MaxValueValidator(60)],
        help_text=_("The board's own target. 0 where it has none."),
    )
    sub_numbers = models.CharField(
        _("parts of an item are numbered"), max_length=10, choices=SubNumbers.choices, default=SubNumbers.LETTERS
    )
    publishes_programme = models.BooleanField(
        _("shows what is coming"),
        default=False,
        help_text=_("Whether the public sees the entries of the work programme that are marked public."),
    )
    contacts_kept_days = models.PositiveSmallIntegerField(
        _("days for which contact details are kept"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Of people who put questions, counted from the meeting. Then they are erased; the question stays."),
    )
    approved_by_another = models.BooleanField(
        _("what is published is approved by somebody else"),
        default=False,
        help_text=_(
            "Whether whoever changed a record last may not publish it. For items taken in private, and for boards that meet in "
            "private by default, this always holds."
        ),
    )
    news_every_weeks = models.PositiveSmallIntegerField(
        _("weeks between news"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_("How often an action of this board reports, unless it says otherwise."),
    )
    completes_by_resolution = models.BooleanField(
        _("completes by resolution"),
        default=False,
        help_text=_("Whether an action counts as completed only once a resolution of the board closes it."),
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("successor")
    )

    content_panels = [
        TemplatePanel("governance/admin/board_panel.html", heading=_("This board")),
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("body_type"),
        FieldPanel("organisation"),
        FieldPanel("purpose"),
        MultiFieldPanel(
            [
                FieldPanel("coproduction_definition"),
                FieldPanel("definition_source"),
                FieldPanel("definition_source_address"),
                FieldPanel("coproduction_further"),
            ],
            heading=_("Co-production"),
        ),
        FieldPanel("contact"),
        MultiFieldPanel(
            [FieldPanel("how_to_come"), FieldPanel("how_to_be_heard"), FieldPanel("other_formats")],
            heading=_("Come, be heard, another format"),
        ),
        FieldRowPanel([FieldPanel("ended_on"), FieldPanel("successor")], heading=_("If it has ended")),
    ]
    rule_panels = [
        HelpPanel(
            _(
                "These rules are used to compute deadlines, quorum and minute numbers. Take them from the board's own standing orders."
            )
        ),
        MultiFieldPanel([FieldPanel("nation"), FieldPanel("is_executive"), FieldPanel("private_by_default")], heading=_("Law")),
        FieldRowPanel([FieldPanel("notice_days"), FieldPanel("day_counting")], heading=_("Notice")),
        FieldRowPanel(
            [FieldPanel("quorum"), FieldPanel("remote_counts"), FieldPanel("members_may_substitute")], heading=_("Quorum")
        ),
        InlinePanel("quorum_groups", label=_("group that must be present"), heading=_("Groups that must be present")),
        InlinePanel(
            "interest_categories",
            label=_("category"),
            heading=_("Categories of interest"),
            help_text=_("Of the body's own code of conduct. Without any, the usual ones of its type of board are offered."),
        ),
        FieldRowPanel(
            [
                FieldPanel("year_starts_in"),
                FieldPanel("call_in_days"),
                FieldPanel("draft_minutes_days"),
                FieldPanel("news_every_weeks"),
            ],
            heading=_("Numbering and dates"),
        ),
        InlinePanel("standing_items", label=_("item"), heading=_("The agenda's template: items of every ordinary meeting")),
        FieldPanel("sub_numbers", heading=_("Numbers on the agenda")),
        InlinePanel("preparation_steps", label=_("step"), heading=_("Steps before the agenda goes out")),
        InlinePanel("question_rules", label=_("rule"), heading=_("Questions, petitions and deputations")),
        InlinePanel("declining_reasons", label=_("reason"), heading=_("Reasons for which these may be declined")),
        FieldPanel("contacts_kept_days", heading=_("Contact details of people who ask")),
        FieldPanel("approved_by_another", heading=_("Approval")),
        InlinePanel("yearly_business", label=_("business"), heading=_("Business of every year")),
        FieldPanel("publishes_programme", heading=_("Work programme")),
        FieldPanel("completes_by_resolution", heading=_("Completion")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("About")),
            ObjectList(rule_panels, heading=_("Rule book")),
            ObjectList(RecordPage.promote_panels, heading=_("Address")),
        ]
    )
    search_fields = [*RecordPage.search_fields, index.SearchField("purpose"), index.FilterField("code")]
    parent_page_types: ClassVar[list[str]] = ["governance.BoardIndexPage"]
    is_approved: ClassVar[bool] = False
    shown_with: ClassVar[tuple[str, ...]] = ("body_type", "organisation")
    template = "governance/board_page.html"

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")

    @path("co-production/")
    def coproduction(self, request: HttpRequest) -> HttpResponse:
        """What co-production means to this board, where that comes from, and what it looks like.

        Raises:
            Http404: the board has not said.
        """
        if not self.coproduction_definition:
            raise Http404
        return render(request, "governance/definition.html", {"page": self})

    @property
    def is_published_by_another(self) -> bool:
        """Whether whoever changed something of it last may not publish that: by its rule, or because it meets in private by default."""
        return self.approved_by_another or self.private_by_default

    def reference_scope(self) -> str:
        """The board's code is its reference: taken once, so the sequence has one member."""
        return f"board:{self.code}"

    def reference_text(self, number: int) -> str:
        """The code."""
        return self.code


class QuorumGroup(Orderable):
    """A group of seats of which some must be present for a quorum, such as one councillor and one from the NHS."""

    board = ParentalKey(BoardPage, on_delete=models.CASCADE, related_name="quorum_groups")
    seat_group = models.CharField(_("seat group"), max_length=80)
    needed = models.PositiveSmallIntegerField(_("at least"), default=1)

    panels = [FieldRowPanel([FieldPanel("needed"), FieldPanel("seat_group")])]

    class Meta(Orderable.Meta):
        verbose_name = _("group that must be present")

    def __str__(self) -> str:
        return _g("%(group)s (at least %(number)d)") % {"group": self.seat_group, "number": self.needed}
