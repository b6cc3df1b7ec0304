"""Progress updates: dated news of an action. Publishing one is what changes where the action stands."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Page
from wagtail.search import index

from governance.enums import ActionStatus, Confidence
from governance.models.record_page import RecordPage
from governance.page_forms import UpdateForm
from governance.policies import check_update
from governance.progress import News, status_before


class ProgressUpdatePage(RecordPage):
    """News of an action on one day, with the answers people ask for."""

    date = models.DateField(_("date of the news"), default=timezone.localdate)
    status = models.CharField(_("status"), max_length=20, choices=ActionStatus.choices, default=ActionStatus.UNDER_WAY)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence.choices, default=Confidence.ON_TRACK)
    reason = models.TextField(
        _("why"),
        blank=True,
        help_text=_("Needed when it is at risk or off track, paused, closed without completion or handed on."),
    )
    recovery_step = models.TextField(
        _("what is being done about it"), blank=True, help_text=_("Needed when it is at risk or off track.")
    )
    new_due_on = models.DateField(_("new date"), null=True, blank=True, help_text=_("Only when the date moves."))
    date_reason = models.CharField(_("why the date moved"), max_length=300, blank=True)
    date_agreed_by = models.CharField(_("who agreed the new date"), max_length=200, blank=True)

    you_said = models.TextField(_("what you said"), blank=True)
    what_changed = models.TextField(_("what changed"), help_text=_("What is different since the last news. Plain words."))
    could_not_change = models.TextField(_("what could not change, and why"), blank=True)
    who_was_involved = models.TextField(_("who was involved"), blank=True, help_text=_("Groups and numbers, never names."))
    got_back = models.TextField(_("what they got back"), blank=True)
    next_step = models.TextField(_("what happens next"), blank=True)
    next_news_on = models.DateField(_("when you will hear again"), null=True, blank=True)

    organisation = models.ForeignKey(
        "governance.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="updates",
        verbose_name=_("reported by"),
    )
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
        verbose_name=_("corrects"),
        help_text=_("A published update stays as it was. A mistake is corrected by a new update that names it."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("date"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("confidence")]),
                FieldPanel("reason"),
                FieldPanel("recovery_step"),
                FieldPanel("new_due_on"),
                FieldPanel("date_reason"),
                FieldPanel("date_agreed_by"),
            ],
            heading=_("Where it stands now"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("you_said"),
                FieldPanel("what_changed"),
                FieldPanel("could_not_change"),
                FieldPanel("who_was_involved"),
                FieldPanel("got_back"),
                FieldPanel("next_step"),
                FieldPanel("next_news_on"),
            ],
            heading=_("What people ask"),
        ),
        FieldPanel("organisation"),
        PageChooserPanel("corrects", "governance.ProgressUpdatePage"),
        InlinePanel("alternatives", label=_("form"), heading=_("Easy read, other languages and other forms")),
    ]
    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("what_changed"),
        index.SearchField("you_said"),
        index.SearchField("next_step"),
        index.FilterField("date"),
    ]
    parent_page_types: ClassVar[list[str]] = ["governance.ActionPage"]
    subpage_types: ClassVar[list[str]] = []
    offered_with: ClassVar[str] = "update"
    base_form_class = UpdateForm
    template = "governance/progress_update_page.html"

    class Meta:
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")

    @property
    def action(self) -> Any:
        """The action it is news of."""
        return self.get_parent().specific

    def reference_scope(self) -> str | None:
        """Updates are numbered through the life of their action."""
        reference = self.action.reference
        return f"{reference}/U" if reference else None

    def reference_text(self, number: int) -> str:
        """Such as `HWB-A12/U3`."""
        return f"{self.action.reference}/U{number}"

    def rights_follow(self, page: Page) -> bool:
        """Rights on news are those on its action."""
        return bool(self.action.rights_follow(page))

    @classmethod
    def published_news(cls, action: Any) -> list[News]:
        """What the live updates of an action say of where it stands."""
        return [update.as_news() for update in cls.objects.child_of(action).live()]

    def as_news(self) -> News:
        """What it says of where its action stands."""
        return News(
            key=self.pk,
            date=self.date,
            status=self.status,
            confidence=self.confidence,
            new_due_on=self.new_due_on,
            date_reason=self.date_reason,
            date_agreed_by=self.date_agreed_by,
            next_news_on=self.next_news_on,
            corrects=self.corrects_id,
        )

    def status_before(self, action: Any, day: datetime.date, corrected: Any) -> str:
        """Where the action stood before this news, if it is dated so and corrects that update."""
        news = self.published_news(action)
        replaced = corrected.pk if corrected is not None else None
        return status_before(news, date=day, key=self.pk, corrects=replaced, agreed=action.is_agreed)

    def clean(self) -> None:
        """Refuse news that leaves out what the public is owed.

        Raises:
            ValidationError: by field, each in plain words.
        """
        super().clean()
        problems = check_update(self)
        if problems:
            raise ValidationError({field: [message] for field, message in problems.items()})
