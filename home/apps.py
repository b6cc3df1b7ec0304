"""The front door as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The public front door."""

    name = "home"
    verbose_name = _("Front door")
