"""Packs: a meeting's agenda and papers as one PDF. An issued pack is a stored file, never made again when it is read."""

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import private_storage
from minutes.enums import PACKS_OF_A_MEETING, SERVED, DispatchRole, PackAudience, PackEdition, PackKind, PackState


class PackQuerySet(models.QuerySet["Pack"]):
    """Packs that may be shown."""

    def public(self) -> "PackQuerySet":
        """Packs for the public that were issued and not withdrawn, of live meetings: earlier versions too."""
        return self.filter(meeting__live=True, state__in=SERVED, audience=PackAudience.PUBLIC)

    def for_members(self) -> "PackQuerySet":
        """What a member of the board may read: packs for the public and packs for members."""
        return self.filter(meeting__live=True, state__in=SERVED)

    def withdrawn(self) -> "PackQuerySet":
        """Packs for the public whose address tells why they were withdrawn."""
        return self.filter(meeting__live=True, state=PackState.WITHDRAWN, audience=PackAudience.PUBLIC)

    def told(self) -> "PackQuerySet":
        """Both of these: all that the page of a meeting tells of."""
        return self.filter(meeting__live=True, state__in=[*SERVED, PackState.WITHDRAWN], audience=PackAudience.PUBLIC)

    def of_withdrawn_meetings(self) -> "PackQuerySet":
        """Packs for the public whose meeting is withdrawn: their address tells what the meeting's tells."""
        return self.filter(meeting__live=False, audience=PackAudience.PUBLIC).exclude(issued_at=None)

    def with_checksum(self, sha512: str) -> "PackQuerySet":
        """Whatever was issued with that checksum: who knows it has the file."""
        return self.filter(meeting__live=True, sha512=sha512).exclude(issued_at=None)

    def light(self) -> "PackQuerySet":
        """Without what only the inside of a pack needs, and with the supplement that names it."""
        return self.select_related("supplement").defer("layout", "contents")

    def telling_of_closed_parts(self) -> "PackQuerySet":
        """Each with `has_closed_part`: whether something not for publication goes with it."""
        sections = apps.get_model("minutes", "SealedSection")._default_manager.filter(pack=models.OuterRef("pk"))
        return self.annotate(has_closed_part=models.Exists(sections))

    def out_of_date(self) -> "PackQuerySet":
        """Of those issued now the ones whose records say something else by now."""
        return self.filter(state=PackState.ISSUED, out_of_date_since__isnull=False)

    def current(self) -> "PackQuerySet":
        """Of these the latest versions: those that nothing supersedes."""
        return self.filter(state=PackState.ISSUED)


class Pack(models.Model):
    """One version of a meeting's pack. The row is the job: what asks for a pack commits a queued row."""

    meeting = models.ForeignKey(
        "minutes.MeetingPage", on_delete=models.PROTECT, related_name="packs", verbose_name=_("meeting")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=[(kind.value, kind.label) for kind in PACKS_OF_A_MEETING], default=PackKind.AGENDA
    )
    audience = models.CharField(_("for"), max_length=20, choices=PackAudience.choices, default=PackAudience.PUBLIC)
    edition = models.CharField(_("edition"), max_length=20, choices=PackEdition.choices, default=PackEdition.STANDARD)
    supplement = models.ForeignKey(
        "minutes.Supplement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="packs",
        verbose_name=_("supplement"),
        help_text=_("Of a supplement: itself. Of a pack with its supplements: the last one in it."),
    )
    item = models.ForeignKey(
        "minutes.AgendaItemPage", null=True, blank=True, on_delete=models.PROTECT, related_name="packs", verbose_name=_("item")
    )
    base = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        verbose_name=_("keeps the page numbers of"),
    )
    version = models.PositiveSmallIntegerField(_("version"))
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=PackState.choices, default=PackState.QUEUED, db_index=True)
    file = models.FileField(storage=private_storage, upload_to="packs", max_length=250, blank=True)
    sha512 = models.CharField(max_length=128, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    bytes = models.PositiveBigIntegerField(_("bytes"), null=True)
    seconds = models.FloatField(_("seconds to build"), null=True)
    stage_seconds = models.JSONField(_("seconds of each stage"), default=dict)
    stage = models.CharField(_("stage"), max_length=120, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    sections_done = models.PositiveSmallIntegerField(default=0)
    sections_total = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(_("why it failed"), blank=True)
    layout = models.JSONField(
        _("page numbers"), default=list, help_text=_("Of each section its key, title, digest and printed page numbers.")
    )
    contents = models.JSONField(_("machine-readable contents"), default=dict)
    made_of = models.CharField(_("digest of what it is made of"), max_length=64, blank=True)
    compared_by = models.CharField(_("digest of what is compared with the records"), max_length=64, blank=True)
    compared_at = models.DateTimeField(_("compared with the records at"), null=True)
    compared_to = models.PositiveBigIntegerField(_("last entry of the ledger when it was compared"), default=0)
    out_of_date_since = models.DateTimeField(_("out of date since"), null=True)
    says = models.TextField(_("what changed since the version before"), blank=True)
    changes = models.JSONField(
        _("changes"), default=list, help_text=_("What changed since the version before, one entry each.")
    )
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("pack")
        verbose_name_plural = _("packs")
        ordering = ["meeting", "-version"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["issued", "superseded"])
                | (models.Q(issued_at__isnull=False) & ~models.Q(sha512="") & ~models.Q(file="")),
                name="issued_pack_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def supplement_number(self) -> int:
        """The number of the supplement it is the pack of; 0 for other packs."""
        return self.supplement.number if self.kind == PackKind.SUPPLEMENT and self.supplement is not None else 0

    @property
    def supplement_says(self) -> str:
        """What the supplement it is the pack of brings; empty for other packs."""
        return self.supplement.says if self.supplement_number and self.supplement is not None else ""

    @property
    def supplement_late_because(self) -> str:
        """Why what the supplement brings could not come with the agenda; empty for other packs."""
        return self.supplement.late_because if self.supplement_number and self.supplement is not None else ""


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    """Who was sent which pack."""

    def versions_sent_to(self, person: Any) -> dict[tuple[int, str, int | None], int]:
        """The latest version before the one issued now that a person was sent, by meeting, kind and supplement."""
        sent = self.filter(person=person, pack__state=PackState.SUPERSEDED).order_by("pack__version")
        rows = sent.values_list("pack__meeting", "pack__kind", "pack__supplement", "pack__version")
        return {(meeting, kind, supplement): version for meeting, kind, supplement, version in rows}


class Dispatch(models.Model):
    """That one person is sent one issued pack: by e-mail, on paper or both. Made once, when the pack is issued.

    Attributes:
        name: who it is, as the list shows it.
        role: why they are sent it.
        delivery: the mail, where there is one; it says when it went out.
        on_paper: whether a paper copy is to be posted.
        paper_because: why it goes on paper where nobody chose that.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="dispatches", verbose_name=_("pack"))
    person = models.ForeignKey(
        "governance.Person", null=True, on_delete=models.PROTECT, related_name="dispatches", verbose_name=_("person")
    )
    user = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=250)
    role = models.CharField(_("as"), max_length=20, choices=DispatchRole.choices)
    delivery = models.ForeignKey("governance.Delivery", null=True, on_delete=models.PROTECT, related_name="+")
    on_paper = models.BooleanField(_("on paper"), default=False)
    paper_because = models.CharField(_("why on paper"), max_length=250, blank=True)
    made_at = models.DateTimeField(_("made at"))
    posted_at = models.DateTimeField(_("posted at"), null=True)
    posted_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["pack", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "person"], condition=models.Q(person__isnull=False), name="each_person_is_sent_a_pack_once"
            ),
            models.UniqueConstraint(
                fields=["pack", "user"], condition=models.Q(user__isnull=False), name="each_user_is_sent_a_pack_once"
            ),
            models.CheckConstraint(
                condition=models.Q(posted_at=None, posted_by=None) | models.Q(posted_at__isnull=False, on_paper=True),
                name="what_is_posted_is_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.name
