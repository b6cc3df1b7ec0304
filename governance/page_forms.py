"""The forms with which pages are edited, where they need to know who edits."""

from dataclasses import fields
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.permissions import policy_registry

from governance.approving import check_publishes, plain
from governance.exceptions import Refused
from governance.news_rules import Problems, check_milestones, check_publication, check_references, check_sequence
from governance.offered_words import offered_words
from governance.progress import News

LONGEST_SLUG = 60
PARTNERS_WORDS = {
    "what_changed",
    "confidence",
    "reason",
    "recovery_step",
    "who_was_involved",
    "could_not_change",
    "next_step",
    "organisation",
}
"""What news consists of that came from a partner through its link."""
PUBLISHING = frozenset({"action-publish", "action-submit"})
"""The buttons that make a draft public, or ask somebody to."""


class RecordForm(WagtailAdminPageForm):
    """The form of any record. Where no address is given, it follows from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse to publish what the person changed last, where somebody else approves it; what was typed stays.

        Raises:
            ValidationError: in plain words.
        """
        answers = super().clean() or {}
        if "action-publish" in self.data and self.for_user is not None:
            # With changes in the form, who publishes it is who changed it last.
            changed = not self.instance.pk or self.changes_words()
            try:
                check_publishes(self.instance, self.for_user, changed, self.parent_page)
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return answers

    def changes_words(self) -> bool:
        """Whether somebody typed something, not only looked: the editor marks paragraphs by itself."""
        before, now = self.initial, self.cleaned_data
        typed = [name for name in self.changed_data if name in now and _value(now[name]) != _value(before.get(name))]
        return bool(typed) or any(formset.has_changed() for formset in self.formsets.values())

    def clean_slug(self) -> str:
        """The address as typed, else one made from the title that no neighbour has.

        Raises:
            ValidationError: another record was public there, so the address is that record's for ever.
        """
        typed = str(self.cleaned_data.get("slug") or "")
        wanted = slugify(self.cleaned_data.get("title") or "")[:LONGEST_SLUG].strip("-")
        slug = typed or find_available_slug(self.parent_page, wanted or "record", ignore_page_id=self.instance.pk)
        was_public = Page.objects.filter(public_addresses__path=f"{self.parent_page.url_path}{slug}/")
        if was_public.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another record was public at this address. Choose another."))
        return slug


class ActionForm(RecordForm):
    """Offers the boards that the person writes for. Which board made a promise does not change once it is public."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("board")
        if field is None:
            return
        if self.instance.reference:
            field.disabled = True
        else:
            field.queryset = self._boards(field.queryset)

    def _boards(self, boards: QuerySet[Any]) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(type(self.instance))
        written_for = policy.instances_user_has_permission_for(self.for_user, "add")
        return boards.filter(Q(pk__in=written_for.values("pk")) | Q(pk=self.instance.board_id))

    def clean_board(self) -> Any:
        """Refuse another board than those offered.

        Raises:
            ValidationError: the board has ended.
        """
        board = self.cleaned_data["board"]
        if board.ended_on and not self.instance.pk:
            raise ValidationError(_("This board has ended. Choose its successor."))
        return board


class UpdateForm(RecordForm):
    """News follows what was said before it: the form asks what publication will ask, so that nothing typed is lost.

    Who offers news for a partner offers it in that partner's name, and the words that a partner sent stay as they are.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_partner()
        if self.instance.pk and self.instance.partner_answers.exists():
            for name in PARTNERS_WORDS & self.fields.keys():
                self.fields[name].disabled = True
                self.fields[name].help_text = _("The partner's own words: they stay as the partner sent them.")
        done = self.formsets.get("milestones_done")
        if done is not None:
            done.form = _with_milestones_of(self.parent_page, done.form)

    def _name_the_partner(self) -> None:
        field = self.fields.get("organisation")
        if field is None or self.for_user is None or self.for_user.is_superuser:
            return
        own = field.queryset.filter(contributors__user=self.for_user)
        if own.exists() and not self.parent_page.specific.permissions_for_user(self.for_user).holds("change"):
            field.queryset, field.required, field.empty_label = own, True, None
            field.initial = own.first()

    def clean(self) -> dict[str, Any]:
        """Refuse news that cannot follow, a correction of something else, and a milestone that is not the action's."""
        answers = super().clean() or {}
        for field, message in self._changed_words(answers).items():
            self.add_error(field, message)
        if answers.get("status") and answers.get("date"):
            for field, message in self._problems(answers).items():
                self.add_error(field if field in self.fields else None, message)
        return answers

    def _changed_words(self, answers: dict[str, Any]) -> Problems:
        """The words of a partner that are to be published otherwise than it offered or agreed them."""
        goes_on = PUBLISHING & set(self.data) and self.for_user is not None and self.for_user.pk != self.instance.owner_id
        offered = offered_words(self.instance) if goes_on else None
        said = _("These are the partner's words, changed. Save a draft: the partner is asked whether it agrees.")
        changed = [name for name, words in (offered or {}).items() if words.split() != str(answers.get(name) or "").split()]
        return {name: said for name in changed if name in self.fields}

    def _problems(self, answers: dict[str, Any]) -> Problems:
        action = self.parent_page.specific
        corrected, target = answers.get("corrects"), answers.get("handed_to_action")
        wrong = check_references(action, corrected, target, key=self.instance.pk)
        if wrong:
            return wrong
        news = self._as_news(answers)
        known = type(self.instance).circumstances(action, news, self._day_of_publication(answers))
        if PUBLISHING & set(self.data):
            return check_publication(news, known)
        return check_sequence(news, known) | check_milestones(news, known)

    def _as_news(self, answers: dict[str, Any]) -> News:
        said = {
            column.name: answers[column.name]
            for column in fields(News)
            if answers.get(column.name) is not None and column.name not in {"corrects", "handed_to_action"}
        }
        corrected, target = answers.get("corrects"), answers.get("handed_to_action")
        return News(
            key=self.instance.pk or 0,
            corrects=corrected.pk if corrected else None,
            handed_to_action=target.pk if target else None,
            milestones=self._milestones(),
            **{"confidence": "", **said},
        )

    def _milestones(self) -> tuple[tuple[int, date], ...]:
        """The rows of the milestones that are done, as far as they are filled in."""
        done = self.formsets.get("milestones_done")
        rows = [form.cleaned_data for form in done.forms if form.is_valid()] if done is not None and done.is_bound else []
        return tuple(
            (row["milestone"].pk, row["done_on"]) for row in rows if row.get("milestone") and not row.get(DELETION_FIELD_NAME)
        )

    def _day_of_publication(self, answers: dict[str, Any]) -> date:
        planned = answers.get("go_live_at")
        return timezone.localdate(planned) if planned else timezone.localdate()


def _with_milestones_of(action: Any, form_class: Any) -> Any:
    """The form of one row, offering the milestones of this action."""
    offered = type(form_class)(form_class.__name__, (form_class,), {"Meta": form_class.Meta})
    field = offered.base_fields["milestone"]
    field.queryset = field.queryset.filter(action_id=action.pk)
    return offered


def _value(value: Any) -> Any:
    """A value of a field as it is compared: a record by its key, nothing as nothing."""
    return plain(getattr(value, "pk", value)) or None
