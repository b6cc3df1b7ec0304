"""The front page and pages of plain content."""

from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.search import index

from governance import wayfinding
from governance.models import FoundByWords


class HomePage(FoundByWords, Page):
    """The public front door: next meetings, latest decisions, progress at a glance."""

    lead = models.TextField(_("first sentence"), blank=True, help_text=_("What people find here, in one sentence."))
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def route(self, request: Any, path_components: list[str]) -> Any:
        """The page of an address, found at once where it can be; else by Wagtail's walk from page to page."""
        way = wayfinding.find(self, path_components) if path_components else None
        if way is None:
            return super().route(request, path_components)
        wayfinding.remember(request, way)
        return way.page.route(request, list(way.rest))


class PictureBlock(StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("image"))
    alt = CharBlock(label=_("in words"), help_text=_("What the picture tells, for people who do not see it."))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say whether it is a photograph, which may lose a little to be smaller; a drawing may not."""
        name = value["image"].file.name if value.get("image") else ""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "is_photograph": PurePosixPath(name).suffix.lower() in {".jpg", ".jpeg"}}

    class Meta:
        icon = "image"
        label = _("picture")
        template = "home/blocks/picture.html"


class ContentPage(FoundByWords, Page):
    """A page of plain content, such as accessibility, privacy or what co-production means here."""

    body = StreamField(
        [
            (
                "heading",
                CharBlock(form_classname="title", icon="title", label=_("heading"), template="home/blocks/heading.html"),
            ),
            ("text", RichTextBlock(features=["h3", "bold", "italic", "link", "ol", "ul", "document-link"], label=_("text"))),
            ("picture", PictureBlock()),
        ],
        blank=True,
        verbose_name=_("content"),
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["home.ContentPage"]
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
