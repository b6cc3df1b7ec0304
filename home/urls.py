"""The addresses that are not pages: references, search, packs and the members' area."""

from django.urls import path

from home import (
    alert_views,
    annual_reports,
    checking,
    draft_minutes,
    feeds,
    letter_views,
    log_in,
    members,
    packs,
    papers,
    partner_link,
    points,
    records,
    restricted,
    views,
)
from home.search import views as search_views

urlpatterns = [
    path("ref/<slug:slug>/", views.reference, name="reference"),
    path("alerts/asked/", alert_views.asked, name="alerts_asked"),
    path("alerts/confirm/<str:secret>/", alert_views.ConfirmView.as_view(), name="alerts_confirm"),
    path("alerts/stop/<str:token>/", alert_views.StopView.as_view(), name="alerts_stop"),
    path("alerts/<slug:scope>/", alert_views.AlertsView.as_view(), name="alerts"),
    path("feeds/<slug:scope>/", feeds.feed, name="feed"),
    path("calendars/<slug:scope>.ics", feeds.calendar, name="calendar"),
    path("letters/<slug:slug>/", letter_views.letter, name="letter"),
    path("search/", search_views.search, name="search"),
    path("points/", points.points, name="points"),
    path("papers/<slug:slug>/", papers.paper, name="paper"),
    path("papers/<slug:slug>/<int:version>/", papers.former_version, name="paper_version"),
    path("packs/<slug:slug>/", packs.issued_pack, name="pack"),
    path("check-a-file/", checking.check_a_file, name="check_a_file"),
    path("records/", records.records, name="records"),
    path("records/check_records.py", records.script, name="check_script"),
    path("records/checkpoints/", records.checkpoints, name="checkpoints"),
    path("records/checkpoints.json", records.checkpoints_as_data, name="checkpoints_data"),
    path("records/checkpoints.atom", records.checkpoints_feed, name="checkpoints_feed"),
    path("records/of/<slug:slug>/", records.check_record, name="check_record"),
    path("reports/", annual_reports.index, name="annual_reports"),
    path("reports/<slug:code>/<slug:year>/", annual_reports.report, name="annual_report"),
    path("reports/<slug:code>/<slug:year>/pdf/", annual_reports.report_file, name="annual_report_file"),
    path("partner/<str:token>/", partner_link.partner_link, name="partner_link"),
    path("members/", members.area, name="members_area"),
    path("members/drafts/<int:meeting>/", draft_minutes.draft_minutes, name="draft_minutes"),
    path("members/private/<int:item>/", restricted.restricted_part, name="members_restricted"),
    path("members/packs/<slug:slug>/", packs.members_pack, name="members_pack"),
    *log_in.urls,
]
