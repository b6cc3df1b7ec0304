"""What django-allauth is told of this site: nobody signs up, mail goes out through our own queue, secrets are sealed."""

import base64
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from governance.addresses import absolute
from governance.operations.mail import queue_mail
from governance.visitors import address_for

KIND = "log-in"
"""Mail that tells somebody of a change to how they log in."""
SAID = {
    "mfa/messages/totp_activated.txt": _lazy("Your app is set up. From now on you are asked for its code when you log in."),
    "mfa/messages/totp_deactivated.txt": _lazy("The app is removed."),
    "mfa/messages/webauthn_added.txt": _lazy("Your passkey is added. From now on you are asked for it when you log in."),
    "mfa/messages/webauthn_removed.txt": _lazy("The passkey is removed."),
}
TOLD = {
    "mfa/email/totp_activated": _lazy("An app that makes codes was set up for your log-in."),
    "mfa/email/totp_deactivated": _lazy("The app that makes codes was removed from your log-in."),
    "mfa/email/webauthn_added": _lazy("A passkey was added to your log-in."),
    "mfa/email/webauthn_removed": _lazy("A passkey was removed from your log-in."),
    "socialaccount/email/account_connected": _lazy("Single sign-on of your organisation opens your log-in from now on."),
    "mfa/email/recovery_codes_generated": _lazy("New recovery codes were made for your log-in. The old ones no longer work."),
}


class LogInAdapter(DefaultAccountAdapter):
    """How people log in here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _lazy("The name and the password do not belong together."),
        "incorrect_password": _lazy("That is not your password. It is read exactly as typed, capitals too."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes a log-in for themselves: an administrator does."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A name for the place of the request, which tells no address."""
        return address_for(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether the password is asked for once more; not from somebody who has neither a password nor a second factor here."""
        user = context.request.user
        return user.has_usable_password() or Authenticator.objects.filter(user=user).exists()

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """What somebody is told whose log-in is closed."""
        return render(request, "home/log_in/not_known.html", status=403)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done, in our words. What has none here is shown by the page itself."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody by mail what was changed about their log-in."""
        if user.email:
            tell_of_log_in(user, str(TOLD[template_prefix]), f"{template_prefix}:{timezone.now().isoformat()}")


def tell_of_log_in(user: Any, change: str, key: str) -> None:
    """Queue the mail that tells somebody what was changed about their log-in.

    Args:
        change: what, in one sentence.
        key: tells this change from every other.
    """
    text = [
        _("Hello,"),
        change,
        _(
            "If that was you, there is nothing to do. If not, tell democratic services at once: somebody may know your password."
        ),
        absolute("/"),
    ]
    subject = _("Your log-in was changed")
    queue_mail(key=f"{KIND}:{user.pk}:{key}", to=user.email, subject=subject, text="\n\n".join(text) + "\n", kind=KIND)


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors are kept here: sealed with keys made from the secret of the installation."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy(
            "That did not work. A code holds for half a minute and can be used once: wait for the next one."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        """Whose codes they are, as the app shows it."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """For which site, as the app shows it."""
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called whose owner gave it no name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return _keys().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; where no key does, one that nobody knows, so that no code fits."""
        try:
            return _keys().decrypt(encrypted_text).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def _keys() -> MultiFernet:
    """From the secret of the installation and those it had before (`SECRET_KEY_FALLBACKS`), the newest first."""
    given = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factors:" + force_bytes(key)).digest() for key in given]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
