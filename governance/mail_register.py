"""The register of outgoing mail, for those who run the site: what waits, what went out, what did not and why."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.helpers import ButtonHelper

from governance.models import Delivery
from governance.operations.mail import send_again
from governance.permissions import may_run_the_site
from governance.register_parts import KeptRights, Register
from governance.views import RecordStepView

WAITING, TRIED, SENT, NOT_SENT = "waiting", "tried", "sent", "not_sent"
STATES: dict[str, tuple[Any, Q]] = {
    WAITING: (_("Waiting"), Q(next_try_at__isnull=False, failed_because="")),
    TRIED: (_("Will be tried again"), Q(next_try_at__isnull=False) & ~Q(failed_because="")),
    SENT: (_("Sent"), Q(sent_at__isnull=False)),
    NOT_SENT: (_("Not sent"), Q(next_try_at=None, sent_at=None)),
}


def state_of(mail: Delivery) -> str:
    """How far a mail is."""
    if mail.sent_at is not None:
        return SENT
    if mail.next_try_at is None:
        return NOT_SENT
    return TRIED if mail.failed_because else WAITING


class StateFilter(SimpleListFilter):
    """Mail by how far it is."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """The four states."""
        return [(name, label) for name, (label, _condition) in STATES.items()]

    def queryset(self, request: Any, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """The mail in the chosen one."""
        chosen = STATES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class MailRights(KeptRights):
    """Addresses are personal: administrators alone see them. Nobody writes or rewrites a mail here."""

    def user_can_list(self, user: Any) -> bool:
        """Administrators."""
        return may_run_the_site(user)

    def user_can_create(self, user: Any) -> bool:
        """Never: mail follows from what happens."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never."""
        return False


class MailButtons(ButtonHelper):
    """What can be done with a mail: send it again once it was given up, as long as its address is kept."""

    def get_primary_button(self, obj: Any) -> dict[str, Any] | None:
        """Where the subject leads."""
        if state_of(obj) != NOT_SENT or not obj.to:
            return None
        where = reverse("send_mail_again", args=[obj.pk])
        return {"url": where, "label": _g("Send again"), "title": _g("Send again")}

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The same, as a button."""
        button = self.get_primary_button(obj)
        return [{**button, "classname": self.finalise_classname(["button-small", "button-secondary"])}] if button else []


class MailRegister(Register):
    """Outgoing mail, the latest first."""

    model = Delivery
    menu_icon = "mail"
    menu_label = _("Outgoing mail")
    menu_order = 990
    permission_helper_class = MailRights
    button_helper_class = MailButtons
    list_display = ("subject", "state", "to", "kind", "created_at", "sent_at", "failed_because")
    list_filter = (StateFilter, "kind")
    search_fields = ("subject", "to", "failed_because")
    ordering = ("-created_at", "-pk")

    def state(self, mail: Delivery) -> str:
        """How far it is, in words."""
        return str(STATES[state_of(mail)][0])

    state.short_description = _("state")  # type: ignore[attr-defined]


class SendAgainView(RecordStepView):
    """Sending a mail once more that was given up."""

    record_class = Delivery
    title = button = _("Send again")
    explanation = _("It goes to the same address, with the same words, at the next round of the worker.")
    done = _("It is on its way.")

    def may(self, user: Any, record: Any) -> bool:
        """Administrators."""
        return may_run_the_site(user)

    def subtitle(self) -> str:
        """Its subject."""
        return str(self.record.subject)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it back among what waits."""
        return send_again(delivery=record, at=timezone.now())

    def afterwards(self) -> str:
        """The register."""
        return reverse("governance_delivery_modeladmin_index")
