"""Progress updates: dated news of an action. Publishing one is what changes where the action stands."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _g
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

from governance.acting import day_of_act
from governance.completion import closed_by_resolution
from governance.enums import CLOSED_STATUSES, ActionStatus, Confidence
from governance.models.outcomes import OutcomeAnswers
from governance.models.record_page import RecordPage
from governance.news_rules import Circumstances, Problems, check_ending, check_publication, check_references
from governance.page_forms import UpdateForm
from governance.policies import check_update
from governance.progress import News, around, milestones_done

SAID = (
    *("date", "status", "confidence", "reason", "new_due_on", "date_reason", "date_agreed_by", "next_news_on"),
    *("difference", "what_is_different", "for_whom", "how_known", "look_again_on", "handed_to", "handed_to_address"),
)
"""The columns that say where the action stands."""
TOLD = ("title", "recovery_step", "you_said", "what_changed", "could_not_change", "who_was_involved", "got_back", "next_step")
"""The columns that tell the rest."""


class ProgressUpdatePage(OutcomeAnswers, RecordPage):
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

    told_on = models.DateField(
        _("those who took part were told on"),
        null=True,
        blank=True,
        help_text=_("Published is not told. Leave empty until it is so."),
    )
    told_how = models.CharField(
        _("how they were told"), max_length=300, blank=True, help_text=_("Such as “by letter and at the carers' group”.")
    )

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
        InlinePanel("milestones_done", label=_("milestone"), heading=_("Milestones that are done")),
        *OutcomeAnswers.outcome_panels,
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel("told_on"), FieldPanel("told_how")], heading=_("Those who took part")),
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
    said_later: ClassVar[tuple[str, ...]] = ("told_on", "told_how")
    frozen_fields: ClassVar[tuple[str, ...]] = (
        *SAID,
        *TOLD,
        "they_say",
        "handed_to_action_id",
        "organisation_id",
        "corrects_id",
    )
    withdrawn_when_final: ClassVar[bool] = True
    offered_with: ClassVar[str] = "update"
    base_form_class = UpdateForm
    template = "governance/progress_update_page.html"

    class Meta:
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_on=None, told_how="") | (models.Q(told_on__isnull=False) & ~models.Q(told_how="")),
                name="told_on_a_day_and_somehow",
                violation_error_message=_("Say both: on which day those who took part were told, and how."),
            )
        ]

    @property
    def action(self) -> Any:
        """The action it is news of."""
        return self.get_parent().specific

    @property
    def is_frozen(self) -> bool:
        """What people were told stays as it was, for as long as it is public."""
        return bool(self.live and self.reference)

    @property
    def frozen_because(self) -> str:
        """Why it is final, and what to do instead."""
        return _g("This update is public, so it stays as it was. Correct it by a new update that names it.")

    @property
    def has_ended(self) -> bool:
        """Whether it says that nothing more is to be done."""
        return self.status in CLOSED_STATUSES

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
        return [update.as_news() for update in cls.objects.child_of(action).live().prefetch_related("milestones_done")]

    def as_news(self) -> News:
        """What it says of where its action stands."""
        said = {name: getattr(self, name) for name in SAID}
        done = tuple((row.milestone_id, row.done_on) for row in self.milestones_done.all())
        return News(
            key=self.pk or 0,
            corrects=self.corrects_id,
            handed_to_action=self.handed_to_action_id,
            milestones=done,
            **said,
        )

    @classmethod
    def circumstances(cls, action: Any, news: News, today: datetime.date) -> Circumstances:
        """What is known of an action when this news of it is to become public on that day."""
        published = cls.published_news(action)
        earlier, later = around(published, date=news.date, key=news.key or None, corrects=news.corrects)
        others = [item for item in published if item.key != news.key]
        completes = news.status == ActionStatus.COMPLETED
        start = ActionStatus.AGREED if action.is_agreed else ActionStatus.PROPOSED
        return Circumstances(
            today=today,
            status=earlier[-1].status if earlier else start,
            following=later[0] if later else None,
            agreed_on=action.agreed_on,
            corrected=next((item for item in others if item.key == news.corrects), None),
            corrected_already=any(item.corrects == news.corrects for item in others) if news.corrects else False,
            milestones=dict(action.milestones.values_list("pk", "name")),
            done=frozenset(milestones_done([*earlier, *later])),
            has_evidence=completes and action.evidence.exists(),
            lacks_resolution=completes and action.board.completes_by_resolution and not closed_by_resolution(action),
        )

    def problems(self, today: datetime.date) -> Problems:
        """What keeps it from becoming public on that day, by field."""
        news, action = self.as_news(), self.action
        wrong = check_references(action, self.corrects, self.handed_to_action, key=self.pk)
        return check_publication(news, self.circumstances(action, news, today)) | wrong

    def clean(self) -> None:
        """Refuse news that leaves out what the public is owed, and to publish what cannot follow what was said before.

        Raises:
            ValidationError: by field, each in plain words.
        """
        super().clean()
        problems = check_update(self) | check_ending(self.as_news())
        if self.live and self.path:
            problems |= self.problems(day_of_act())
        if problems:
            columns = {column.name for column in self._meta.concrete_fields}
            raise ValidationError(
                {field if field in columns else NON_FIELD_ERRORS: [words] for field, words in problems.items()}
            )
