"""What minutes adds to Wagtail's admin."""

from django.urls import URLPattern, path

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from minutes import pack_views, views
from minutes.paste_views import PasteMinutesView
from minutes.registers import Meetings

modeladmin_register(Meetings)


@hooks.register("register_admin_urls")
def minutes_urls() -> list[URLPattern]:
    """The addresses of the steps of meetings, minutes and resolutions."""
    return [
        path("items/<int:pk>/follow-up-action/", views.FollowUpActionView.as_view(), name="follow_up_action"),
        path("meetings/<int:meeting>/paste/", PasteMinutesView.as_view(), name="paste_minutes"),
        path("meetings/<int:meeting>/packs/", pack_views.BuildPackView.as_view(), name="build_pack"),
        path("meetings/<int:meeting>/packs/progress/", pack_views.PackProgressView.as_view(), name="pack_progress"),
        path("packs/<int:pk>/cancel/", pack_views.CancelPackView.as_view(), name="cancel_pack"),
        path("packs/<int:pk>/withdraw/", pack_views.WithdrawPackView.as_view(), name="withdraw_pack"),
        path("packs/<int:pk>/dispatch/", pack_views.DispatchView.as_view(), name="pack_dispatch"),
        path("meetings/<int:pk>/state/", views.MeetingStateView.as_view(), name="meeting_state"),
        path("meetings/<int:pk>/steps/<slug:step>/", views.MeetingStepView.as_view(), name="meeting_step"),
        path("minutes/<int:pk>/correct/", views.CorrectionView.as_view(), name="record_correction"),
        path("resolutions/<int:pk>/link-action/", views.LinkActionView.as_view(), name="link_action"),
        path("resolutions/<int:pk>/start-action/", views.StartActionView.as_view(), name="start_action"),
        path("resolutions/<int:pk>/no-action/", views.NoActionView.as_view(), name="no_action_needed"),
    ]
