"""The registers of governance: people, partners and promises."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdminGroup

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
from governance.register_parts import KeptRegister, PageRegister


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

    menu_label = _("People")
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
