"""Pictures and documents of content pages. Papers and packs are never among them: they have their own private store."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, ReferenceIndex

from governance.picture_metadata import without_metadata


def private_storage() -> Storage:
    """The store that no address leads to: files are read only through views that ask a policy."""
    return storages["private"]


def on_a_public_page(file: models.Model, also: Iterable[int] = ()) -> bool:
    """Whether a public page shows or links to a document or picture. Nothing else makes one public.

    Args:
        also: the keys of pages that refer to it in another way than in their text.
    """
    pages = ContentType.objects.get_for_model(Page)
    referring = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(file), to_object_id=str(file.pk), base_content_type=pages
    )
    keys = {*also, *map(int, referring.values_list("object_id", flat=True).distinct())}
    return Page.objects.live().public().filter(pk__in=keys).exists()


class ContentImage(AbstractImage):
    """A picture on a content page."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> File:
        """The picture at one size, without what its file says of where and by whom it was taken."""
        made = super().generate_rendition_file(filter, source=source)
        with made:
            made.seek(0)
            return ContentFile(without_metadata(made.read()), made.name)

    @property
    def is_public(self) -> bool:
        """Whether the public sees it: while a public page shows it."""
        return on_a_public_page(self)


class ContentRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class ContentDocument(AbstractDocument):
    """A document that a content page links to."""

    admin_form_fields = Document.admin_form_fields
    other_forms: Any

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def is_public(self) -> bool:
        """Whether the public reads it: while a public page links to it, or offers it as another form of what it says."""
        return on_a_public_page(self, self.other_forms.values_list("page", flat=True))
