"""Partner organisations, the people in them, and what sort of body each is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from governance.enums import PacksBy


class OrganisationType(models.Model):
    """A sort of organisation, such as council, NHS trust, police or voluntary sector: data, because bodies come and go."""

    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("type of organisation")
        verbose_name_plural = _("types of organisation")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body that sits on boards, leads actions or takes part in them.

    Attributes:
        contributors: the group of those who offer news for it with an account of their own.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.ForeignKey(OrganisationType, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("type"))
    website = models.URLField(_("website"), blank=True)
    contact = models.CharField(
        _("public contact"), max_length=200, blank=True, help_text=_("A role and how to reach it. It is shown to the public.")
    )
    request_email = models.EmailField(
        _("e-mail address for requests"), blank=True, help_text=_("Where we ask it for news. Never published.")
    )
    contributors = models.OneToOneField(
        "auth.Group", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="organisation"
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("Who carries on its open promises."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("type"),
        FieldPanel("website"),
        FieldPanel("contact"),
        FieldPanel("request_email"),
        MultiFieldPanel([FieldPanel("ended_on"), FieldPanel("successor")], heading=_("If it has ended")),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who sits on a board, presents a report or leads an action in a public role."""

    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("style"), max_length=40, blank=True, help_text=_("Councillor, Dr, Mx and the like."))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("For sending packs and reminders. Never published."))

    panels = [FieldPanel("name"), FieldPanel("title"), FieldPanel("organisation"), FieldPanel("role"), FieldPanel("email")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Seats that may be shown."""

    def public(self) -> "MembershipQuerySet":
        """Those on live boards: who decides is public, now and afterwards."""
        return self.filter(board__live=True)


class Membership(models.Model):
    """A person's seat on a board between two dates, in a role, with or without a vote."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    board = models.ForeignKey(
        "governance.BoardPage", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("board")
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("on behalf of"),
    )
    role = models.CharField(
        _("role on the board"),
        max_length=20,
        choices=[
            ("chair", _("Chair")),
            ("vice_chair", _("Vice-chair")),
            ("member", _("Member")),
            ("substitute", _("Substitute")),
        ],
        default="member",
    )
    seat_group = models.CharField(
        _("seat group"),
        max_length=80,
        blank=True,
        help_text=_("The group this seat counts towards for the quorum, such as councillors or NHS."),
    )
    votes = models.BooleanField(_("has a vote"), default=True)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"), null=True, blank=True)
    packs_by = models.CharField(_("gets packs"), max_length=10, choices=PacksBy.choices, default=PacksBy.SCREEN)

    objects = MembershipQuerySet.as_manager()

    rights_of: ClassVar[str] = "board"

    panels = [
        FieldPanel("person"),
        FieldPanel("board"),
        FieldPanel("organisation"),
        FieldPanel("role"),
        FieldPanel("seat_group"),
        FieldPanel("votes"),
        FieldPanel("from_date"),
        FieldPanel("to_date"),
        FieldPanel("packs_by"),
    ]

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["board", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A membership cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"
