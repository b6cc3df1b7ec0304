"""The forms with which pages are edited, where they need to know who edits."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.permissions import policy_registry

from governance.policies import check_follows

LONGEST_SLUG = 60


class RecordForm(WagtailAdminPageForm):
    """The form of any record. Where no address is given, it follows from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

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
    """News follows what was said before it: a closed action is only ever taken up again, with the reason."""

    def clean(self) -> dict[str, Any]:
        """Refuse news that cannot follow, and a correction of something else than news of the same action."""
        answers = super().clean() or {}
        corrected = answers.get("corrects")
        if corrected is not None and (corrected.pk == self.instance.pk or not corrected.is_child_of(self.parent_page)):
            self.add_error("corrects", _("Choose another update of this action."))
        elif answers.get("status") and answers.get("date"):
            before = self.instance.status_before(self.parent_page.specific, answers["date"], corrected)
            for field, message in check_follows(before, answers["status"], answers.get("reason", "")).items():
                self.add_error(field, message)
        return answers
