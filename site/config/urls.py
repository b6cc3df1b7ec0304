"""Every address of the site."""

from django.urls import include, path, re_path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from governance import urls as governance_urls
from home import urls as home_urls
from home.log_in import lead_to_log_in
from home.pictures import document, picture
from minutes import urls as minutes_urls

urlpatterns = [
    # No way round the second factor: the log-ins that Wagtail brings lead to the one door.
    path("admin/login/", lead_to_log_in),
    path("_util/login/", lead_to_log_in),
    path("admin/", include(wagtailadmin_urls)),
    # Before Wagtail's own, which asks nobody.
    re_path(r"^documents/([0-9]+)/(.*)$", document),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", picture, name="picture"),
    path("sitemap.xml", sitemap),
    path("", include(governance_urls)),
    path("", include(home_urls)),
    path("", include(minutes_urls)),
    path("", include(wagtail_urls)),
]
handler404 = "home.views.not_found"
handler500 = "home.views.server_error"
