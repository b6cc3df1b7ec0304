"""A served installation does not start half protected, and says why in one sentence."""

import importlib
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

import pytest

WHOLE = {
    "SECRET_KEY": "kX9" * 20,
    "ALLOWED_HOSTS": "democracy.example.gov.uk",
    "SITE_ADDRESS": "https://democracy.example.gov.uk",
}


def settings_of(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> Any:
    """The production settings as they are in an environment.

    Raises:
        ImproperlyConfigured: they refuse it.
    """
    for name in (*WHOLE, "DATABASE_URL", "FILES_S3_BUCKET", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**WHOLE, "RESOLVED_VAR": str(folder), **environment}.items():
        monkeypatch.setenv(name, value)
    for name in ("config.settings.production", "config.settings.base"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("config.settings.production")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY in the environment"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be random and at least 50 characters long."),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY must be random and at least 50 characters long."),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS in the environment"),
        ({"ALLOWED_HOSTS": "democracy.example.gov.uk, *"}, "ALLOWED_HOSTS may not be '*'"),
        ({"SITE_ADDRESS": ""}, "Set SITE_ADDRESS in the environment"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is line or json."),
    ],
)
def test_what_is_missing_or_unsafe_is_refused_in_a_sentence(
    environment: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(monkeypatch, tmp_path, **environment)
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_debug_cannot_be_switched_on_and_everything_goes_by_https(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = settings_of(monkeypatch, tmp_path, DEBUG="1")
    assert found.DEBUG is False
    assert found.SECURE_SSL_REDIRECT and found.SECURE_HSTS_SECONDS >= 31_536_000
    assert found.SESSION_COOKIE_SECURE and found.CSRF_COOKIE_SECURE


def test_a_health_check_is_not_sent_to_https(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = settings_of(monkeypatch, tmp_path)
    assert set(found.SECURE_REDIRECT_EXEMPT) == {"^healthz$", "^readyz$", "^metrics$"}
