"""The form of a row that belongs to a page: it asks for a page of a board that the person writes for, and for no other; rows that it may
be joined to are of these boards too."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from governance.board_rights import OWN_PAGES, pages_seen_by, pages_written_for


def rights_field(model: Any) -> str:
    """The name of the field with the page whose rights hold for rows of a model; empty where rows belong to nobody's board."""
    return str(getattr(model, "rights_of", ""))


class RowForm(WagtailAdminModelForm):
    """The form of one row of a register."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get(rights_field(self._meta.model))
        if field is not None:
            field.widget = AdminPageChooser(target_models=[field.queryset.model], user_perms=OWN_PAGES)
        for offered in self.fields.values():
            self._narrow(offered)

    def _narrow(self, field: Any) -> None:
        """Offer rows of a page only where it is of a board that the person works for: their very names may not be public."""
        offered = getattr(field, "queryset", None)
        page = rights_field(offered.model) if offered is not None else ""
        if offered is not None and page:
            field.queryset = offered.filter(**{f"{page}__in": pages_seen_by(self.for_user).values("pk")})

    def clean(self) -> dict[str, Any]:
        """Refuse a page of a board that the person does not write for."""
        answers = super().clean() or {}
        name = rights_field(self._meta.model)
        page = answers.get(name)
        if page is not None and not pages_written_for(self.for_user).filter(pk=page.pk).exists():
            self.add_error(name, ValidationError(_("Choose a page of a board that you write for.")))
        return answers
