"""Public addresses of meetings that are no pages."""

from django.urls import path

from minutes import asking, month_views
from minutes.running_order_views import PrintedRunningOrderView, RunningOrderView

urlpatterns = [
    path("ask/<slug:slug>/", asking.ask, name="ask"),
    path("ask/<slug:slug>/thanks/", asking.asked, name="asked"),
    path("meetings/", month_views.current, name="this_month"),
    path("meetings/<str:written>/", month_views.month, name="month"),
    path("meetings/<int:pk>/running-order/", RunningOrderView.as_view(), name="running_order"),
    path("meetings/<int:pk>/running-order/pdf/", PrintedRunningOrderView.as_view(), name="running_order_file"),
]
