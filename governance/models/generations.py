"""Which state of what is public this is: a number that grows with every change, so that a kept page is known to be of now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicGeneration(models.Model):
    """How often something changed that the public may see. One row; the database itself counts, by triggers."""

    number = models.PositiveBigIntegerField(_("number of changes"), default=0)

    class Meta:
        verbose_name = _("public generation")
        verbose_name_plural = _("public generations")

    def __str__(self) -> str:
        return str(self.number)


class PublicChange(models.Model):
    """One transaction that changed something public and is not counted into the number yet; rows of PostgreSQL alone.

    Each has a row of its own, so that no transaction waits for another one's number. The worker counts them in.
    """

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")

    def __str__(self) -> str:
        return f"{self.pk}"
