"""Case studies: what co-production looked like in one place, and what was learned."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from governance.models.boards import PLAIN_TEXT, BoardIndexPage, BoardPage
from governance.models.found_by_words import FoundByWords
from governance.models.record_page import RecordPage
from governance.permissions import SharedListPermissionTester


class CaseStudyIndexPage(FoundByWords, Page):
    """The list of case studies."""

    introduction = RichTextField(_("introduction"), blank=True, features=PLAIN_TEXT)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["governance.CaseStudyPage"]
    max_count = 1
    template = "governance/case_study_index_page.html"

    class Meta:
        verbose_name = _("list of case studies")

    def permissions_for_user(self, user: Any) -> SharedListPermissionTester:
        """What the person may do here: those who write for any board add case studies."""
        return SharedListPermissionTester(user, self)


class CaseStudyPage(RecordPage):
    """One example of co-production in practice."""

    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_studies",
        verbose_name=_("organisation"),
    )
    summary = models.TextField(_("in short"), blank=True)
    what_happened = RichTextField(_("what happened"), blank=True, features=["h2", "h3", *PLAIN_TEXT])
    what_was_learned = RichTextField(_("what was learned"), blank=True, features=PLAIN_TEXT)
    principles = ParentalManyToManyField(
        "governance.CoproductionPrinciple", blank=True, related_name="case_studies", verbose_name=_("principles it shows")
    )
    source_title = models.CharField(_("source"), max_length=250, blank=True)
    source_address = models.URLField(_("address of the source"), blank=True)

    content_panels = [
        *RecordPage.content_panels,
        FieldPanel("organisation"),
        FieldPanel("summary"),
        FieldPanel("what_happened"),
        FieldPanel("what_was_learned"),
        FieldPanel("principles"),
        FieldPanel("source_title"),
        FieldPanel("source_address"),
    ]
    search_fields = [*RecordPage.search_fields, index.SearchField("summary"), index.SearchField("what_happened")]
    parent_page_types: ClassVar[list[str]] = ["governance.CaseStudyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "governance/case_study_page.html"

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def reference_scope(self) -> str:
        """Case studies belong to no board: they are numbered through all of them."""
        return "CASE-"

    def reference_text(self, number: int) -> str:
        """Such as `CASE-3`."""
        return f"CASE-{number}"

    def rights_follow(self, page: Page) -> bool:
        """A case study is of no one board: rights on any board are rights on it."""
        return page.specific_class in {BoardPage, BoardIndexPage}
