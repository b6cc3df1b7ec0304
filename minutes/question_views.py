"""The steps with a question, petition or deputation in the admin. Each calls one operation."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.views import RecordStepView
from minutes.models import PublicQuestion, QuestionContact
from minutes.operations.question_corrections import correct_question
from minutes.operations.questions import accept_question, answer_question, decline_question, give_reply, withdraw_question
from minutes.permissions import may_answer_questions, may_see_contact
from minutes.question_forms import AcceptForm, AnswerForm, CorrectionForm, DeclineForm, ReplyForm
from minutes.question_rules import steps_with


class QuestionStepView(RecordStepView):
    """A step with one question, for those who publish for its board."""

    record_class = PublicQuestion

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board: every step shows something to the public, or takes it away."""
        return may_answer_questions(user, record.meeting)

    def subtitle(self) -> str:
        """Which one it is."""
        return str(self.record)

    def afterwards(self) -> str:
        """Back to the question."""
        return reverse("question", args=[self.record.pk])


class AcceptQuestionView(QuestionStepView):
    """Accepting it for the meeting."""

    form_class = AcceptForm
    title = button = _("Accept")
    explanation = _("It stands on the meeting's page from now on, in the order it was received.")

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """Its words and the items of its meeting."""
        return {"question": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Accept it."""
        accept_question(question=record, by=user, **answers)


class DeclineQuestionView(QuestionStepView):
    """Declining it."""

    form_class = DeclineForm
    title = button = _("Do not accept")
    explanation = _("The meeting's page says that it was not accepted and why. This is final.")
    risky = True

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The board's own reasons."""
        return {"reasons": [row.words for row in record.meeting.board.declining_reasons.all()]}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Decline it."""
        decline_question(question=record, by=user, **answers)


class AnswerQuestionView(QuestionStepView):
    """Recording the answer."""

    form_class = AnswerForm
    title = button = _("Record the answer")
    explanation = _("It is shown beside the question and stands in the minutes. This is final.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        answer_question(question=record, by=user, **answers)


class ReplyView(QuestionStepView):
    """Recording the written reply."""

    form_class = ReplyForm
    title = button = _("Record the written reply")
    explanation = _("It is shown beside the question. This is final.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        give_reply(question=record, by=user, **answers)


class CorrectQuestionView(QuestionStepView):
    """Correcting words that were shown."""

    form_class = CorrectionForm
    title = button = _("Correct its words")
    explanation = _(
        "The new words are read wherever it is shown, with the day and the reason. Packs built before keep the old ones."
    )

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """What it has of words."""
        return {"question": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Correct them."""
        correct_question(question=record, by=user, **answers)


class WithdrawQuestionView(QuestionStepView):
    """Recording that it was taken back."""

    title = button = _("Taken back by who asked")
    explanation = _("It is no longer shown.")
    risky = True

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Withdraw it."""
        withdraw_question(question=record, by=user)


def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one question, how to reach who asked, and the steps that can be taken.

    Raises:
        PermissionDenied: the person neither writes for the board nor looks at everything.
    """
    question = get_object_or_404(PublicQuestion.objects.select_related("meeting", "item"), pk=pk)
    if not may_see_contact(request.user, question.meeting):
        raise PermissionDenied
    contact = QuestionContact.objects.filter(question=question.pk).first()
    steps = steps_with(question) if may_answer_questions(request.user, question.meeting) else []
    context = {"question": question, "contact": contact, "steps": steps}
    return render(request, "minutes/admin/question.html", context)
