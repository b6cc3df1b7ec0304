"""Meetings and who was there."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
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

from governance import wayfinding
from governance.models import BoardPage, RecordPage
from governance.numbering import with_suffix
from governance.panels import TemplatePanel
from minutes.enums import MeetingKind, MeetingStatus, PackEdition, PackKind
from minutes.page_forms import MeetingForm


class MeetingPage(RoutablePageMixin, RecordPage):
    """One meeting of a board: what is said of it beforehand. What happened at it stands in its minutes."""

    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices, default=MeetingKind.ORDINARY)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("planned end"), null=True, blank=True)
    venue = models.CharField(_("where"), max_length=250, blank=True)
    how_to_attend = RichTextField(
        _("how to come, watch or be heard"),
        blank=True,
        features=["bold", "link", "ul"],
        help_text=_("How to get there and get in, ask a question, watch, and ask for another format."),
    )
    how_to_be_heard = RichTextField(
        _("how to be heard"),
        blank=True,
        features=["bold", "link", "ul"],
        help_text=_("Only where it differs from the board's."),
    )
    other_formats = RichTextField(
        _("how to get papers in another format"),
        blank=True,
        features=["bold", "link", "ul"],
        help_text=_("Only where it differs from the board's."),
    )
    step_free = models.TextField(
        _("step-free access"),
        blank=True,
        help_text=_("How to get in without steps, the lift, the hearing loop, the nearest parking."),
    )
    join_remotely = models.TextField(
        _("how to join remotely"),
        blank=True,
        help_text=_("For the public: no link or number that lets somebody into the members' meeting."),
    )
    webcast = models.URLField(_("address of the webcast"), blank=True)
    recording = models.URLField(_("address of the recording"), blank=True)
    presided_by = models.CharField(_("to be chaired by"), max_length=150, blank=True)
    short_notice_reason = models.TextField(
        _("why notice was shorter"),
        blank=True,
        help_text=_("Shown to the public where the notice is shorter than the board's rule."),
    )

    votes_by_name = models.BooleanField(
        _("each vote is by name"),
        default=False,
        help_text=_("As at a meeting that sets the council's budget (SI 2014/165)."),
    )

    status = models.CharField(
        max_length=20, choices=MeetingStatus.choices, default=MeetingStatus.SCHEDULED, editable=False, db_index=True
    )
    status_reason = models.TextField(blank=True, editable=False)
    had_no_quorum = models.BooleanField(default=False, editable=False)
    notice_published_at = models.DateTimeField(_("notice published"), null=True, editable=False)
    notice_place = models.CharField(_("where the notice was posted"), max_length=250, blank=True, editable=False)
    notice_by = models.ForeignKey(
        "governance.User", null=True, editable=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("posted by")
    )
    announced_starts_at = models.DateTimeField(null=True, editable=False)
    agenda_published_at = models.DateTimeField(null=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_changed_at = models.DateTimeField(null=True, editable=False)
    calendar_digest = models.CharField(max_length=64, blank=True, editable=False)

    not_revisioned: ClassVar[tuple[str, ...]] = (
        "status",
        "status_reason",
        "had_no_quorum",
        "agenda_published_at",
        "notice_published_at",
        "notice_place",
        "notice_by",
        "announced_starts_at",
        "calendar_sequence",
        "calendar_changed_at",
        "calendar_digest",
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TemplatePanel("minutes/admin/meeting_panel.html", heading=_("This meeting")),
                    TitleFieldPanel("title"),
                    FieldPanel("kind"),
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                    FieldPanel("venue"),
                    FieldPanel("step_free"),
                    FieldPanel("presided_by"),
                    FieldPanel("votes_by_name"),
                    InlinePanel("joint_boards", label=_("board"), heading=_("Boards that meet jointly with this one")),
                ],
                heading=_("When and where"),
            ),
            ObjectList(
                [
                    FieldPanel("how_to_attend"),
                    FieldPanel("how_to_be_heard"),
                    FieldPanel("other_formats"),
                    MultiFieldPanel(
                        [FieldPanel("join_remotely"), FieldPanel("webcast"), FieldPanel("recording")],
                        heading=_("From somewhere else"),
                    ),
                    FieldPanel("short_notice_reason", heading=_("Notice")),
                    InlinePanel("alternatives", label=_("form"), heading=_("Easy read, other languages and other forms")),
                ],
                heading=_("For the public"),
            ),
            ObjectList(RecordPage.promote_panels, heading=_("Address")),
        ]
    )
    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("venue"),
        index.FilterField("starts_at"),
        index.FilterField("status"),
    ]
    parent_page_types: ClassVar[list[str]] = ["governance.BoardPage"]
    subpage_types: ClassVar[list[str]] = ["minutes.AgendaItemPage"]
    base_form_class = MeetingForm
    is_approved: ClassVar[bool] = False
    takes_offers_of: ClassVar[str] = "report"
    template = "minutes/meeting_page.html"

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @path("agenda-pack/")
    def agenda_pack(self, request: HttpRequest) -> HttpResponse:
        """The agenda pack that is issued now; in words that there is none yet, while there is none."""
        return self._lead_to_pack(request, PackKind.AGENDA)

    @path("current-pack/")
    def current_pack(self, request: HttpRequest) -> HttpResponse:
        """The pack that holds everything: the agenda with its supplements; without any, the agenda pack."""
        return self._lead_to_pack(request, PackKind.CONSOLIDATED, PackKind.AGENDA)

    @path("minutes-pack/")
    def minutes_pack(self, request: HttpRequest) -> HttpResponse:
        """The minutes as a pack."""
        return self._lead_to_pack(request, PackKind.MINUTES)

    @path("decisions/")
    def decision_sheet(self, request: HttpRequest) -> HttpResponse:
        """What was decided, as a sheet: it is there before the minutes are."""
        return self._lead_to_pack(request, PackKind.DECISIONS)

    @path("changes/")
    def changes(self, request: HttpRequest) -> HttpResponse:
        """What changed from each version of the agenda pack to the next."""
        kinds = [PackKind.AGENDA, PackKind.CONSOLIDATED]
        packs = self.packs.public().light().filter(kind__in=kinds, edition=PackEdition.STANDARD)
        versions = list(packs.order_by("-issued_at", "-pk"))
        return render(request, "minutes/pack_changes.html", {"page": self, "versions": versions})

    def _lead_to_pack(self, request: HttpRequest, *kinds: PackKind) -> HttpResponse:
        current = self.packs.public().current().filter(kind__in=kinds, edition=PackEdition.STANDARD)
        packs = {pack.kind: pack for pack in current}
        found = next((packs[kind] for kind in kinds if kind in packs), None)
        if found is None:
            return render(request, "minutes/no_pack.html", {"page": self, "kind": kinds[-1]}, status=404)
        return redirect("pack", slug=found.slug)

    @path("notice/")
    def notice(self, request: HttpRequest) -> HttpResponse:
        """The notice of the meeting, made to be printed and put up."""
        return render(request, "minutes/notice.html", {"page": self})

    @property
    def board(self) -> BoardPage:
        """The board that meets."""
        board: BoardPage = wayfinding.known_parent(self)
        return board

    @property
    def day(self) -> Any:
        """The day of the meeting where it is held."""
        return timezone.localdate(self.starts_at)

    @property
    def is_confirmed(self) -> bool:
        """Whether its minutes are final."""
        return self.status == MeetingStatus.CONFIRMED

    def clean(self) -> None:
        """Refuse an end that is not after the start.

        Raises:
            ValidationError: it ends before it starts.
        """
        super().clean()
        # Moments of one place are compared by its clock, which shows the hour of the change twice.
        if self.starts_at and self.ends_at and self.ends_at.astimezone(UTC) <= self.starts_at.astimezone(UTC):
            words = _g("The meeting would end before it starts. A meeting across midnight ends on the next day.")
            raise ValidationError({"ends_at": words})

    def reference_scope(self) -> str:
        """Meetings of a board on one day; nearly always one. A postponed meeting keeps its reference."""
        return f"{self.board.code}/{self.day.isoformat()}"

    def reference_text(self, number: int) -> str:
        """Such as `HWB/2026-10-08`, a second that day `HWB/2026-10-08-2`."""
        return with_suffix(self.reference_scope(), number)

    @staticmethod
    def usual_title(starts_at: datetime) -> str:
        """The title a meeting has unless it is given another: its day in full."""
        return date_format(timezone.localtime(starts_at), "l j F Y")
