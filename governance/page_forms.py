"""The forms with which pages are edited, where they need to know who edits."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.permissions import policy_registry


class ActionForm(WagtailAdminPageForm):
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
