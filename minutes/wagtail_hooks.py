"""What minutes adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from minutes import (
    agenda_urls,
    chasing_views,
    closed_confirming_views,
    confirmation_views,
    decision_views,
    desk_views,
    draft_views,
    emergency_views,
    pack_views,
    paper_steps,
    paper_views,
    planning_views,
    restricted_paper_views,
    restricted_views,
    restricting_views,
    room_urls,
    views,
)
from minutes.compliance_views import compliance_report
from minutes.emergency_views import may_take_out
from minutes.models import AgendaItemPage
from minutes.month_views import admin_month
from minutes.operations.agendas import take_place
from minutes.paste_views import PasteMinutesView
from minutes.question_urls import urlpatterns as question_urlpatterns
from minutes.registers import Meetings
from minutes.report_views import reads_reports, report
from minutes.reports import REPORTS

modeladmin_register(Meetings)


@hooks.register("register_admin_urls")
def minutes_urls() -> list[URLPattern]:
    """The addresses of the steps of meetings, minutes and resolutions."""
    return [
        path("boards/<int:board>/plan/", planning_views.PlanYearView.as_view(), name="plan_year"),
        path("boards/<int:board>/notice/", compliance_report, name="compliance"),
        path("boards/<int:board>/notice/<str:year>/", compliance_report, name="compliance_of_year"),
        path("meetings/month/", admin_month, name="admin_this_month"),
        path("meetings/month/<str:written>/", admin_month, name="admin_month"),
        path("meetings/<int:pk>/reports/", chasing_views.MeetingReportsView.as_view(), name="meeting_reports"),
        path("meetings/<int:pk>/move/", planning_views.MoveMeetingView.as_view(), name="move_meeting"),
        path("meetings/<int:pk>/notice/", planning_views.PostNoticeView.as_view(), name="post_notice"),
        path("programme/<int:pk>/agenda/", planning_views.PutOnAgendaView.as_view(), name="put_on_agenda"),
        path("items/<int:pk>/steps/", planning_views.TickStepView.as_view(), name="tick_step"),
        path("items/<int:pk>/follow-up-action/", views.FollowUpActionView.as_view(), name="follow_up_action"),
        path("meetings/<int:meeting>/paste/", PasteMinutesView.as_view(), name="paste_minutes"),
        path("meetings/<int:meeting>/packs/", pack_views.BuildPackView.as_view(), name="build_pack"),
        path("meetings/<int:meeting>/packs/progress/", pack_views.PackProgressView.as_view(), name="pack_progress"),
        path("packs/<int:pk>/cancel/", pack_views.CancelPackView.as_view(), name="cancel_pack"),
        path("packs/<int:pk>/withdraw/", pack_views.WithdrawPackView.as_view(), name="withdraw_pack"),
        path("packs/<int:pk>/dispatch/", pack_views.DispatchView.as_view(), name="pack_dispatch"),
        path("items/<int:item>/papers/", paper_views.ItemPapersView.as_view(), name="item_papers"),
        path("items/<int:item>/papers/progress/", paper_views.PaperProgressView.as_view(), name="paper_progress"),
        path("items/<int:item>/papers/<int:paper>/file/", paper_views.ReplaceFileView.as_view(), name="replace_paper_file"),
        path("items/<int:item>/papers/<int:paper>/up/", paper_views.OrderPapersView.as_view(), name="order_papers"),
        path("papers/<int:pk>/checked/", paper_steps.MarkCheckedView.as_view(), name="paper_checked"),
        path("papers/<int:pk>/refuse/", paper_steps.RefusePaperView.as_view(), name="refuse_paper"),
        path("papers/<int:pk>/withdraw/", paper_steps.WithdrawPaperView.as_view(), name="withdraw_paper"),
        path("papers/<int:pk>/replace/", paper_steps.ReplacePublishedView.as_view(), name="publish_replacement"),
        path("papers/files/<int:pk>/anyway/", paper_steps.PublishAnywayView.as_view(), name="publish_paper_anyway"),
        path("papers/files/<int:pk>/check/", paper_steps.CheckAgainView.as_view(), name="check_paper_again"),
        path("papers/files/<int:pk>/<slug:which>/", paper_views.PaperFileView.as_view(), name="paper_file"),
        path("meetings/<int:pk>/supplement/", paper_steps.SupplementView.as_view(), name="publish_supplement"),
        path("meetings/<int:pk>/state/", views.MeetingStateView.as_view(), name="meeting_state"),
        agenda_urls.PUBLISH,
        path("meetings/<int:pk>/steps/<slug:step>/", views.MeetingStepView.as_view(), name="meeting_step"),
        path("minutes/<int:pk>/correct/", views.CorrectionView.as_view(), name="record_correction"),
        path("resolutions/<int:pk>/link-action/", views.LinkActionView.as_view(), name="link_action"),
        path("resolutions/<int:pk>/start-action/", views.StartActionView.as_view(), name="start_action"),
        path("resolutions/<int:pk>/no-action/", views.NoActionView.as_view(), name="no_action_needed"),
    ]


@hooks.register("register_admin_urls")
def room_addresses() -> list[URLPattern]:
    """Who is in the room."""
    return room_urls.urlpatterns


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """The addresses of the minute-taking desk."""
    return [
        path("meetings/<int:pk>/desk/", desk_views.DeskView.as_view(), name="desk"),
        path("meetings/<int:pk>/desk/<int:item>/", desk_views.DeskView.as_view(), name="desk_item"),
        path("meetings/<int:pk>/desk/<int:item>/to-do/", desk_views.DeskToDoView.as_view(), name="desk_to_do"),
    ]


@hooks.register("register_admin_urls")
def agenda_addresses() -> list[URLPattern]:
    """The addresses of building an agenda."""
    return agenda_urls.ADDRESSES


@hooks.register("after_create_page")
def place_new_item(request: HttpRequest, page: Page) -> None:
    """An item made in the editor comes to the end of its agenda, with a number."""
    if isinstance(page, AgendaItemPage) and page.position == 0:
        take_place(item=page)


@hooks.register("register_admin_urls")
def record_urls() -> list[URLPattern]:
    """The addresses of confirming minutes, putting right what is public, adopted resolutions, and what must not be public."""
    return [
        *confirmation_views.urls,
        *decision_views.urls,
        *draft_views.urls,
        *restricted_views.urls,
        *restricting_views.urls,
        *restricted_paper_views.urls,
        *closed_confirming_views.urls,
        *emergency_views.urls,
    ]


@hooks.register("register_admin_urls")
def question_urls() -> list[URLPattern]:
    """The addresses of the steps with questions from the public, and of the reports."""
    return [*question_urlpatterns, path("minutes-reports/<slug:name>/", report, name="report")]


@hooks.register("register_admin_menu_item")
def months_in_the_menu() -> MenuItem:
    """The month view, for everybody who works in the admin."""
    return MenuItem(_("Meetings by month"), reverse("admin_this_month"), icon_name="date", order=201)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def take_out_from_the_header(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """The menu at the head of a meeting, an item and what was minuted of it, and that of its row, offer the emergency withdrawal."""
    if may_take_out(user, page):
        address = reverse("emergency_of_page", args=[page.pk])
        yield Button(_g("Emergency withdrawal"), address, icon_name="warning", priority=63)


class ReportMenuItem(MenuItem):
    """A report, for those who look at some board."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person reads it."""
        return reads_reports(request.user)


def _in_the_reports_menu(position: int, name: str, title: Any) -> None:
    hooks.register(
        "register_reports_menu_item",
        lambda: ReportMenuItem(title, reverse("report", args=[name]), icon_name="table", order=100 + position),
    )


for _position, _report in enumerate(REPORTS):
    _in_the_reports_menu(_position, _report.name, _report.title)
