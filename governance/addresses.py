"""Where something is, for mail, feeds and print: whole addresses that work outside the site."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of the site, by the address that the site is told to have."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + path
