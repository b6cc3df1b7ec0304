"""Agenda items: what a board is asked to do, published before it meets."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _g
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
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from governance.enums import Purpose, StandingKind
from governance.models import RecordPage
from governance.panels import TemplatePanel
from governance.registering import Additions
from minutes.enums import PackEdition, PackKind

MOST_SEARCHED = 150_000
"""So many letters of a paper are searched, about fifty pages; an index entry has room for no more than a few papers."""


_released: Additions[Callable[["AgendaItemPage"], Iterable[str]]] = Additions("is searched")
register_released = _released.add
"""Say what of an item was released: what is kept back stands on this page's rows, and imports them."""


class ExemptionGround(models.Model):
    """A ground for taking business in private: a paragraph of Schedule 12A, or that it is confidential. Data, because law changes."""

    short_name = models.CharField(
        _("short name"), max_length=120, unique=True, help_text=_("Such as “Paragraph 3, Schedule 12A”.")
    )
    description = models.TextField(_("as the law describes it"))
    law = models.CharField(_("law"), max_length=200, blank=True)
    compulsory = models.BooleanField(
        _("the public must be excluded"),
        default=False,
        help_text=_("Confidential information. For exempt information it is a choice."),
    )

    panels = [FieldPanel("short_name"), FieldPanel("description"), FieldPanel("law"), FieldPanel("compulsory")]

    class Meta:
        verbose_name = _("ground for private business")
        verbose_name_plural = _("grounds for private business")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.short_name


class AgendaItemPage(RoutablePageMixin, RecordPage):
    """One item of an agenda. Everything on it is public once the agenda is.

    Attributes:
        confirms_minutes_of: the meeting whose minutes the board confirms at this item. One item confirms those of one meeting; the
            item is on the agenda of the next suitable meeting, and an extraordinary one is not suitable (LGA 1972, Schedule 12,
            paragraph 41). Confirming itself is an operation on that meeting: the link alone changes nothing.
        number: as printed. It is worked out (`minutes/agenda_numbers.py`) until it is public, then it stays.
        keeps_number: that its number was printed elsewhere, so that it is never worked out.
        is_part: that it is a part of the item before it, numbered below it.
        position: its place on the agenda, among the items and the headings.
        standing_kind, standing_title: the row of the board's template that it was made from, as that was called then.
    """

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices, default=Purpose.DISCUSSION)
    body = RichTextField(_("what it is about"), blank=True, features=["bold", "italic", "link", "ol", "ul"])
    recommendations = RichTextField(_("what the report recommends"), blank=True, features=["bold", "italic", "ol", "ul"])
    report_author = models.CharField(_("author of the report"), max_length=200, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    is_urgent = models.BooleanField(
        _("urgent item"), default=False, help_text=_("Added late in the chair's opinion. A late report is not an urgent item.")
    )
    urgency_reason = models.TextField(
        _("special circumstances"), blank=True, help_text=_("The chair's reason. It stands in the minutes.")
    )
    late_report_reason = models.TextField(
        _("why the report is late"),
        blank=True,
        help_text=_("Where the item was on the agenda in time and its report was not. Shown with the item."),
    )
    exempt_ground = models.ForeignKey(
        ExemptionGround,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("ground for taking it in private"),
        help_text=_("The title and text of this page stay public: give both so that they give nothing away."),
    )
    exempt_reason = models.TextField(_("why the public interest is served by that"), blank=True)
    exempt_review_on = models.DateField(
        _("looked at again on"), null=True, blank=True, help_text=_("Whether it can be made public by then.")
    )
    carried_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
        verbose_name=_("carried over from"),
    )
    confirms_minutes_of = models.ForeignKey(
        "minutes.MeetingPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="confirming_items",
        verbose_name=_("confirms the minutes of"),
        help_text=_("An earlier meeting of the same board. It is put here by itself when the agenda is filled."),
    )

    number = models.CharField(_("number on the agenda"), max_length=20, blank=True, editable=False)
    keeps_number = models.BooleanField(default=False, editable=False)
    is_part = models.BooleanField(_("part of the item before it"), default=False, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False, db_index=True)
    standing_kind = models.CharField(max_length=20, choices=StandingKind.choices, blank=True, editable=False)
    standing_title = models.CharField(max_length=200, blank=True, editable=False)
    supplement = models.ForeignKey(
        "minutes.Supplement",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("added with"),
    )

    not_revisioned: ClassVar[tuple[str, ...]] = (
        "number",
        "keeps_number",
        "is_part",
        "position",
        "standing_kind",
        "standing_title",
        "supplement",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TemplatePanel("minutes/admin/item_panel.html", heading=_("This item")),
                    FieldRowPanel([FieldPanel("purpose"), FieldPanel("minutes_planned")]),
                    TitleFieldPanel("title"),
                    FieldPanel("body"),
                    FieldPanel("recommendations"),
                    InlinePanel("presenters", label=_("presenter"), heading=_("Who presents")),
                    FieldPanel("report_author"),
                ],
                heading=_("Agenda"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("is_urgent"), FieldPanel("urgency_reason")], heading=_("Urgency")),
                    FieldPanel("late_report_reason", heading=_("A late report")),
                    MultiFieldPanel(
                        [FieldPanel("exempt_ground"), FieldPanel("exempt_reason"), FieldPanel("exempt_review_on")],
                        heading=_("In private"),
                    ),
                    TemplatePanel("minutes/admin/restricted_panel.html", heading=_("Not for publication")),
                    PageChooserPanel("carried_from", "minutes.AgendaItemPage"),
                    PageChooserPanel("confirms_minutes_of", "minutes.MeetingPage"),
                ],
                heading=_("Special cases"),
            ),
            ObjectList(RecordPage.promote_panels, heading=_("Address")),
        ]
    )
    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("body"),
        index.SearchField("recommendations"),
        index.SearchField("text_of_papers"),
        index.SearchField("released_words"),
    ]
    parent_page_types: ClassVar[list[str]] = ["minutes.MeetingPage"]
    subpage_types: ClassVar[list[str]] = ["minutes.MinutePage", "minutes.ResolutionPage"]
    offered_with: ClassVar[str] = "report"
    template = "minutes/agenda_item_page.html"

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    @path("pack/")
    def pack(self, request: HttpRequest) -> HttpResponse:
        """This item alone as a pack; in words that there is none, while there is none."""
        found = self.packs.public().current().filter(edition=PackEdition.STANDARD).first()
        if found is None:
            return render(request, "minutes/no_pack.html", {"page": self, "kind": PackKind.ITEM}, status=404)
        return redirect("pack", slug=found.slug)

    @property
    def meeting(self) -> Any:
        """The meeting it is on the agenda of."""
        return self.get_parent().specific

    def text_of_papers(self) -> str:
        """What its public papers say, for the search: their titles, and the text of each as far as a search index can hold it."""
        if not self.pk:
            return ""
        papers = self.papers.public().with_files(text=True)
        return "\n".join(f"{paper.title}\n{paper.shown.text[:MOST_SEARCHED] if paper.shown else ''}" for paper in papers)

    def released_words(self) -> str:
        """What was taken in private and released since, for the search; empty where nothing was."""
        return "\n".join(words for says in _released for words in says(self)) if self.pk else ""

    @property
    def always_approved_by_another(self) -> bool:
        """Business taken in private always is: its title and text are public, and one word too many cannot be taken back."""
        return self.exempt_ground_id is not None

    def reference_scope(self) -> str | None:
        """Items have a counter of their own, so that renumbering an agenda changes no reference."""
        reference = self.meeting.reference
        return f"{reference}/I" if reference else None

    def reference_text(self, number: int) -> str:
        """Such as `HWB/2026-10-08/I7`."""
        return f"{self.meeting.reference}/I{number}"

    def clean(self) -> None:
        """Refuse private business without its reason, and the minutes of another board's or of a later meeting.

        Raises:
            ValidationError: a ground is given without why it serves the public interest, or the minutes are not of an earlier
                meeting of this board.
        """
        super().clean()
        if self.confirms_minutes_of and self.path:
            of_this_board = self.confirms_minutes_of.path.startswith(self.path[: -2 * self.steplen])
            if not of_this_board or self.confirms_minutes_of.starts_at >= self.meeting.starts_at:
                raise ValidationError({"confirms_minutes_of": _g("Choose an earlier meeting of the same board.")})
        if self.exempt_ground_id and not self.exempt_reason.strip():
            raise ValidationError({"exempt_reason": _g("Say why the public interest is served by taking it in private.")})


class ItemPresenter(Orderable):
    """Who presents an item, in the role they hold at that meeting."""

    item = ParentalKey(AgendaItemPage, on_delete=models.CASCADE, related_name="presenters")
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=200, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("presenter")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name
