"""The registers of meetings: decisions, attendance, papers, follow-ups, questions and grounds for private business."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.helpers import PagePermissionHelper
from wagtail_modeladmin.options import ModelAdminGroup

from governance.models import FreeDay
from governance.register_parts import KeptButtons, KeptRegister, KeptRights, PageRegister, PageRights
from minutes.enums import QuestionState
from minutes.models import (
    Attendance,
    ExemptionGround,
    FollowUp,
    MeetingPage,
    Paper,
    ProgrammeEntry,
    PublicQuestion,
    ResolutionPage,
)


class MeetingRights(PageRights):
    """Meetings are added from their register: it asks for the board where there are several."""

    def user_can_create(self, user: Any) -> bool:
        """Whoever may add a meeting to some board."""
        return bool(PagePermissionHelper.user_can_create(self, user))


class MeetingRegister(PageRegister):
    """Every meeting, the next and latest first."""

    model = MeetingPage
    permission_helper_class = MeetingRights
    menu_icon = "calendar-alt"
    menu_label = _("Meetings")
    list_display = ("title", "reference", "starts_at", "kind", "status", "venue")
    list_filter = ("status", "kind", "starts_at")
    search_fields = ("title", "reference", "venue")
    ordering = ("-starts_at",)


class RecommendationFilter(SimpleListFilter):
    """Recommendations to other bodies: those that are open, and those that were answered."""

    title = _("recommendation to another body")
    parameter_name = "recommendation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What can be chosen."""
        return [("open", _("Not answered yet")), ("answered", _("Answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those chosen, adopted ones only."""
        if self.value() not in {"open", "answered"}:
            return queryset
        made = queryset.filter(adopted_at__isnull=False).exclude(recommended_to="")
        is_open = Q(answer_to_recommendation="")
        return made.filter(is_open if self.value() == "open" else ~is_open)


class ResolutionRegister(PageRegister):
    """Every resolution, and whether it still holds."""

    model = ResolutionPage
    menu_icon = "clipboard-list"
    menu_label = _("Resolutions")
    list_display = ("title", "reference", "text", "outcome", "standing", "adopted_at", "no_action_needed", "recommended_to")
    list_filter = ("standing", "outcome", "no_action_needed", RecommendationFilter, "call_in")
    search_fields = ("title", "reference", "text")
    ordering = ("-adopted_at", "path")


class AttendanceRights(KeptRights):
    """Attendance is recorded on the page “Who is in the room”, where substitutes are checked and the ledger is written."""

    def user_can_create(self, user: Any) -> bool:
        """Nobody here."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Nobody here."""
        return False


class AttendanceButtons(KeptButtons):
    """Where each line leads: to the room of its meeting, for those who write for the board."""

    def get_primary_button(self, obj: Any) -> dict[str, Any] | None:
        """The room."""
        if obj.pk not in self._changeable:
            return None
        where, words = reverse("meeting_room", args=[obj.meeting_id]), _g("Who is in the room")
        return {"url": where, "label": words, "title": words, "classname": self.finalise_classname(["button-small"])}


class AttendanceRegister(KeptRegister):
    """Who was at which meeting."""

    model = Attendance
    permission_helper_class = AttendanceRights
    button_helper_class = AttendanceButtons
    menu_icon = "user"
    menu_label = _("Attendance")
    list_display = ("name", "meeting", "presence", "presided", "votes", "in_place_of")
    list_filter = ("presence", "presided")
    list_select_related = ("meeting",)
    search_fields = ("name", "meeting__title", "meeting__reference")


class PaperRegister(KeptRegister):
    """The papers of every item, and how far they are."""

    model = Paper
    menu_icon = "doc-full"
    list_display = ("title", "item", "kind", "state")
    list_filter = ("state", "kind")
    list_select_related = ("item",)
    search_fields = ("title", "item__title", "item__reference")


class FollowUpRegister(KeptRegister):
    """Small administrative actions: the action log."""

    model = FollowUp
    menu_icon = "list-ul"
    list_display = ("text", "owner", "due_words", "due_on", "done_on", "item", "action")
    list_filter = ("due_on", "done_on")
    list_select_related = ("item", "action")
    search_fields = ("text", "owner", "item__title")


class QuestionRights(KeptRights):
    """The words of a question are changed in its form only until it is accepted, when they are shown."""

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Those who write for its board, while nobody outside has seen it."""
        return obj.state == QuestionState.RECEIVED and super().user_can_edit_obj(user, obj)


class QuestionButtons(KeptButtons):
    """Where each question leads: to all that is known of it and the steps with it; to its form while that is open."""

    def get_primary_button(self, obj: Any) -> dict[str, Any]:
        """The page of the question."""
        where = reverse("question", args=[obj.pk])
        return {"url": where, "label": _g("Open"), "title": _g("Open"), "classname": self.finalise_classname(["button-small"])}

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The same, and the form."""
        edit = super().get_primary_button(obj) if obj.state == QuestionState.RECEIVED else None
        return [self.get_primary_button(obj), *([edit] if edit else [])]


class PublicQuestionRegister(KeptRegister):
    """What the public put to the boards, and the answers. How to reach who asked stands in no list and no export."""

    model = PublicQuestion
    menu_icon = "help"
    permission_helper_class = QuestionRights
    button_helper_class = QuestionButtons
    list_display = ("__str__", "kind", "asked_by", "meeting", "received_on", "state", "answered_on", "reply_due_on")
    list_export = (
        "kind",
        "subject",
        "text",
        "asked_by",
        "signatures",
        "meeting",
        "received_on",
        "was_late",
        "state",
        "answer",
        "answered_on",
        "supplementary",
        "supplementary_answer",
        "reply_due_on",
        "reply",
        "replied_on",
    )
    list_filter = ("kind", "state", "was_late")
    list_select_related = ("meeting",)
    search_fields = ("subject", "text", "asked_by", "answer")


class ExemptionGroundRegister(KeptRegister):
    """Grounds for taking business in private."""

    model = ExemptionGround
    menu_icon = "lock"
    list_display = ("short_name", "description", "law", "compulsory")
    list_filter = ("compulsory",)
    search_fields = ("short_name", "description")


class ProgrammeRegister(KeptRegister):
    """What is to come before a board and is on no agenda yet."""

    model = ProgrammeEntry
    menu_icon = "date"
    menu_label = _("Work programme")
    list_display = ("title", "board", "purpose", "wanted_by", "meeting", "is_public", "item")
    list_filter = ("purpose", "is_public", "is_key_decision")
    list_select_related = ("board", "meeting", "item")
    search_fields = ("title", "about", "lead")


class FreeDayRegister(KeptRegister):
    """Days besides the bank holidays that do not count as notice."""

    model = FreeDay
    menu_icon = "date"
    list_display = ("day", "name", "nation", "board")
    list_filter = ("nation",)
    list_select_related = ("board",)
    search_fields = ("name",)


class Meetings(ModelAdminGroup):
    """What meetings leave behind."""

    menu_label = _("Meetings")
    menu_icon = "calendar-alt"
    menu_order = 200
    items = (
        MeetingRegister,
        ResolutionRegister,
        AttendanceRegister,
        ProgrammeRegister,
        PaperRegister,
        FollowUpRegister,
        PublicQuestionRegister,
        ExemptionGroundRegister,
        FreeDayRegister,
    )
