"""What stands on an agenda besides its items: headings, which are public, and the chair's notes, which never are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.models.agenda import AgendaItemPage
from minutes.models.meetings import MeetingPage


class AgendaSectionQuerySet(models.QuerySet["AgendaSection"]):
    """Headings that may be shown."""

    def public(self) -> "AgendaSectionQuerySet":
        """Those that were published with an agenda."""
        return self.filter(meeting__live=True, published_at__isnull=False)


class AgendaSection(models.Model):
    """A heading on an agenda, above the items that follow it. It has no number and no page.

    Attributes:
        position: its place among the items and headings of the agenda.
        published_at: when it became public: with the agenda, as the items do.
    """

    meeting = models.ForeignKey(
        MeetingPage, on_delete=models.PROTECT, related_name="agenda_sections", verbose_name=_("meeting")
    )
    title = models.CharField(_("heading"), max_length=120)
    position = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(_("published"), null=True)

    objects = AgendaSectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("heading on an agenda")
        verbose_name_plural = _("headings on agendas")
        ordering = ["meeting", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class ChairNote(models.Model):
    """A note for the chair, on the whole meeting or on one item. It is for the chair and the clerk alone.

    It stands in no page, no search, no pack and no export; one view and one print show it.
    """

    meeting = models.ForeignKey(MeetingPage, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting"))
    item = models.ForeignKey(AgendaItemPage, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    text = models.TextField(_("note"), blank=True)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note for the chair")
        verbose_name_plural = _("notes for the chair")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(item__isnull=False), name="one_note_of_an_item"),
            models.UniqueConstraint(fields=["meeting"], condition=models.Q(item=None), name="one_note_of_a_meeting"),
        ]

    def __str__(self) -> str:
        return str(_("Note for the chair"))
