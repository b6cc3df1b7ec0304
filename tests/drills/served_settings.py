"""The settings of an installation that a drill serves: its own, but for the look, whose files are taken as they lie. To collect and pack them would take longer than the drill."""

import os

if os.environ.get("DRILLED") == "production":
    from config.settings.production import *  # noqa: F403
    from config.settings.production import STORAGES
else:
    from config.settings.embedded import *  # noqa: F403
    from config.settings.embedded import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
