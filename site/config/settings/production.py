"""A served installation: every secret and address from the environment, refused when missing."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.starting import https_address, named_hosts, refuse_debug, second_factor_rule, strong_secret


def _required(name: str, meaning: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {meaning}.")
    return value


refuse_debug(os.environ.get("DEBUG", ""))
SECOND_FACTOR = second_factor_rule(os.environ.get("SECOND_FACTOR") or "restricted")
SECRET_KEY = strong_secret(_required("SECRET_KEY", "a long random text that signs sessions"))
ALLOWED_HOSTS = named_hosts(_required("ALLOWED_HOSTS", "the names this site answers to, with commas"))
DEBUG = False

WAGTAILADMIN_BASE_URL = https_address(_required("SITE_ADDRESS", "the public address, such as https://democracy.example.gov.uk"))
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
