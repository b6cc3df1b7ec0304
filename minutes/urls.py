"""Public addresses of meetings that are no pages."""

from django.urls import path

from minutes import month_views

urlpatterns = [
    path("meetings/", month_views.current, name="this_month"),
    path("meetings/<str:written>/", month_views.month, name="month"),
]
