"""Wagtail's signals, handed to operations. Every publication passes here, whoever or whatever made it."""

from typing import Any

from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import pre_delete
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import get_active_log_context
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from governance.acting import Act, current_act
from governance.exceptions import FrozenRecord, RecordKept
from governance.models import BoardPage, RecordPage
from governance.operations.publishing import became_public, ceased_to_be_public
from governance.operations.references import remember_addresses
from governance.operations.roles import sync_roles
from governance.sessions import note_beginning

BOARDS = BoardPage._meta.db_table


def on_published(sender: type, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """A page went live."""
    if isinstance(instance, RecordPage):
        act = _act(revision)
        became_public(page=instance, by=act.by, at=act.at)
    else:
        # Files of content pages are public by what these refer to, so that is known at once and not when a worker comes to it.
        ReferenceIndex.create_or_update_for_object(instance)


def on_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page is no longer live."""
    if isinstance(instance, RecordPage):
        act = _act(None)
        ceased_to_be_public(page=instance, by=act.by, at=act.at, reason=act.reason or _("No reason was recorded."))


def on_address_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page has a new address, and so have all below it."""
    pages = instance.get_descendants(inclusive=True).live().only("pk", "slug", "url_path")
    remember_addresses(pages=pages.iterator(), at=timezone.now())


def on_delete(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse to delete what was ever public or is final, whichever way it was asked for."""
    if not isinstance(instance, RecordPage):
        return
    if instance.is_frozen:
        raise FrozenRecord(instance.frozen_because)
    if instance.was_public:
        raise RecordKept(
            _("“%(record)s” has been public, so it is kept. Withdraw it instead and say why.") % {"record": instance}
        )


def _act(revision: Any) -> Act:
    """The act of an operation; else that of the person logged in, of the version's author, or of nobody (the scheduler)."""
    act = current_act()
    if act is not None:
        return act
    user = get_active_log_context().user or (revision.user if revision is not None else None)
    return Act(by=user if user is not None and user.pk else None, at=timezone.now())


def sync_roles_after_migrate(*, sender: Any, using: str, **kwargs: Any) -> None:
    """After a migrate: the groups say what the matrix says. Once, when every app has made its permissions."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if using == DEFAULT_DB_ALIAS and sender.label == with_models[-1].label and BOARDS in connection.introspection.table_names():
        sync_roles()


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    page_published.connect(on_published, dispatch_uid="record_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="record_unpublished")
    post_page_move.connect(on_address_changed, dispatch_uid="record_moved")
    page_slug_changed.connect(on_address_changed, dispatch_uid="record_slug_changed")
    user_logged_in.connect(note_beginning, dispatch_uid="session_began")
    pre_delete.connect(on_delete, dispatch_uid="record_deleted")
