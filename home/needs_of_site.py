"""What waits for an administrator about the site itself: the two statements that the law asks for."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.needs_doing import Need, Worker
from home.models import AccessibilityStatementPage, HomePage, PrivacyNoticePage

WORDS: tuple[tuple[Any, Any], ...] = (
    (AccessibilityStatementPage, lambda: _("Fill in the accessibility statement")),
    (PrivacyNoticePage, lambda: _("Fill in the privacy notice")),
)


def statements_to_fill(worker: Worker) -> Iterator[Need]:
    """The accessibility statement and the privacy notice, until each is public with all its parts. Three queries."""
    if not worker.user.has_perm("governance.change_user"):
        return
    home = HomePage.objects.first()
    if home is None:
        return
    for model, words in WORDS:
        page = model.objects.order_by("-live").first()
        if page is not None and page.live and not page.missing_parts():
            continue
        add = reverse("wagtailadmin_pages:add", args=["home", model._meta.model_name, home.pk])
        address = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page is not None else add
        yield Need(words=words(), about=str(model.law), address=address)
