"""Registers: lists of what is kept, with filters, search and export. What they share stands first."""

from collections import OrderedDict
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.sites import AdminSite
from django.db.models import BooleanField, QuerySet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.permissions import policy_registry
from wagtail_modeladmin.helpers import ButtonHelper, PagePermissionHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView

from governance.board_rights import WORKING
from governance.models import (
    ActionPage,
    BodyType,
    Commitment,
    CoproductionPrinciple,
    Membership,
    Organisation,
    OrganisationType,
    PartnerRequest,
    PeopleGroup,
    Person,
    Service,
    SuitabilityReview,
)

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
    """Nobody deletes a row, whatever their other rights."""

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Never."""
        return False


class KeptRegister(Register):
    """A register of rows without pages."""

    permission_helper_class = KeptRights


class OrganisationRegister(KeptRegister):
    """Partner organisations."""

    model = Organisation
    menu_icon = "group"
    list_display = ("name", "short_name", "type", "contact", "ended_on")
    list_filter = ("type",)
    list_select_related = ("type",)
    search_fields = ("name", "short_name")


class PersonRegister(KeptRegister):
    """People in public roles. An e-mail address is for reminders and is not exported."""

    model = Person
    menu_icon = "user"
    list_display = ("name", "title", "role", "organisation")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("name", "role", "organisation__name")


class MembershipRegister(KeptRegister):
    """Who sits on which board, from when to when."""

    model = Membership
    menu_icon = "clipboard-list"
    list_display = ("person", "board", "role", "seat_group", "votes", "organisation", "from_date", "to_date")
    list_filter = ("board", "role", "votes")
    list_select_related = ("person", "board", "organisation")
    search_fields = ("person__name", "seat_group", "organisation__name")


class PeopleGroupRegister(KeptRegister):
    """Groups of people who take part."""

    model = PeopleGroup
    menu_icon = "group"
    list_display = ("name", "has_lived_experience", "organisation")
    list_filter = ("has_lived_experience", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name", "remit")


class OrganisationTypeRegister(KeptRegister):
    """Sorts of organisation."""

    model = OrganisationType
    menu_icon = "tag"
    list_display = ("name",)
    search_fields = ("name",)


class BodyTypeRegister(KeptRegister):
    """Sorts of board, and the law each stands on."""

    model = BodyType
    menu_icon = "tag"
    list_display = ("name", "law")
    search_fields = ("name", "law")


class CommitmentRegister(KeptRegister):
    """Promises word for word, with their source."""

    model = Commitment
    menu_icon = "openquote"
    list_display = ("text", "organisation", "strategy", "workstream", "made_on", "source_title", "source_place")
    list_filter = ("organisation", "strategy", "workstream")
    list_select_related = ("organisation", "strategy", "workstream")
    search_fields = ("text", "source_title")


class PartnerRequestRegister(KeptRegister):
    """What each organisation was asked to pass on, and whether it reported back."""

    model = PartnerRequest
    menu_icon = "mail"
    list_display = ("organisation", "action", "kind", "asked_on", "due_on", "state", "door")
    list_export = ("organisation", "action", "kind", "asked_on", "due_on", "acknowledged_on", "cascaded_on", "reported_on")
    list_filter = ("kind", "organisation")
    list_select_related = ("organisation", "action")
    search_fields = ("organisation__name", "action__title")

    def door(self, request: PartnerRequest) -> SafeString:
        """Where its links and answers are."""
        return format_html('<a href="{}">{}</a>', reverse("partner_request", args=[request.pk]), _g("Links and answers"))

    door.short_description = ""  # type: ignore[attr-defined]


class ServiceRegister(KeptRegister):
    """Services that could be co-produced."""

    model = Service
    menu_icon = "cog"
    list_display = ("name", "organisation", "next_review_on", "ended_on")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name", "description")


class SuitabilityReviewRegister(KeptRegister):
    """Each year's answer for each service."""

    model = SuitabilityReview
    menu_icon = "check"
    list_display = ("service", "year", "verdict", "reviewed_on", "reason", "action")
    list_filter = ("year", "verdict")
    list_select_related = ("service", "action")
    search_fields = ("service__name", "reason")


class PrincipleRegister(KeptRegister):
    """The principles of co-production."""

    model = CoproductionPrinciple
    menu_icon = "tag"
    list_display = ("name", "explanation", "source")
    search_fields = ("name", "explanation")


class ActionRegister(PageRegister):
    """Every action, with where it stands."""

    model = ActionPage
    menu_icon = "tasks"
    menu_label = _("Actions")
    list_display = (
        "title",
        "reference",
        "board",
        "kind",
        "status",
        "confidence",
        "lead_organisation",
        "due_on",
        "next_news_on",
    )
    list_filter = ("board", "status", "confidence", "kind", "lead_organisation")
    list_select_related = ("board", "lead_organisation")
    search_fields = ("title", "reference", "promise")
    ordering = ("board__title", "title")


class PeopleAndPartners(ModelAdminGroup):
    """Who takes part."""

    menu_label = _("People and partners")
    menu_icon = "group"
    menu_order = 220
    items = (
        OrganisationRegister,
        PersonRegister,
        MembershipRegister,
        PeopleGroupRegister,
        OrganisationTypeRegister,
        BodyTypeRegister,
    )


class Promises(ModelAdminGroup):
    """What was promised, and what came of it."""

    menu_label = _("Promises")
    menu_icon = "tasks"
    menu_order = 210
    items = (
        ActionRegister,
        CommitmentRegister,
        PartnerRequestRegister,
        ServiceRegister,
        SuitabilityReviewRegister,
        PrincipleRegister,
    )
