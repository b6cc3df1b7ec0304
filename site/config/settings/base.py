"""What every installation shares. Everything that differs comes from the environment.

`RESOLVED_VAR` names the folder that holds all state (database, files, mail, keys); nothing is written elsewhere.
"""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

import dj_database_url

from config.packages import require_packages
from config.settings.log_in import *  # noqa: F403
from config.starting import database_address, redis_address, store_address, whole_number

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("RESOLVED_VAR", ROOT / "var")).resolve()

INSTALLED_APPS = [
    "home",
    "minutes",
    "governance",
    "wagtail_modeladmin",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "governance.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "governance.headers.HeadersMiddleware",
    "governance.page_cache.PageCacheMiddleware",
    "governance.middleware.CompressPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "governance.sessions.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "governance.middleware.NoSuchNumberMiddleware",
    "governance.rate_limits.RateLimitMiddleware",
    "governance.middleware.OwnPagesMiddleware",
    "governance.middleware.AdminTransactionMiddleware",
    "governance.middleware.FormerAddressMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "governance.site_frame.frame",
            ],
            "builtins": ["governance.templatetags.places"],
        },
    },
]

# A write waits for its turn instead of failing when a reader would have to become a writer, and
# `synchronous=FULL` keeps the last decision through a power cut (the price is a slower commit).
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        database_address(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'records.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# What opens words that are not for publication, the newest first; the first seals. See `governance/sealing.py`.
RESTRICTED_KEYS = os.environ.get("RESTRICTED_KEYS", "").replace(",", " ").split()

# Secrets that were used before: what they signed and sealed still opens.
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").replace(",", " ").split()

AUTH_USER_MODEL = "governance.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Stylesheets and fonts made from installed packages by `manage.py build_look`; never committed.
STATICFILES_DIRS = [ROOT / "build" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "public"
PRIVATE_ROOT = VAR / "private"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None, "file_permissions_mode": 0o600},
    },
    # Only sealed files lie here, and one view opens them.
    "restricted": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "restricted"), "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if os.environ.get("REDIS_URL"):
    require_packages("REDIS_URL", "redis")
    _redis: dict[str, Any] = {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": redis_address(os.environ["REDIS_URL"]),
        # A cache that does not answer at once is slower than none.
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    CACHES: dict[str, Any] = {"default": _redis, "pages": {**_redis, "KEY_PREFIX": "pages"}}
else:
    _memory = "django.core.cache.backends.locmem.LocMemCache"
    CACHES = {
        # More than the usual three hundred keys: each place that searches or sends a form has one for some minutes.
        "default": {"BACKEND": _memory, "OPTIONS": {"MAX_ENTRIES": 20_000}},
        "pages": {"BACKEND": _memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 300}},
    }

if os.environ.get("FILES_S3_BUCKET"):
    require_packages("FILES_S3_BUCKET", "storages", "boto3")
    _s3 = {
        "bucket_name": os.environ["FILES_S3_BUCKET"],
        "endpoint_url": store_address(os.environ.get("FILES_S3_ENDPOINT", "")),
        "region_name": os.environ.get("FILES_S3_REGION") or None,
    }
    # Nobody reads the bucket but the application, which asks each time whether a picture or document is public.
    STORAGES["default"] = {
        "BACKEND": "config.object_storage.ContentStorage",
        "OPTIONS": {**_s3, "location": "public", "default_acl": "private"},
    }
    STORAGES["private"] = {
        "BACKEND": "config.object_storage.ObjectStorage",
        "OPTIONS": {**_s3, "location": "private", "default_acl": "private", "querystring_auth": True},
    }
    _sealed = {**_s3, "bucket_name": os.environ.get("RESTRICTED_S3_BUCKET") or _s3["bucket_name"]}
    STORAGES["restricted"] = {
        "BACKEND": "config.object_storage.ObjectStorage",
        "OPTIONS": {**_sealed, "location": "restricted", "default_acl": "private", "querystring_auth": True},
    }

# What is uploaded lies in a folder of our own until it is stored; what a killed process left there is swept away.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "governance.uploads.PrivateUploadHandler",
]

# Work in the background is a row of the same database, taken up by `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "packs", "papers"]}}

# Without a mail server, each mail is a file in the state folder.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
_backend = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "governance.mail_folder.MailFolder"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND") or _backend
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_SECURITY = os.environ.get("EMAIL_SECURITY") or "starttls"
if EMAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured("EMAIL_SECURITY is starttls, tls or none.")
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
_port = {"starttls": 587, "tls": 465}.get(EMAIL_SECURITY, 25)
EMAIL_PORT = whole_number("EMAIL_PORT", os.environ.get("EMAIL_PORT", ""), _port)
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", "democratic.services@localhost")

# How many servers of our own pass a visitor's request on before it arrives here.
SERVERS_IN_FRONT = whole_number("SERVERS_IN_FRONT", os.environ.get("SERVERS_IN_FRONT", ""), 0)

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SILENCED_SYSTEM_CHECKS: list[str] = []

WAGTAIL_SITE_NAME = "Resolved"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_ADDRESS", "http://127.0.0.1:8000")
# Words as they are: stems and stop words would be those of the database server's own language.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAILDOCS_DOCUMENT_MODEL = "governance.ContentDocument"
WAGTAILIMAGES_IMAGE_MODEL = "governance.ContentImage"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}  # nosec B105  # it says that there is none
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}  # nosec B105  # it says that there is none
WAGTAILIMAGES_IMAGE_FORM_BASE = "governance.picture_forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Figures for Prometheus: with this token for whoever has it, without one for this machine alone.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
# A program that asks whether this process lives does not come through the server in front.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]

LOG_FORMAT = os.environ.get("LOG_FORMAT") or "line"
if LOG_FORMAT not in {"line", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT is line or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "governance.request_ids.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger", "message": "said"},
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
