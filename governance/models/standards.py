"""Standards that were written with people: what good looks like, in the words they agreed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from governance.models.boards import PLAIN_TEXT


class StandardQuerySet(models.QuerySet["Standard"]):
    """Standards that may be shown."""

    def public(self) -> "StandardQuerySet":
        """Those that were agreed and are marked so; a replaced one stays to be read."""
        return self.filter(published=True)


class Standard(models.Model):
    """A standard in one of its versions, and the groups of people it was written with."""

    title = models.CharField(_("standard"), max_length=200)
    version = models.CharField(_("version"), max_length=40, default="1")
    text = RichTextField(_("what it says"), features=["h3", *PLAIN_TEXT])
    groups = models.ManyToManyField(
        "governance.PeopleGroup", blank=True, related_name="standards", verbose_name=_("co-produced by")
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="standards",
        verbose_name=_("kept by"),
    )
    service = models.ForeignKey(
        "governance.Service",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="standards",
        verbose_name=_("service it is for"),
    )
    action = models.ForeignKey(
        "governance.ActionPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="standards",
        verbose_name=_("action it came from"),
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("replaces")
    )
    published = models.BooleanField(_("shown to the public"), default=False)

    objects = StandardQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("version")]),
        FieldPanel("text"),
        FieldPanel("groups"),
        FieldPanel("agreed_on"),
        FieldPanel("organisation"),
        FieldPanel("service"),
        FieldPanel("action"),
        FieldPanel("replaces"),
        FieldPanel("published"),
    ]

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["title", "-agreed_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["title", "version"], name="standard_version_once")]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"
