"""The addresses that are not pages: references, search, packs and the members' area."""

from django.contrib.auth import views as auth_views
from django.urls import path

from home import members, partner_link, search, views

urlpatterns = [
    path("ref/<slug:slug>/", views.reference, name="reference"),
    path("search/", search.search, name="search"),
    path("packs/<slug:slug>/", views.pack, name="pack"),
    path("partner/<str:token>/", partner_link.partner_link, name="partner_link"),
    path("members/", members.area, name="members_area"),
    path("members/log-in/", auth_views.LoginView.as_view(template_name="home/members_login.html"), name="members_login"),
    path("members/log-out/", auth_views.LogoutView.as_view(), name="members_logout"),
]
