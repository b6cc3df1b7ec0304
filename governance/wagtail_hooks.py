"""What governance adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from governance import log_in_views, progress_answers
from governance.approval_views import ApproveRecordView, AskApprovalView
from governance.board_rights import OWN_PAGES, choosable_by, pages_offered
from governance.files_panel import FilesPanel
from governance.home_panel import NeedsDoingPanel
from governance.mail_register import MailRegister, SendAgainView
from governance.middleware import refused
from governance.models import ProgressUpdatePage, RecordPage
from governance.offered_words import changed_since_offered
from governance.operations.log_ins import ENDED
from governance.operations.offers import RETURNED, ask_to_agree
from governance.operations.person_requests import person_acts
from governance.operations.publishing import hold_record
from governance.operations.scheduled import REFUSED
from governance.operations.second_factor import TAKEN_AWAY
from governance.partner_addresses import AnswersMenuItem, partner_addresses
from governance.permissions import may_withdraw, may_write_for
from governance.person_views import PersonalDataMenuItem, person_addresses
from governance.redaction_views import redaction_addresses
from governance.registers import PeopleAndPartners, Promises
from governance.removal_views import removal_addresses
from governance.second_factor_views import TakeAwaySecondFactorView, button_for
from governance.settling import SettleCommentView
from governance.telling_views import ToldView
from governance.views import WithdrawView
from governance.voice_registers import Voices

ONE_AT_A_TIME = _lazy("Records are withdrawn one at a time, each with its reason.")
BULK_QUESTIONS = {"delete": "can_delete", "move": "can_move", "publish": "can_publish", "unpublish": "can_unpublish"}


modeladmin_register(Promises)
modeladmin_register(Voices)
modeladmin_register(PeopleAndPartners)
modeladmin_register(MailRegister)


# Within Wagtail's own, which asks whether the page may be seen at all.
hooks.register("on_serve_page", progress_answers.answering, order=10)
hooks.register("register_user_listing_buttons", button_for)
hooks.register("register_reports_menu_item", PersonalDataMenuItem)
hooks.register("register_user_listing_buttons", log_in_views.button_for)


@hooks.register("insert_global_admin_css")
def register_styles() -> str:
    """How the registers are laid out."""
    return format_html('<link rel="stylesheet" href="{}">', static("governance/admin.css"))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The addresses of our own steps."""
    return [
        path("records/<int:pk>/ask-approval/", AskApprovalView.as_view(), name="ask_approval"),
        path("approve/<int:pk>/", ApproveRecordView.as_view(), name="approve_record"),
        path("records/<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw_record"),
        *partner_addresses(),
        *redaction_addresses(),
        *removal_addresses(),
        *person_addresses(),
        path("records/<int:pk>/told/", ToldView.as_view(), name="record_told"),
        path("log-ins/<int:pk>/second-factor/", TakeAwaySecondFactorView.as_view(), name="take_away_second_factor"),
        path("log-ins/<int:pk>/sessions/", log_in_views.EndSessionsView.as_view(), name="end_sessions"),
        path("mail/<int:pk>/send-again/", SendAgainView.as_view(), name="send_mail_again"),
        path("records/<int:pk>/comments/<int:comment>/", SettleCommentView.as_view(), name="settle_comment"),
    ]


@hooks.register("before_edit_page")
def hold_what_is_edited(request: HttpRequest, page: Any) -> None:
    """What is sent from the editor is kept with the place and the number that the record has now, not with those it had when it was opened."""
    if request.method == "POST" and isinstance(page, RecordPage):
        hold_record(page)


@hooks.register("construct_homepage_panels")
def list_what_needs_doing(request: HttpRequest, panels: list[Any]) -> None:
    """Each role finds its own list first."""
    panels.insert(0, NeedsDoingPanel())
    panels.append(FilesPanel())


@hooks.register("register_log_actions")
def say_in_the_history(actions: Any) -> None:
    """What our own steps are called in a page's history."""

    @actions.register_action(REFUSED)
    class PlanRefused(LogFormatter):
        label = _lazy("Not done as planned")

        def format_message(self, log_entry: Any) -> str:
            """With the reason."""
            return _("Not done as planned. %(reason)s") % {"reason": log_entry.data["reason"]}

    @actions.register_action(TAKEN_AWAY)
    class SecondFactorTakenAway(LogFormatter):
        label = _lazy("Second factor taken away")

        def format_message(self, log_entry: Any) -> str:
            """With the reason."""
            return _("Second factor taken away. %(reason)s") % {"reason": log_entry.data["reason"]}

    for action, label in person_acts():
        actions.register_action(action, label, label)

    @actions.register_action(ENDED)
    class SessionsEnded(LogFormatter):
        label = _lazy("Logged out everywhere")

        def format_message(self, log_entry: Any) -> str:
            """With the reason."""
            return _("Logged out everywhere. %(reason)s") % {"reason": log_entry.data["reason"]}

    @actions.register_action(RETURNED)
    class OfferReturned(LogFormatter):
        label = _lazy("Returned to the partner")

        def format_message(self, log_entry: Any) -> str:
            """With the comment."""
            return _("Returned to the partner. %(comment)s") % {"comment": log_entry.data["comment"]}


@hooks.register("register_admin_menu_item")
def answers_in_the_menu() -> AnswersMenuItem:
    """Where answers from partners are decided on."""
    return AnswersMenuItem()


@hooks.register("after_edit_page")
def ask_the_partner(request: HttpRequest, page: Page) -> None:
    """An officer edited the words of news that a partner offered: the partner is asked whether it agrees."""
    edits_an_offer = isinstance(page, ProgressUpdatePage) and not page.live and request.user.pk != page.owner_id
    if edits_an_offer and ask_to_agree(update=page) is not None:
        messages.info(request, _("The words are the partner's: it is asked by e-mail whether it agrees to yours."))


@hooks.register("before_unpublish_page")
def keep_records_below(request: HttpRequest, page: Page) -> HttpResponse | None:
    """No list takes its records with it when it is unpublished: each is withdrawn with its reason."""
    if request.POST.get("include_descendants") and _has_live_records(page):
        return refused(request, ONE_AT_A_TIME)
    return None


@hooks.register("before_move_page")
def refuse_to_show_a_move(request: HttpRequest, page: Page, _destination: Page) -> HttpResponse | None:
    """Wagtail asks the right to move a page when it is moved, after its title was shown."""
    return None if page.permissions_for_user(request.user).can_move() else permission_denied(request)


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_is_shown(pages: Any, request: HttpRequest) -> Any:
    """Those who only offer choose among the pages that they have a part in."""
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


@hooks.register("construct_page_chooser_queryset")
def offer_own_pages(pages: Any, request: HttpRequest) -> Any:
    """Where a right on the page is needed, the chooser offers pages of the person's own boards."""
    return pages_offered(request.user, pages) if request.GET.get("user_perms") == OWN_PAGES else pages


@hooks.register("register_bulk_action", order=100)
class UnpublishContentPages(UnpublishBulkAction):
    """Unpublishing several pages at once, called what it is: records answer that they are withdrawn one at a time."""

    display_name = _lazy("Unpublish content pages")
    aria_label = _lazy("Unpublish the selected content pages")


class WithdrawMenuItem(ActionMenuItem):
    """Withdrawing, in the menu of the editor."""

    name = "action-withdraw"
    icon_name = "download"

    def __init__(self, order: int | None = None) -> None:
        super().__init__(order)
        self.label = _("Withdraw from public view")

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Where a record is edited by somebody who may withdraw it."""
        page = context.get("page")
        if context["view"] != "edit" or context["locked_for_user"] or not isinstance(page, RecordPage):
            return False
        return may_withdraw(context["request"].user, page)

    def get_url(self, context: dict[str, Any]) -> str:
        """The form that asks for the reason."""
        return reverse("withdraw_record", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def withdraw_from_the_editor() -> WithdrawMenuItem:
    """The editor of a record offers to withdraw it where it would offer to unpublish another page."""
    return WithdrawMenuItem(order=20)


@hooks.register("register_page_header_buttons")
def agree_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Who offered news finds there that other words wait for an answer."""
    if isinstance(page, ProgressUpdatePage) and page.owner_id == user.pk and not page.live and changed_since_offered(page):
        label = _("Other words are suggested: agree, or keep yours")
        yield Button(label, reverse("agree_to_words", args=[page.pk]), icon_name="comment", priority=1)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def tell_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """The same menus offer to record that those who took part were told of an update."""
    if isinstance(page, ProgressUpdatePage) and page.live and not page.told_on and may_write_for(user, page):
        label = _("Record that those who took part were told")
        yield Button(label, reverse("record_told", args=[page.pk]), icon_name="group", priority=61)


@hooks.register("register_page_header_buttons")
def redact_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """The menu at the head of a record offers to redact it, a final one too."""
    if isinstance(page, RecordPage) and may_write_for(user, page):
        yield Button(_("Redact words"), reverse("ask_to_redact", args=[page.pk]), icon_name="cut", priority=63)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def withdraw_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """The menu at the head of a record, and that of its row in the explorer, offer to withdraw it."""
    if isinstance(page, RecordPage) and may_withdraw(user, page):
        yield Button(
            _("Withdraw from public view"), reverse("withdraw_record", args=[page.pk]), icon_name="download", priority=62
        )
