"""What tests of meetings share."""

from django.conf import settings

import pytest

from governance.look import build_look


@pytest.fixture(scope="session")
def look() -> None:
    """The print fonts, for every test that builds a pack."""
    build_look(settings.ROOT)
