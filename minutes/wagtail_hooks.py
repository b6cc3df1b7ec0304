"""What minutes adds to the admin."""

from django.urls import path

from wagtail import hooks

from minutes.paste_views import BuildPackView, PasteMinutesView


@hooks.register("register_admin_urls")
def minutes_urls() -> list:
    """The addresses of the steps of a meeting."""
    return [
        path("meetings/<int:meeting>/paste/", PasteMinutesView.as_view(), name="paste_minutes"),
        path("meetings/<int:meeting>/packs/", BuildPackView.as_view(), name="build_pack"),
    ]
