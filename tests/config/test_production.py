"""What a served installation is told by its settings, once they have let it start."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.config.test_starting import WELL


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The production settings of an installation that is well set."""
    for name in ("DATABASE_URL", "FILES_S3_BUCKET", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**WELL, "RESOLVED_VAR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    for name in ("config.settings.production", "config.settings.base"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("config.settings.production")


def test_everything_goes_by_https(production: Any) -> None:
    assert production.DEBUG is False
    assert production.SECURE_SSL_REDIRECT and production.SECURE_HSTS_SECONDS >= 31_536_000
    assert production.SESSION_COOKIE_SECURE and production.CSRF_COOKIE_SECURE


def test_a_health_check_is_not_sent_to_https(production: Any) -> None:
    assert set(production.SECURE_REDIRECT_EXEMPT) == {"^healthz$", "^readyz$", "^metrics$"}
