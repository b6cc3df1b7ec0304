"""Governance as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """Who is answerable, and for what."""

    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        """Listen to Wagtail's signals and say what follows from a publication."""
        from governance import board_rights, checks, generations, registrations, signal_handlers, triggers, unseen

        board_rights.register()
        checks.register()
        signal_handlers.connect()
        registrations.register()
        unseen.register()
        pre_migrate.connect(triggers.remove_before_migrate, dispatch_uid="record_triggers_away")
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="record_triggers")
        post_migrate.connect(generations.install_after_migrate, dispatch_uid="public_generation")
        post_migrate.connect(signal_handlers.sync_roles_after_migrate, dispatch_uid="roles")
