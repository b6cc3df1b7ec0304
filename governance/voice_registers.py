"""The registers of what people said and wrote: comments to be settled, points and their answers, standards."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail.permissions import policy_registry
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdminGroup

from governance.enums import CommentState
from governance.models import ActionPage, Comment, Point, Standard
from governance.register_parts import KeptRegister, KeptRights


class CommentRights(KeptRights):
    """Nobody writes or rewrites a comment: it is settled, once, on a page of its own."""

    def user_can_create(self, user: Any) -> bool:
        """Never: comments come from the public."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Never."""
        return False


class CommentButtons(ButtonHelper):
    """What can be done with a comment: settle it while nobody has."""

    def get_primary_button(self, obj: Any) -> dict[str, Any] | None:
        """Where the words of the comment lead."""
        if obj.state != CommentState.RECEIVED:
            return None
        where = reverse("settle_comment", args=[obj.about_id, obj.pk])
        return {"url": where, "label": _g("Answer or keep back"), "title": _g("Answer or keep back")}

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The same, as a button."""
        button = self.get_primary_button(obj)
        return [{**button, "classname": self.finalise_classname(["button-small", "button-secondary"])}] if button else []


class CommentRegister(KeptRegister):
    """What people wrote about actions of the boards the person publishes for; those that wait stand first."""

    model = Comment
    menu_icon = "comment"
    menu_label = _("Comments")
    permission_helper_class = CommentRights
    button_helper_class = CommentButtons
    list_display = ("text", "about", "raised_by", "received_at", "state", "reason", "settled_at")
    list_filter = ("state", "raised_by")
    list_select_related = ("about",)
    search_fields = ("text", "about__title", "reason")
    ordering = ("settled_at", "-received_at")

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """Comments are not public before they are settled, so they are seen only by those who may look at the action."""
        seen = policy_registry.get_by_type(ActionPage).instances_user_has_any_permission_for(request.user, {"publish", "view"})
        return super().get_queryset(request).filter(about__in=seen.values("pk"))


class PointRegister(KeptRegister):
    """What people said, and the answers."""

    model = Point
    menu_icon = "comment"
    list_display = ("text", "raised_by", "source", "raised_on", "answer_kind", "answered_on", "published", "about")
    list_filter = ("answer_kind", "source", "published")
    list_select_related = ("about",)
    search_fields = ("text", "raised_by", "answer")


class StandardRegister(KeptRegister):
    """Standards written with people, each version."""

    model = Standard
    menu_icon = "form"
    list_display = ("title", "version", "agreed_on", "organisation", "service", "published")
    list_filter = ("organisation", "published")
    list_select_related = ("organisation", "service")
    search_fields = ("title", "text")


class Voices(ModelAdminGroup):
    """What people said and wrote."""

    menu_label = _("Voices")
    menu_icon = "comment"
    menu_order = 215
    items = (CommentRegister, PointRegister, StandardRegister)
