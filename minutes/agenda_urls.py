"""The addresses of building an agenda, in the admin."""

from django.urls import URLPattern, path

from minutes import agenda_views
from minutes.agenda_publishing import PublishAgendaView
from minutes.carrying_views import CarryItemView
from minutes.running_order_views import WriteNotesView

# One of the steps of a meeting, with a page of its own: it stands before the address of all others.
PUBLISH = path("meetings/<int:pk>/steps/publish-agenda/", PublishAgendaView.as_view(), name="publish_agenda")

ADDRESSES: list[URLPattern] = [
    path("meetings/<int:pk>/agenda/", agenda_views.BuildAgendaView.as_view(), name="build_agenda"),
    path("meetings/<int:pk>/agenda/fill/", agenda_views.FillAgendaView.as_view(), name="fill_agenda"),
    path("meetings/<int:pk>/agenda/heading/", agenda_views.AddHeadingView.as_view(), name="add_heading"),
    path("headings/<int:pk>/words/", agenda_views.RenameHeadingView.as_view(), name="rename_heading"),
    path("headings/<int:pk>/remove/", agenda_views.RemoveHeadingView.as_view(), name="remove_heading"),
    path("meetings/<int:pk>/agenda/notes/", WriteNotesView.as_view(), name="chair_notes"),
    path("items/<int:pk>/carry/", CarryItemView.as_view(), name="carry_item"),
]
