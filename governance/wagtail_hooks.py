"""What governance adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, UnpublishMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from governance import partner_views, progress_answers
from governance.board_rights import choosable_by
from governance.middleware import refused
from governance.models import RecordPage
from governance.partner_desk import has_desk, number_waiting
from governance.permissions import may_withdraw
from governance.registers import PeopleAndPartners, Promises
from governance.settling import SettleCommentView
from governance.views import WithdrawView
from governance.voice_registers import Voices

ONE_AT_A_TIME = _lazy("Records are withdrawn one at a time, each with its reason.")
BULK_QUESTIONS = {"delete": "can_delete", "move": "can_move", "publish": "can_publish", "unpublish": "can_unpublish"}


modeladmin_register(Promises)
modeladmin_register(Voices)
modeladmin_register(PeopleAndPartners)


# Within Wagtail's own, which asks whether the page may be seen at all.
hooks.register("on_serve_page", progress_answers.answering, order=10)


@hooks.register("insert_global_admin_css")
def register_styles() -> str:
    """How the registers are laid out."""
    return format_html('<link rel="stylesheet" href="{}">', static("governance/admin.css"))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The addresses of our own steps."""
    return [
        path("records/<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw_record"),
        path("records/<int:pk>/comments/<int:comment>/", SettleCommentView.as_view(), name="settle_comment"),
        path("actions/<int:pk>/ask-for-news/", partner_views.AskForNewsView.as_view(), name="ask_for_news"),
        path("actions/<int:pk>/ask-partners/", partner_views.AskPartnersView.as_view(), name="ask_partners"),
        path("partners/requests/<int:pk>/", partner_views.request_to_partner, name="partner_request"),
        path("partners/requests/<int:pk>/link/", partner_views.SendLinkView.as_view(), name="send_partner_link"),
        path("partners/links/<int:pk>/call-back/", partner_views.RevokeLinkView.as_view(), name="revoke_partner_link"),
        path("partners/answers/", partner_views.answers_from_partners, name="partner_answers"),
        path("partners/answers/<int:pk>/", partner_views.answer_of_partner, name="partner_answer"),
        path("partners/answers/<int:pk>/approve/", partner_views.ApproveView.as_view(), name="approve_answer"),
        path("partners/answers/<int:pk>/return/", partner_views.ReturnView.as_view(), name="return_answer"),
        path("partners/answers/<int:pk>/suggest/", partner_views.SuggestView.as_view(), name="suggest_words"),
    ]


@hooks.register("register_log_actions")
def say_in_the_history(actions: Any) -> None:
    """What our own steps are called in a page's history."""

    @actions.register_action("resolved.plan_refused")
    class PlanRefused(LogFormatter):
        label = _lazy("Not done as planned")

        def format_message(self, log_entry: Any) -> str:
            """With the reason."""
            return _("Not done as planned. %(reason)s") % {"reason": log_entry.data["reason"]}


class AnswersMenuItem(MenuItem):
    """Answers from partners, with how many wait for the person."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who decide on them."""
        return has_desk(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The item with the number."""
        number = number_waiting(request.user)
        label = _("Answers from partners (%(number)s)") % {"number": number} if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def answers_in_the_menu() -> AnswersMenuItem:
    """Where answers are decided on."""
    label = _lazy("Answers from partners")
    return AnswersMenuItem(label, reverse_lazy("partner_answers"), name="partner-answers", icon_name="mail", order=215)


@hooks.register("before_unpublish_page")
def ask_why_it_is_withdrawn(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Unpublishing a record is withdrawing it, and that needs a reason. No list takes its records with it."""
    if isinstance(page, RecordPage):
        return redirect("withdraw_record", page.pk)
    if request.POST.get("include_descendants") and _has_live_records(page):
        return refused(request, ONE_AT_A_TIME)
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_is_shown(pages: Any, request: HttpRequest) -> Any:
    """A partner chooses among the pages of its own actions."""
    return choosable_by(request.user, pages)


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Wagtail asks the rights of plain pages here; a record answers for itself, and is withdrawn one at a time with its reason."""
    question = BULK_QUESTIONS.get(action_type)
    if question is None or not all(isinstance(each, Page) for each in objects):
        return None
    records = [page for page in (each.specific for each in objects) if isinstance(page, RecordPage)]
    below = request.POST.get("include_descendants") and any(_has_live_records(each) for each in objects)
    if action_type == "unpublish" and (records or below):
        return refused(request, ONE_AT_A_TIME)
    for record in records:
        if not getattr(record.permissions_for_user(request.user), question)():
            because = record.frozen_because or _("A record that was public keeps its place and is never deleted.")
            return refused(
                request, _("“%(record)s”: %(because)s Nothing was changed.") % {"record": record, "because": because}
            )
    return None


def _has_live_records(page: Page) -> bool:
    return bool(page.get_descendants().live().type(RecordPage).exists())


class WithdrawMenuItem(ActionMenuItem):
    """Withdrawing, in the menu of the editor."""

    name = "action-withdraw"
    icon_name = "download"

    def __init__(self, order: int | None = None) -> None:
        super().__init__(order)
        self.label = _("Withdraw from public view")

    def get_url(self, context: dict[str, Any]) -> str:
        """The form that asks for the reason."""
        return reverse("withdraw_record", args=[context["page"].pk])


@hooks.register("construct_page_action_menu")
def withdraw_instead_of_unpublishing(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """The editor of a record offers to withdraw it where it would offer to unpublish."""
    if isinstance(context.get("page"), RecordPage):
        menu_items[:] = [
            WithdrawMenuItem(order=item.order) if isinstance(item, UnpublishMenuItem) else item for item in menu_items
        ]


@hooks.register("register_page_header_buttons")
def withdraw_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """The menu at the head of a record offers to withdraw it."""
    if isinstance(page, RecordPage) and may_withdraw(user, page):
        yield Button(
            _("Withdraw from public view"), reverse("withdraw_record", args=[page.pk]), icon_name="download", priority=62
        )
