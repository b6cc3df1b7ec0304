"""What all registers share: list, filters, export, and whose rows a person sees and changes."""

from collections import OrderedDict
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.sites import AdminSite
from django.db.models import BooleanField, QuerySet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _g

from wagtail.permissions import policy_registry
from wagtail_modeladmin.helpers import ButtonHelper, PagePermissionHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from governance.board_rights import WORKING, pages_seen_by, pages_written_for
from governance.row_forms import RowForm, rights_field

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> Any:
    """The value of a cell that no spreadsheet runs: text that begins like a formula is given an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class RegisterView(IndexView):
    """The list, and its export."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the whole list where the address asks for something that cannot be looked up."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return redirect(self.index_url)
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)

    def to_row_dict(self, item: Any) -> "OrderedDict[str, Any]":
        """One row of the export. Choices are given in words, other records by name, and nothing as a formula."""
        row = super().to_row_dict(item)
        for name, value in row.items():
            words = getattr(item, f"get_{name}_display", None)
            row[name] = harmless(str(words() if words is not None else value) if words or hasattr(value, "pk") else value)
        return row


class Register(ModelAdmin):
    """A register of rows. Rows are added and changed, never deleted: what ends is given its end."""

    index_view_class = RegisterView
    list_display: tuple[str, ...] = ("__str__",)
    list_export: tuple[str, ...] = ()
    list_per_page = 50
    history_view_enabled = False

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        # Filters over other records ask a site of Django's own admin for an order; that admin is not installed here.
        self.admin_site = AdminSite()
        self.list_export = self.list_export or self.list_display
        self.list_display = tuple(self._in_words(name) for name in self.list_display)

    def _in_words(self, name: str) -> str:
        """The column to show: yes or no as a word, because the picture that Django has for it belongs to its own admin."""
        field = next((field for field in self.model._meta.fields if field.name == name), None)
        if not isinstance(field, BooleanField):
            return name

        def words(item: Any) -> str:
            return _g("Yes") if getattr(item, name) else _g("No")

        words.short_description = field.verbose_name  # type: ignore[attr-defined]
        words.admin_order_field = name  # type: ignore[attr-defined]
        setattr(self, f"{name}_in_words", words)
        return f"{name}_in_words"

    def get_list_export(self, request: Any) -> tuple[str, ...]:
        """The export has the columns of the list unless the register names others."""
        return self.list_export


class PageRights(PagePermissionHelper):
    """A register of pages is for those who see any; pages are added in their place in the tree."""

    def user_can_list(self, user: Any) -> bool:
        """Whoever may open the explorer."""
        return bool(policy_registry.get_by_type(self.model).user_has_any_permission(user, WORKING))

    def user_can_create(self, user: Any) -> bool:
        """Nobody here."""
        return False


class PageButtons(ButtonHelper):
    """The buttons of every row, worked out with one query for the whole list."""

    @cached_property
    def _changeable(self) -> set[int]:
        policy = policy_registry.get_by_type(self.model)
        pages = policy.instances_user_has_permission_for(self.request.user, "change")
        return set(pages.filter(pk__in=self.view.queryset.values("pk")).values_list("pk", flat=True))

    def get_primary_button(self, obj: Any) -> dict[str, Any] | None:
        """Where the title leads: the editor for those who may change it, else the public page."""
        if obj.pk in self._changeable:
            return {"url": reverse("wagtailadmin_pages:edit", args=[obj.pk]), "label": _g("Edit"), "title": _g("Edit")}
        return {"url": obj.get_url(self.request), "label": _g("View"), "title": _g("View")} if obj.live else None

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The same, as a button."""
        button = self.get_primary_button(obj)
        return [{**button, "classname": self.finalise_classname(["button-small", "button-secondary"])}] if button else []


class PageRegister(Register):
    """A register of records that have pages: shows what the person may see, in any board."""

    permission_helper_class = PageRights
    button_helper_class = PageButtons

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """The pages that the explorer would show, in one query."""
        policy = policy_registry.get_by_type(self.model)
        seen = policy.instances_user_has_any_permission_for(request.user, WORKING)
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))


class KeptRights(PermissionHelper):
    """Nobody deletes a row, whatever their other rights. A row that belongs to a page follows the rights on that page."""

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Those who change rows of this sort, and write for the board that this one belongs to."""
        if not super().user_can_edit_obj(user, obj):
            return False
        page = rights_field(self.model)
        return not page or pages_written_for(user).filter(pk=getattr(obj, f"{page}_id")).exists()

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never."""
        return False


class KeptButtons(ButtonHelper):
    """The buttons of every row, worked out with one query for the whole list."""

    @cached_property
    def _changeable(self) -> set[int]:
        rows, page = self.view.queryset, rights_field(self.model)
        if not self.permission_helper.user_has_specific_permission(
            self.request.user, self.permission_helper.get_perm_codename("change")
        ):
            return set()
        if page:
            rows = rows.filter(**{f"{page}__in": pages_written_for(self.request.user).values("pk")})
        return set(rows.values_list("pk", flat=True))

    def get_primary_button(self, obj: Any) -> dict[str, Any] | None:
        """Where the first column leads: the form, for those who may change the row."""
        return self.edit_button(obj.pk) if obj.pk in self._changeable else None

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The same, as a button."""
        button = self.get_primary_button(obj)
        return [button] if button else []


class KeptRegister(Register):
    """A register of rows without pages. Rows that belong to a page are shown to those who see that page in the explorer."""

    permission_helper_class = KeptRights
    button_helper_class = KeptButtons

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """Every row, or those of the boards that the person works for."""
        rows, page = super().get_queryset(request), rights_field(self.model)
        return rows.filter(**{f"{page}__in": pages_seen_by(request.user).values("pk")}) if page else rows

    def get_edit_handler(self) -> Any:
        """The form asks for pages of the person's own boards."""
        handler = super().get_edit_handler()
        if rights_field(self.model) and not hasattr(self.model, "base_form_class"):
            handler.base_form_class = RowForm
        return handler
