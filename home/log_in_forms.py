"""The forms of the second step of a log-in: wrong codes are counted, and what no browser sends is refused in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm

from home.log_in_limits import is_shut


class CodeForm(AuthenticateForm):
    """A code when somebody logs in."""

    def clean_code(self) -> str:
        """The code, if it is right.

        Raises:
            ValidationError: it is not, or too many were not.
        """
        _refuse_where_shut(self.user)
        code = str(super().clean_code())
        _refuse_a_second_time(self.authenticator, code)
        return code


class CodeAgainForm(ReauthenticateForm):
    """A code from somebody who is logged in."""

    def clean_code(self) -> str:
        """The code, if it is right.

        Raises:
            ValidationError: it is not, or too many were not.
        """
        _refuse_where_shut(self.user)
        code = str(super().clean_code())
        _refuse_a_second_time(self.authenticator, code)
        return code


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that somebody adds."""

    def clean(self) -> dict[str, Any]:
        """What was sent.

        Raises:
            ValidationError: it is no passkey.
        """
        with _no_passkey_refused():
            return dict(super().clean())


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey when somebody logs in."""

    def clean_credential(self) -> Any:
        """What was sent.

        Raises:
            ValidationError: it is no passkey of this person.
        """
        with _no_passkey_refused():
            return super().clean_credential()


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey from somebody who is logged in."""

    def clean_credential(self) -> Any:
        """What was sent.

        Raises:
            ValidationError: it is no passkey of this person.
        """
        with _no_passkey_refused():
            return super().clean_credential()


def _refuse_where_shut(user: Any) -> None:
    if is_shut(context.request, user):
        raise get_adapter().validation_error("incorrect_code")


def _refuse_a_second_time(authenticator: Authenticator, code: str) -> None:
    """A code of an app is good once (RFC 6238, 5.2), whichever process is asked. Recovery codes see to that themselves."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(row.data["secret"])
        codes = {step: format_hotp_value(hotp_value(secret, step)) for step in yield_hotp_counters_from_time()}
        step = max((step for step, fits in codes.items() if compare_user_code(actual=code, expected=fits)), default=0)
        if step <= row.data.get("last_step", 0):
            raise get_adapter().validation_error("incorrect_code")
        row.data["last_step"] = step
        row.save(update_fields=["data"])


@contextmanager
def _no_passkey_refused() -> Iterator[None]:
    """What no browser sends makes the library stumble in many ways; all of them mean the same."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as stumble:
        raise get_adapter().validation_error("incorrect_code") from stumble
