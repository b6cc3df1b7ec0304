"""Addresses in the admin of the page “Who is in the room” and its steps."""

from django.urls import path

from minutes import room_views

urlpatterns = [
    path("meetings/<int:pk>/room/", room_views.RoomView.as_view(), name="meeting_room"),
    path("meetings/<int:pk>/room/add/", room_views.AddLineView.as_view(), name="add_attendance"),
    path("attendance/<int:pk>/", room_views.LineView.as_view(), name="change_attendance"),
    path("attendance/<int:pk>/remove/", room_views.RemoveLineView.as_view(), name="remove_attendance"),
    path("items/<int:pk>/ratify/", room_views.RatifyView.as_view(), name="ratify_item"),
]
