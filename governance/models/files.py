"""Pictures and documents of content pages. Papers and packs are never among them: they have their own private store."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def private_storage() -> Storage:
    """The store that no address leads to: files are read only through views that ask a policy."""
    return storages["private"]


class ContentImage(AbstractImage):
    """A picture on a content page."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ContentRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class ContentDocument(AbstractDocument):
    """A document that a content page links to."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
