"""What browsers are told they may do with pages, previews and files."""

from django.test import Client

import pytest

from governance.headers import NOTHING, policy_of_public_pages, policy_of_the_admin
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db


def policy(client: Client, address: str) -> dict[str, str]:
    """The policy of an address, by directive."""
    header = client.get(address)["Content-Security-Policy"]
    return {name: sources for name, _space, sources in (part.strip().partition(" ") for part in header.split(";"))}


def test_public_pages_run_nothing_that_stands_in_them_and_nobody_frames_them(small_site: SmallSite, client: Client) -> None:
    pages, others = 0, 0
    for name, address in small_site.addresses().items() | {"sitemap": "/sitemap.xml"}.items():
        answer = client.get(address)
        if not answer.get("Content-Type", "").startswith("text/html"):
            # Files, data and feeds may do nothing at all. A redirect has no content.
            assert answer["Content-Security-Policy"] == NOTHING, name
            others += 1
            continue
        pages += 1
        found = policy(client, address)
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert (found["default-src"], found["script-src"], found["frame-ancestors"]) == ("'none'", "'self'", "'none'"), name
        assert "camera=()" in answer["Permissions-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
    assert pages > 30 and others


def test_the_admin_shows_previews_to_itself_alone(small_site: SmallSite, client: Client) -> None:
    client.force_login(small_site.clerk)
    found = policy(client, "/admin/")
    assert (found["default-src"], found["frame-ancestors"], found["form-action"]) == ("'none'", "'self'", "'self'")
    assert "'unsafe-eval'" not in found["script-src"]
    page = small_site.held
    preview = f"/admin/pages/{page.pk}/view_draft/"
    assert policy(client, preview)["frame-ancestors"] == "'self'"


def test_pictures_may_come_from_the_store_that_holds_them() -> None:
    store = "https://files.example.org"
    assert f"img-src 'self' data: {store};" in policy_of_public_pages(store)
    assert f"img-src 'self' data: blob: {store};" in policy_of_the_admin(store)
    assert "img-src 'self' data:;" in policy_of_public_pages("")
