"""Who was at a meeting: one line for each person."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.exceptions import Refused
from minutes.enums import MeetingStatus, Presence
from minutes.models.meetings import MeetingPage
from minutes.policies import check_takes_minutes
from minutes.quorum import came_and_went_problem


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendance that may be shown."""

    def public(self) -> "AttendanceQuerySet":
        """Who was there is told with the minutes."""
        return self.filter(
            meeting__live=True,
            meeting__status__in=[MeetingStatus.DRAFT_MINUTES, MeetingStatus.CONFIRMED, MeetingStatus.INQUORATE],
        )

    def with_items(self) -> "AttendanceQuerySet":
        """With the people and items that a line names, so that its words ask for nothing more."""
        return self.select_related(
            "person", "substitute_for", "arrived_item", "left_item", "chaired_from_item", "chaired_until_item"
        )

    def as_told(self) -> "AttendanceQuerySet":
        """With no more of the people and items that a line names than its words: an item is a wide row, and there are four."""
        items = ("arrived_item", "left_item", "chaired_from_item", "chaired_until_item")
        columns = [f"{item}__{column}" for item in items for column in ("number", "position")]
        own = [field.name for field in self.model._meta.local_concrete_fields]
        return self.select_related("substitute_for", *items).only(
            *own, "substitute_for__title", "substitute_for__name", *columns
        )


def _item(name: Any, related: str = "+") -> Any:
    return models.ForeignKey(
        "minutes.AgendaItemPage", null=True, blank=True, on_delete=models.PROTECT, related_name=related, verbose_name=name
    )


class Attendance(models.Model):
    """That somebody was at a meeting, sent apologies or stood in for another.

    Attributes:
        in_place_of, arrived_at_item, left_at_item: as printed, for minutes that were written elsewhere.
    """

    meeting = models.ForeignKey(MeetingPage, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("meeting"))
    person = models.ForeignKey(
        "governance.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name and role as minuted"), max_length=250)
    presence = models.CharField(_("presence"), max_length=20, choices=Presence.choices, default=Presence.PRESENT)
    remotely = models.BooleanField(_("joined remotely"), default=False)
    substitute_for = models.ForeignKey(
        "governance.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("stands in for"),
    )
    in_place_of = models.CharField(_("in place of"), max_length=150, blank=True)
    presided = models.BooleanField(_("took the chair"), default=False)
    chaired_from_item = _item(_("in the chair from item"))
    chaired_until_item = _item(_("in the chair until item"))
    votes = models.BooleanField(_("had a vote"), default=True)
    arrived_item = _item(_("arrived during"))
    left_item = _item(_("left during"))
    arrived_at_item = models.CharField(_("arrived during item"), max_length=20, blank=True)
    left_at_item = models.CharField(_("left during item"), max_length=20, blank=True)

    objects = AttendanceQuerySet.as_manager()

    rights_of: ClassVar[str] = "meeting"

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting", "-presided", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="each_person_attends_once",
                violation_error_message=_("That person is in the attendance already. One person has one line, and one vote."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "substitute_for"],
                condition=models.Q(substitute_for__isnull=False),
                name="each_member_has_one_substitute",
                violation_error_message=_("Somebody else stands in for that member already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_presence_display()}"

    @property
    def stands_in_for(self) -> str:
        """The name of the member they stood in for."""
        return str(self.substitute_for) if self.substitute_for_id else self.in_place_of

    @property
    def came_at(self) -> str:
        """The number of the item during which they arrived."""
        return _number(self.arrived_item) or self.arrived_at_item

    @property
    def went_at(self) -> str:
        """The number of the item during which they left."""
        return _number(self.left_item) or self.left_at_item

    @property
    def took_the_chair_for(self) -> str:
        """Over what they presided, where it was not the whole meeting."""
        if not self.presided:
            return ""
        first, last = _number(self.chaired_from_item), _number(self.chaired_until_item)
        if first and first == last:
            return _g("for item %(item)s") % {"item": first}
        if first and last:
            return _g("for items %(first)s to %(last)s") % {"first": first, "last": last}
        if first:
            return _g("from item %(item)s") % {"item": first}
        return _g("until item %(item)s") % {"item": last} if last else ""

    def clean(self) -> None:
        """Refuse what cannot be, whoever writes it down.

        Raises:
            ValidationError: the minutes are confirmed, or somebody leaves before they arrive, or stands in for themselves.
        """
        super().clean()
        if self.meeting_id is None:
            return
        try:
            check_takes_minutes(self.meeting)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        problem = came_and_went_problem(_position(self.arrived_item), _position(self.left_item))
        if problem:
            raise ValidationError({"left_item": problem})
        if self.substitute_for_id and self.substitute_for_id == self.person_id:
            raise ValidationError({"substitute_for": _g("Nobody stands in for themselves.")})


def _number(item: Any) -> str:
    return (item.number or str(item.position)) if item is not None else ""


def _position(item: Any) -> int | None:
    return item.position if item is not None else None
