"""The front door as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The public front door."""

    name = "home"
    verbose_name = _("Front door")

    def ready(self) -> None:
        """Say what follows from the ledger, and what stands in the places of pages below."""
        from home import registrations, unseen

        registrations.register()
        unseen.register()
