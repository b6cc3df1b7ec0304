"""Minutes: what happened at an item."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from governance.gathering import rows_of
from governance.models import LedgerEvent, RecordPage
from governance.numbering import board_year, with_suffix
from governance.panels import TemplatePanel
from minutes.enums import DecisionKind, DecisionManner, ItemOutcome, MinuteState
from minutes.models.confirming import DraftMinute
from minutes.models.declarations import DeclaredInterest
from minutes.models.rooms import attendees, declared, interest_of, joint_boards, joint_rules, quorum_rule, seats_at
from minutes.page_forms import MinuteForm
from minutes.quorum import Interest, Room, room_at
from minutes.room_words import names_heading, vote_words
from minutes.voting import Cast, Problems, Vote, problems


class MinutePage(RoutablePageMixin, RecordPage):
    """The minute of one item: what was reported and said, who moved and seconded, how it was decided."""

    text = RichTextField(_("minute"), blank=True, features=["bold", "italic", "link", "ol", "ul", "blockquote"])
    presented_by = models.TextField(_("presented by"), blank=True, help_text=_("Name and role, one a line, as at the meeting."))
    decision_kind = models.CharField(_("decision"), max_length=20, choices=DecisionKind.choices, default=DecisionKind.RESOLVED)
    outcome = models.CharField(_("outcome of the item"), max_length=20, choices=ItemOutcome.choices, blank=True)
    manner = models.CharField(_("how it was decided"), max_length=20, choices=DecisionManner.choices, blank=True)
    mover = models.CharField(_("moved by"), max_length=150, blank=True)
    seconder = models.CharField(_("seconded by"), max_length=150, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    unanimous = models.BooleanField(
        _("unanimous"), default=False, help_text=_("Only after a vote. What nobody opposed was agreed by general assent.")
    )
    casting_vote = models.CharField(
        _("casting vote"),
        max_length=10,
        choices=[("for", _("For")), ("against", _("Against"))],
        blank=True,
        help_text=_("Only in a tie. The counts above are those before it."),
    )
    casting_vote_by = models.CharField(_("cast by"), max_length=150, blank=True, help_text=_("Who presided at this item."))
    printed_number = models.CharField(
        _("number as printed"), max_length=40, blank=True, help_text=_("Only for a minute that was printed elsewhere.")
    )
    is_imported = models.BooleanField(default=False, editable=False)

    state = models.CharField(max_length=20, choices=MinuteState.choices, default=MinuteState.DRAFT, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    not_revisioned: ClassVar[tuple[str, ...]] = ("state", "confirmed_at", "confirmed_by", "is_imported")
    dated_by_the_ledger: ClassVar[dict[str, str]] = {"confirmed_at": LedgerEvent.CONFIRMED}
    frozen_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "text",
        "presented_by",
        "decision_kind",
        "outcome",
        "manner",
        "mover",
        "seconder",
        "votes_for",
        "votes_against",
        "abstentions",
        "unanimous",
        "casting_vote",
        "casting_vote_by",
        "printed_number",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TemplatePanel("minutes/admin/minute_panel.html", heading=_("This minute")),
                    TitleFieldPanel("title"),
                    FieldPanel("presented_by"),
                    FieldPanel("text"),
                ],
                heading=_("What happened"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("decision_kind"), FieldPanel("outcome"), FieldPanel("manner")]),
                    FieldRowPanel([FieldPanel("mover"), FieldPanel("seconder")]),
                    FieldRowPanel(
                        [FieldPanel("votes_for"), FieldPanel("votes_against"), FieldPanel("abstentions")], heading=_("Votes")
                    ),
                    FieldRowPanel([FieldPanel("unanimous"), FieldPanel("casting_vote"), FieldPanel("casting_vote_by")]),
                    InlinePanel(
                        "votes",
                        label=_("vote"),
                        heading=_("Votes by name"),
                        help_text=_("Every member's in a named vote; else those that members asked to have recorded."),
                    ),
                    InlinePanel("amendments", label=_("amendment"), heading=_("Amendments")),
                ],
                heading=_("Decision"),
            ),
            ObjectList(
                [InlinePanel("interests", label=_("declaration"), heading=_("Declarations of interest"))],
                heading=_("Interests"),
            ),
            ObjectList(
                [FieldPanel("printed_number"), MultiFieldPanel(RecordPage.promote_panels)], heading=_("Number and address")
            ),
        ]
    )
    search_fields = [*RecordPage.search_fields, index.SearchField("text"), index.SearchField("presented_by")]
    base_form_class = MinuteForm
    parent_page_types: ClassVar[list[str]] = ["minutes.AgendaItemPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "minutes/minute_page.html"

    class Meta:
        verbose_name = _("minute")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="minute_confirmed_by_somebody_at_some_time",
            )
        ]

    @path("as-confirmed/")
    def as_confirmed(self, request: HttpRequest) -> HttpResponse:
        """Its words as they were confirmed, where a correction was recorded since.

        Raises:
            Http404: none was.
        """
        if self.state != MinuteState.CORRECTED:
            raise Http404
        return render(request, "minutes/minute_as_it_was.html", {"page": self, "words": self})

    @path("as-drafted/")
    def as_drafted(self, request: HttpRequest) -> HttpResponse:
        """Its words as they were published as a draft, where it was confirmed with others.

        Raises:
            Http404: it was confirmed as read, or is not confirmed.
        """
        words = DraftMinute.objects.public().filter(minute=self.pk).first()
        if words is None:
            raise Http404
        return render(request, "minutes/minute_as_it_was.html", {"page": self, "words": words, "is_draft": True})

    @property
    def item(self) -> Any:
        """The item it is the minute of."""
        return self.get_parent().specific

    @property
    def is_frozen(self) -> bool:
        """A confirmed minute is final."""
        return self.confirmed_at is not None

    @property
    def frozen_because(self) -> str:
        """Why it is final, and what to do instead."""
        return _g("This minute is confirmed, so its words are final. Record a correction instead: both versions stay public.")

    @property
    def vote_words(self) -> str:
        """The votes as a sentence, empty where none were counted."""
        return vote_words(self.vote)

    @property
    def names_heading(self) -> str:
        """What the list of votes by name is."""
        return names_heading(self.vote)

    @property
    def vote(self) -> Vote:
        """How the item was decided, as plain values."""
        return Vote(
            manner=self.manner,
            votes_for=self.votes_for,
            votes_against=self.votes_against,
            abstentions=self.abstentions,
            unanimous=self.unanimous,
            casting_vote=self.casting_vote,
            casting_vote_by=self.casting_vote_by,
            named=tuple(Cast(row.name, row.cast, row.person_id) for row in rows_of(self, "votes")),
        )

    @classmethod
    def room_at(
        cls, meeting: Any, item: Any = None, *, interests: Sequence[Interest] | None = None, minute: int | None = None
    ) -> Room:
        """Who is in the room at an item of a meeting, or at any time of it.

        Args:
            interests: those declared in the item's own minute as it is being written; else those last saved.
            minute: the key of that minute.
        """
        board = meeting.board
        seats = list(seats_at(meeting))
        seated = attendees(meeting, seats)
        jointly = joint_rules(board, joint_boards(meeting), seats)
        known: list[Interest] = []
        if item is not None:
            others = cls.objects.descendant_of(meeting)
            known = [*(interests or ()), *declared(others, item, but=minute if interests is not None else None)]
        position = item.position if item is not None else None
        return room_at(position, rule=quorum_rule(board), attendance=seated, interests=known, jointly=jointly)

    def vote_problems(self, item: Any, vote: Vote, interests: Sequence[DeclaredInterest]) -> Problems:
        """What is wrong with a vote on this minute's item, by field. What was printed elsewhere is taken as it was printed."""
        if self.is_imported:
            return {}
        own = [interest_of(row) for row in interests if row.about_id in {None, item.pk}]
        meeting = item.meeting
        room = self.room_at(meeting, item, interests=own, minute=self.pk)
        return problems(vote, room, by_name=meeting.votes_by_name)

    @property
    def always_approved_by_another(self) -> bool:
        """As its item is."""
        return bool(self.path) and bool(self.get_parent().specific.always_approved_by_another)

    def reference_scope(self) -> str | None:
        """Minutes are numbered through the board's year; one printed elsewhere is cited by its item and takes no number."""
        item = self.item
        if self.is_imported:
            return f"{item.reference}/M" if item.reference else None
        meeting = item.meeting
        return f"{meeting.board.code}/{board_year(meeting.day, meeting.board.year_starts_in)}"

    def reference_text(self, number: int) -> str:
        """Such as `HWB/2026-27/38`."""
        scope = str(self.reference_scope())
        return with_suffix(scope, number) if self.is_imported else f"{scope}/{number}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections that may be shown."""

    def public(self) -> "CorrectionQuerySet":
        """Those of live minutes."""
        return self.filter(minute__live=True)


class Correction(models.Model):
    """A correction of a minute: resolved when it was confirmed, or recorded since. It is added; it never changes.

    Attributes:
        confirmation: the confirmation with which it was resolved, which put the new words into the minute; none for one that was
            recorded later, which leaves the minute as it was confirmed.
        reason: why; what was resolved at a meeting needs none.
    """

    minute = models.ForeignKey(MinutePage, on_delete=models.PROTECT, related_name="corrections")
    confirmation = models.ForeignKey(
        "minutes.Confirmation", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    old_words = models.TextField(_("the words as they were"))
    new_words = models.TextField(_("how they are to be read"))
    reason = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey("governance.User", on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmation__isnull=False) | ~models.Q(reason=""), name="later_correction_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_words}: {self.new_words}"


class MinutesSource(models.Model):
    """The text that a minute was read from, as it came, so that nothing of it is lost and none is imported twice. Not public."""

    minute = models.OneToOneField(MinutePage, on_delete=models.PROTECT, related_name="source")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(max_length=250, blank=True)
    read_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source of a minute")

    def __str__(self) -> str:
        return self.file_name or self.sha256[:12]
