"""Settings of the test run: a folder of its own for files, fast passwords, tasks run only when a test runs them."""

import os

from config.state import test_folder

os.environ["RESOLVED_VAR"] = test_folder(os.environ.get("RESOLVED_VAR", ""))

from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES, DATABASES, STORAGES, VAR
from config.state import prepare_state

RESTRICTED_KEYS = list(prepare_state(VAR).restricted_keys)
SECRET_KEY = "for tests only " + "x" * 50
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A test of pages that are kept says so itself.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "packs", "papers"]}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Tests never survive a power cut, and waiting for the disk triples their time.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA recursive_triggers=ON; PRAGMA synchronous=OFF;"
