"""The same words in another form: easy read, another language, British Sign Language, audio, large print."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from governance.enums import AlternativeKind


class Alternative(Orderable):
    """One other form of what a page says, at an address or as a file. It is listed at the head of the page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="alternatives")
    kind = models.CharField(_("form"), max_length=20, choices=AlternativeKind.choices, default=AlternativeKind.EASY_READ)
    language = models.CharField(
        _("language"),
        max_length=20,
        default="en-GB",
        validators=[RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Use a language code, such as cy, pl or ur."))],
        help_text=_("Its code, such as cy for Welsh, pl for Polish, ur for Urdu; bfi for British Sign Language."),
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("In its own language, as those who need it would say it."))
    address = models.URLField(_("address"), blank=True)
    document = models.ForeignKey(
        "governance.ContentDocument",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="other_forms",
        verbose_name=_("file"),
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel("title"),
        FieldPanel("address"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("other form")
        verbose_name_plural = _("other forms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address="", document__isnull=False) | (~models.Q(address="") & models.Q(document=None)),
                name="alternative_is_in_one_place",
                violation_error_message=_("Give its address or its file: one of the two."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def url(self) -> str:
        """Where it is."""
        return self.address or (self.document.url if self.document else "")
