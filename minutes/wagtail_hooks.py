"""What minutes adds to Wagtail's admin."""

from django.urls import URLPattern, path

from wagtail import hooks

from minutes import views


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The addresses of the steps."""
    return [
        path("meetings/<int:pk>/state/", views.MeetingStateView.as_view(), name="meeting_state"),
        path("meetings/<int:pk>/<slug:step>/", views.MeetingStepView.as_view(), name="meeting_step"),
        path("minutes/<int:pk>/correct/", views.CorrectionView.as_view(), name="record_correction"),
        path("resolutions/<int:pk>/link-action/", views.LinkActionView.as_view(), name="link_action"),
        path("resolutions/<int:pk>/start-action/", views.StartActionView.as_view(), name="start_action"),
        path("resolutions/<int:pk>/no-action/", views.NoActionView.as_view(), name="no_action_needed"),
    ]
