"""Minutes as Django knows them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    """What happened, meeting by meeting."""

    name = "minutes"
    verbose_name = _("Minutes")

    def ready(self) -> None:
        """Register what follows from publications, what goes on timelines and in places, and what the database protects."""
        from minutes import checks, registrations, unseen

        checks.register()
        registrations.register()
        unseen.register()
