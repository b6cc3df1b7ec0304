"""The admin's pages for partners: asking them, their links, and deciding on what they sent."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from governance.enums import AnswerState
from governance.models import ActionPage, PartnerAnswer, PartnerLink, PartnerRequest
from governance.operations.moderation import AsNews, approve_answer, return_answer, suggest_words
from governance.operations.partner_links import revoke_link, send_link
from governance.operations.partners import ask_for_news, ask_partners
from governance.partner_desk import desk_of, has_desk
from governance.partner_forms import ApproveForm, CascadeForm, LinkForm, NewsWantedForm, ReturnForm, SuggestForm
from governance.partner_rules import NEXT_STATES, WORDS
from governance.permissions import may_ask_partners, may_decide, may_publish_for, may_read_in_confidence, may_write_for
from governance.views import RecordStepView
from governance.wording import listed


class AskForNewsView(RecordStepView):
    """Asking the lead of an action, or a partner in it, for news."""

    record_class = ActionPage
    form_class = NewsWantedForm
    title = _("Ask for news")
    explanation = _(
        "We send a link by e-mail. Whoever opens it can report without a password. You read every answer before it is public."
    )
    button = _("Send the link")
    done = _("The link is on its way. The answer will be under “Answers”.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board, once the action is public."""
        return may_ask_partners(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The action, whose partners are offered."""
        return {"action": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask, and send the link."""
        asked = ask_for_news(action=record, organisation=answers["organisation"], due_on=answers["due_on"], by=user)
        return send_link(request=asked, email=answers["email"], by=user)


class AskPartnersView(RecordStepView):
    """Asking organisations to pass something on and to report back."""

    record_class = ActionPage
    form_class = CascadeForm
    title = _("Ask partners to pass it on")
    explanation = _("Each organisation is asked to pass this on to its people and to report back, by a link of its own.")
    button = _("Ask them")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board, once the action is public."""
        return may_ask_partners(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The action, whose organisations were perhaps asked before."""
        return {"action": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask all, and send a link to those whose address is known."""
        asked = ask_partners(action=record, asked_on=timezone.localdate(), by=user, **answers)
        for each in asked:
            if each.organisation.request_email:
                send_link(request=each, email=each.organisation.request_email, by=user)
        without = [str(each.organisation) for each in asked if not each.organisation.request_email]
        sent = len(asked) - len(without)
        said = ngettext("%(number)s link is on its way.", "%(number)s links are on their way.", sent) % {"number": sent}
        if without:
            said = f"{said} {_g('No address is known for %(names)s: ask them in another way.') % {'names': listed(without)}}"
        self.done = said


class RequestStepView(RecordStepView):
    """A step with a request; it leads back to it."""

    record_class: ClassVar[type[Model]] = PartnerRequest

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record.action)

    def subtitle(self) -> str:
        """Who was asked about what."""
        return str(self.record)

    def afterwards(self) -> str:
        """The request."""
        return reverse("partner_request", args=[self.record.pk])


class SendLinkView(RequestStepView):
    """Sending one more link for a request."""

    form_class = LinkForm
    title = button = _("Send a link")
    explanation = _("It opens this request and nothing else. Links sent before keep working until they are called back.")
    done = _("The link is on its way.")

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The organisation, whose address is filled in."""
        return {"organisation": record.organisation}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Send it."""
        return send_link(request=record, email=answers["email"], by=user)


class RevokeLinkView(RequestStepView):
    """Calling a link back."""

    record_class = PartnerLink
    title = button = _("Call the link back")
    explanation = _("The link opens nothing from now on. What was sent through it stays.")
    done = _("The link was called back.")
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record.partner_request.action)

    def subtitle(self) -> str:
        """To whom it was sent."""
        return str(self.record.email)

    def afterwards(self) -> str:
        """The request."""
        return reverse("partner_request", args=[self.record.partner_request_id])

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Call it back."""
        return revoke_link(link=record, by=user)


class AnswerStepView(RecordStepView):
    """A step with an answer; it leads back to what waits."""

    record_class = PartnerAnswer

    def may(self, user: Any, record: Any) -> bool:
        """Those who decide on it."""
        return may_decide(user, record)

    def subtitle(self) -> str:
        """Whose answer it is."""
        return str(self.record.partner_request.organisation)

    def afterwards(self) -> str:
        """The answers that wait."""
        return reverse("partner_answers")


class ApproveView(AnswerStepView):
    """Approving an answer."""

    form_class = ApproveForm
    title = button = _("Approve")
    explanation = _(
        "What it says goes on: news is credited to the organisation, and what was asked counts as answered. The partner is told."
    )
    done = _("Approved.")

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The answer, which says whether there is anything to choose."""
        return {"answer": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Approve it. An answer that becomes no news asks nothing."""
        news = AsNews(**{**answers, "milestones": answers.get("milestones", ())}) if answers else None
        return approve_answer(answer=record, by=user, news=news)


class ReturnView(AnswerStepView):
    """Returning an answer with a comment."""

    form_class = ReturnForm
    title = button = _("Return with a comment")
    explanation = _("The partner gets your comment by e-mail, with the same link, and can send the answer again.")
    done = _("Returned to the partner.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Return it."""
        return return_answer(answer=record, comment=answers["comment"], by=user)


class SuggestView(AnswerStepView):
    """Suggesting other words."""

    form_class = SuggestForm
    title = button = _("Suggest other words")
    explanation = _(
        "The partner sees both and agrees, or keeps its own. Somebody else than you approves the answer afterwards."
    )
    done = _("The partner is asked whether it agrees.")

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The answer, whose words are filled in."""
        return {"answer": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Suggest them."""
        return suggest_words(answer=record, words=answers, by=user)


def answers_from_partners(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person.

    Raises:
        PermissionDenied: they publish for no board.
    """
    if not has_desk(request.user):
        raise PermissionDenied
    return render(request, "governance/admin/partner_answers.html", {"desk": desk_of(request.user)})


def answer_of_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer, whole.

    Raises:
        PermissionDenied: it is not for this person.
    """
    answer = get_object_or_404(PartnerAnswer, pk=pk)
    if not may_decide(request.user, answer):
        raise PermissionDenied
    texts = [(_label(name), getattr(answer, name), answer.suggested.get(name, "")) for name in WORDS if getattr(answer, name)]
    can_suggest = AnswerState.TO_AGREE in NEXT_STATES[answer.state] and not answer.is_confidential and bool(texts)
    shown = {
        "answer": answer,
        "texts": texts,
        "steps": answer.partner_request.action.milestones.filter(pk__in=answer.done_milestones),
        "can_approve": AnswerState.APPROVED in NEXT_STATES[answer.state],
        "can_suggest": can_suggest,
    }
    return render(request, "governance/admin/partner_answer.html", shown)


def request_to_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its links and its answers.

    Raises:
        PermissionDenied: the person has nothing to do with the board.
    """
    asked = get_object_or_404(PartnerRequest.objects.select_related("action", "organisation"), pk=pk)
    if not may_write_for(request.user, asked.action) and not may_publish_for(request.user, asked.action):
        raise PermissionDenied
    answers = [
        answer
        for answer in asked.answers.select_related("link")
        if not answer.is_confidential or may_read_in_confidence(request.user, asked.action)
    ]
    if asked.reported_on is None and not asked.links.exists():
        messages.info(request, _g("No link has been sent for this request yet."))
    shown = {"asked": asked, "links": asked.links.all(), "answers": answers, "now": timezone.now()}
    return render(request, "governance/admin/partner_request.html", shown)


def _label(name: str) -> str:
    return str(PartnerAnswer._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
