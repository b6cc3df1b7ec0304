"""What minutes adds to Wagtail's admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from minutes import planning_views, views
from minutes.compliance_views import compliance_report
from minutes.month_views import admin_month
from minutes.paste_views import BuildPackView, PasteMinutesView
from minutes.registers import Meetings

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
        path("meetings/<int:pk>/move/", planning_views.MoveMeetingView.as_view(), name="move_meeting"),
        path("meetings/<int:pk>/notice/", planning_views.PostNoticeView.as_view(), name="post_notice"),
        path("programme/<int:pk>/agenda/", planning_views.PutOnAgendaView.as_view(), name="put_on_agenda"),
        path("items/<int:pk>/steps/", planning_views.TickStepView.as_view(), name="tick_step"),
        path("items/<int:pk>/follow-up-action/", views.FollowUpActionView.as_view(), name="follow_up_action"),
        path("meetings/<int:meeting>/paste/", PasteMinutesView.as_view(), name="paste_minutes"),
        path("meetings/<int:meeting>/packs/", BuildPackView.as_view(), name="build_pack"),
        path("meetings/<int:pk>/state/", views.MeetingStateView.as_view(), name="meeting_state"),
        path("meetings/<int:pk>/steps/<slug:step>/", views.MeetingStepView.as_view(), name="meeting_step"),
        path("minutes/<int:pk>/correct/", views.CorrectionView.as_view(), name="record_correction"),
        path("resolutions/<int:pk>/link-action/", views.LinkActionView.as_view(), name="link_action"),
        path("resolutions/<int:pk>/start-action/", views.StartActionView.as_view(), name="start_action"),
        path("resolutions/<int:pk>/no-action/", views.NoActionView.as_view(), name="no_action_needed"),
    ]


@hooks.register("register_admin_menu_item")
def months_in_the_menu() -> MenuItem:
    """The month view, for everybody who works in the admin."""
    return MenuItem(_("Meetings by month"), reverse("admin_this_month"), icon_name="date", order=201)
