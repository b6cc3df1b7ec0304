"""That something was taken out of every channel at once: why, by whom, out of which channel when, and what was out of reach."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from minutes.emergencies import Channel, EmergencyTarget
from minutes.models.packs import Pack
from minutes.models.papers import Paper


class EmergencyWithdrawal(models.Model):
    """One emergency withdrawal. Its tombstones are those of the pages, papers and packs that it took out.

    Attributes:
        meeting: the meeting that all of it belongs to.
        pressed_at: when whoever withdrew it confirmed that.
        taken: the keys of what it took out, by `pages`, `papers` and `packs`.
        beyond_reach: what cannot be taken back, each in a sentence.
        ended_at: when the last channel was seen to be empty; None while one is not.
    """

    target = models.CharField(_("what"), max_length=10, choices=EmergencyTarget.choices)
    meeting = models.ForeignKey("minutes.MeetingPage", on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting"))
    item = models.ForeignKey("minutes.AgendaItemPage", null=True, on_delete=models.PROTECT, related_name="+")
    taken_paper = models.ForeignKey("minutes.Paper", null=True, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey("minutes.Pack", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    pressed_at = models.DateTimeField(_("asked for at"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    taken: Any = models.JSONField(default=dict)
    beyond_reach: Any = models.JSONField(default=list)
    ended_at = models.DateTimeField(_("out of every channel at"), null=True)
    put_back_at = models.DateTimeField(_("put back at"), null=True)
    put_back_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("emergency withdrawal")
        verbose_name_plural = _("emergency withdrawals")
        ordering = ["-pressed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(put_back_at__isnull=True, put_back_by__isnull=True)
                | models.Q(put_back_at__isnull=False, put_back_by__isnull=False),
                name="what_was_taken_out_is_put_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return _g("Emergency withdrawal of %(what)s") % {"what": self.reference}

    @property
    def record(self) -> Any:
        """What was to be taken out: the meeting, the item, the paper or the pack."""
        return self.pack or self.taken_paper or self.item or self.meeting

    @property
    def reference(self) -> str:
        """The reference of that, which gives nothing away."""
        return str(self.record.reference or self.meeting.reference or "")

    @property
    def seconds(self) -> float | None:
        """Seconds from the press to the last channel empty; None while one is not."""
        return (self.ended_at - self.pressed_at).total_seconds() if self.ended_at else None

    def pages(self) -> list[Any]:
        """The pages that it took out."""
        return list(Page.objects.filter(pk__in=self.taken.get("pages", [])).order_by("path").specific())

    def papers(self) -> list[Paper]:
        """The papers whose files it took out."""
        return list(Paper.objects.addressed().filter(pk__in=self.taken.get("papers", [])).order_by("pk"))

    def packs(self) -> list[Pack]:
        """The packs that it took out."""
        return list(Pack.objects.filter(pk__in=self.taken.get("packs", [])).order_by("pk").light())


class EmergencyChannel(models.Model):
    """One channel of one emergency withdrawal.

    Attributes:
        did: what was taken out of it, in a sentence.
        failure: why something could not be taken out; empty where all was.
        left: what was still there when somebody looked last.
        empty_at: when it was first seen to be empty.
    """

    emergency = models.ForeignKey(EmergencyWithdrawal, on_delete=models.PROTECT, related_name="channels")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    position = models.PositiveSmallIntegerField(default=0)
    did = models.TextField(blank=True)
    failure = models.TextField(blank=True)
    left: Any = models.JSONField(default=list)
    looked_at = models.DateTimeField(null=True)
    empty_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("channel of an emergency withdrawal")
        verbose_name_plural = _("channels of emergency withdrawals")
        ordering = ["emergency", "position"]
        constraints = [models.UniqueConstraint(fields=["emergency", "channel"], name="each_channel_of_an_emergency_once")]

    def __str__(self) -> str:
        return str(self.get_channel_display())
