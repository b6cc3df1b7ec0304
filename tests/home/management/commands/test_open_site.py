"""Opening the site of a body from the command line."""

from io import StringIO
from typing import Any

from django.core.management import call_command

from wagtail.models import Site

import pytest

from governance.models import BodyType
from home.models import HomePage


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "hostname", "port"),
    [
        ("https://democracy.example.gov.uk", "democracy.example.gov.uk", 443),
        ("http://127.0.0.1:8000", "127.0.0.1", 8000),
        ("http://resolved.example.org", "resolved.example.org", 80),
    ],
)
def test_a_site_is_opened_once_at_its_public_address(settings: Any, address: str, hostname: str, port: int) -> None:
    settings.WAGTAILADMIN_BASE_URL = address
    said = StringIO()
    call_command("open_site", "Ashmere Council", stdout=said)
    call_command("open_site", "Another Council", stdout=StringIO())
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == (hostname, port, "Ashmere Council")
    assert HomePage.objects.get().title == "Ashmere Council"
    assert BodyType.objects.exists()
    assert said.getvalue().startswith(f"Ashmere Council is open at {address}")
