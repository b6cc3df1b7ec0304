"""Permanent references, the counters they come from, and every address a record ever had."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number given in one sequence, such as the minutes of one board in one year.

    Taken under a row lock inside the transaction that uses the number, so that a sequence has no gap.
    """

    scope = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter")

    def __str__(self) -> str:
        return f"{self.scope}: {self.last}"


class Reference(models.Model):
    """A reference that was given once and stands for ever, with the record it names."""

    text = models.CharField(_("reference"), max_length=120, unique=True)
    slug = models.CharField(max_length=120, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="references")
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("reference")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


def address_digest(path: str) -> str:
    """What is kept of an address whose words were removed: who has the old address is still led to the record."""
    return f"sha256:{hashlib.sha256(path.encode()).hexdigest()}"


class PublicAddressQuerySet(models.QuerySet["PublicAddress"]):
    """Addresses by their path."""

    def at(self, path: str) -> "PublicAddressQuerySet":
        """Those of a path, also where its digest alone is kept."""
        return self.filter(path__in=[path, address_digest(path)])


class PublicAddress(models.Model):
    """A path at which a record was once public. It leads to the record wherever that lives now.

    Attributes:
        path: the path; its digest where its words were removed.
    """

    path = models.CharField(max_length=700, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="public_addresses")
    since = models.DateTimeField()

    objects = PublicAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("public address")
        verbose_name_plural = _("public addresses")

    def __str__(self) -> str:
        return self.path


class Withdrawal(models.Model):
    """Why a record that was public no longer is: the words of its tombstone."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField(_("reason"), help_text=_("Shown to anyone who follows the old address."))
    at = models.DateTimeField(_("withdrawn at"))
    by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(_("published again at"), null=True, blank=True)
    hides_title = models.BooleanField(
        default=False,
        help_text=_("After an emergency withdrawal: the title may be what had to go, so only the reference is told."),
    )

    class Meta:
        verbose_name = _("withdrawal")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.reason
