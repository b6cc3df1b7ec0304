"""Links by which a partner answers one request without an account."""

import base64
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SALT = "governance.partner_links"


def new_seed() -> str:
    """What a new link is made of: 256 random bits."""
    return secrets.token_hex(32)


def token_of(seed: str) -> str:
    """The secret part of a link's address: from its seed and the key of this installation, so the database alone opens nothing."""
    digest = salted_hmac(SALT, seed, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """What of a token is kept."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()


class PartnerLink(models.Model):
    """A link sent to one address for one request. Whoever holds it answers for the organisation; all it brings is moderated.

    Attributes:
        seed: from which the address can be told again for a reminder; worth nothing without the key of the installation.
        token_hash: by which the link is found.
        hour_began_at, uses_in_hour: how often it was used lately.
    """

    partner_request = models.ForeignKey("governance.PartnerRequest", on_delete=models.PROTECT, related_name="links")
    email = models.EmailField(_("sent to"))
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent at"))
    created_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("holds until"))
    revoked_at = models.DateTimeField(_("called back at"), null=True)
    revoked_by = models.ForeignKey("governance.User", null=True, on_delete=models.PROTECT, related_name="+")
    uses = models.PositiveIntegerField(_("times used"), default=0)
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    hour_began_at = models.DateTimeField(null=True)
    uses_in_hour = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("partner's link")
        verbose_name_plural = _("partners' links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_by=None) | models.Q(revoked_at__isnull=False), name="a_link_called_back_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_request_id}/{self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the hash of a new link's token."""
        if not self.token_hash:
            self.token_hash = hash_of(self.token)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def token(self) -> str:
        """The secret part of its address. For the mail that carries it, and for nothing else."""
        return token_of(self.seed)
