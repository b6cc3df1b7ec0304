"""The page that a partner's link opens: the request, what was sent through the link, and the ways to answer.

Reading it changes nothing. The address is the secret that lets somebody in, so the page is kept by nobody, found by no search
engine and told to no other site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from governance.enums import AnswerKind, AnswerState
from governance.exceptions import Refused
from governance.models import PartnerAnswer, PartnerLink
from governance.operations.partner_answers import (
    add_to_answer,
    agree_to_words,
    keep_own_words,
    receive_answer,
    send_again,
    states_of,
)
from governance.operations.partner_links import find_link
from governance.partner_rules import OFFERED, WORDS, can_add, is_open, may_answer
from home.partner_forms import LABELS, MAIN_QUESTION, AnswerForm, open_steps

View = Callable[..., HttpResponse]
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
}


def told_to_nobody(view: View) -> View:
    """Every answer of the view keeps its address to itself."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return kept


# Whoever can forge a request here knows the secret address and could answer anyway; and under `no-referrer` a browser says that
# a form comes from nowhere, which Django's check would refuse.
@csrf_exempt
@told_to_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def partner_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one link, or why it opens nothing."""
    link = find_link(token)
    if link is None:
        return render(request, "home/partner_no_link.html", {"ended": False}, status=404)
    if not is_open(link, timezone.now()):
        return render(request, "home/partner_no_link.html", {"ended": True}, status=410)
    if request.method == "POST":
        return _post(request, link)
    return _show(request, link, _empty_form(link, request.GET.get("answer", "")))


def _post(request: HttpRequest, link: PartnerLink) -> HttpResponse:
    try:
        posted = request.POST
    except RequestDataTooBig:
        return _show(request, link, None, problem=_("That is far too long to be sent here. Nothing was kept."), status=413)
    given, had_nul = _without_nul(posted)
    answer = link.answers.filter(pk=_number(given.get("of", ""))).select_related("link", "partner_request").first()
    form = _form_of(link, answer, given)
    if form is not None and had_nul:
        form.add_error(
            None, _("Your text held a hidden character that cannot be kept. We took it out: look, and send it again.")
        )
    if form is not None and not form.is_valid():
        return _show(request, link, form, returned=answer, status=400)
    try:
        _run(link, answer, given, form)
    except Refused as refusal:
        return _show(request, link, form, returned=answer, problem=str(refusal), status=409)
    except ValidationError as error:
        _explain(form, error)
        return _show(request, link, form, returned=answer, status=400)
    return HttpResponseRedirect(f"{request.path}?sent=yes")


def _run(link: PartnerLink, answer: PartnerAnswer | None, given: QueryDict, form: AnswerForm | None) -> None:
    """What the button asks for.

    Raises:
        Refused: it asks for nothing that can be done here.
    """
    wish = given.get("do", "")
    if wish == "send" and form is not None:
        receive_answer(link=link, kind=form.kind, given=form.cleaned_data)
    elif wish == "again" and answer is not None and form is not None:
        send_again(answer=answer, given=form.cleaned_data)
    elif wish == "add" and answer is not None:
        add_to_answer(answer=answer, text=given.get("text", ""))
    elif wish == "agree" and answer is not None:
        agree_to_words(answer=answer)
    elif wish == "keep" and answer is not None:
        keep_own_words(answer=answer, objection=given.get("text", ""))
    else:
        raise Refused(_("Choose one of the answers."))


def _form_of(link: PartnerLink, answer: PartnerAnswer | None, given: QueryDict) -> AnswerForm | None:
    wish = given.get("do", "")
    if wish == "again" and answer is not None:
        return AnswerForm.of(answer, given)
    if wish == "send" and given.get("answer") in OFFERED[link.partner_request.kind]:
        asked = link.partner_request
        return AnswerForm(given, asked_for=asked.kind, kind=given.get("answer", ""), steps=open_steps(asked))
    return None


def _empty_form(link: PartnerLink, kind: str) -> AnswerForm | None:
    if kind not in OFFERED[link.partner_request.kind]:
        return None
    return AnswerForm(asked_for=link.partner_request.kind, kind=kind, steps=open_steps(link.partner_request))


def _show(
    request: HttpRequest,
    link: PartnerLink,
    form: AnswerForm | None,
    *,
    returned: PartnerAnswer | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = link.partner_request
    can_answer = may_answer(asked, states_of(link))
    shown = {
        "asked": asked,
        "action": asked.action,
        "link": link,
        "sent": [_as_shown(answer, form, returned) for answer in link.answers.select_related("partner_request", "update")],
        "just_sent": status == 200 and request.GET.get("sent") == "yes",
        "form": form if returned is None and can_answer else None,
        "kinds": [AnswerKind(kind) for kind in OFFERED[asked.kind]] if can_answer else [],
        "problem": problem,
        "typed": request.POST.get("text", "").replace("\x00", "") if status == 409 else "",
    }
    return render(request, "home/partner_link.html", shown, status=status)


def _as_shown(answer: PartnerAnswer, form: AnswerForm | None, returned: PartnerAnswer | None) -> dict[str, Any]:
    """One answer with what its sender can do about it."""
    texts = [(_question(name, answer.kind), getattr(answer, name), answer.suggested.get(name, "")) for name in WORDS]
    again = None
    if answer.state == AnswerState.RETURNED:
        again = form if form is not None and returned is not None and returned.pk == answer.pk else AnswerForm.of(answer)
    return {
        "answer": answer,
        "texts": [text for text in texts if text[1] or text[2]],
        "can_add": can_add(answer.state),
        "to_agree": answer.state == AnswerState.TO_AGREE,
        "again": again,
    }


def _question(name: str, kind: str) -> Any:
    question = MAIN_QUESTION[kind] if name == "words" and kind in MAIN_QUESTION else LABELS.get(name, "")
    return str(question).replace(_(" (optional)"), "")


def _without_nul(posted: QueryDict) -> tuple[QueryDict, bool]:
    given = posted.copy()
    for name, values in posted.lists():
        given.setlist(name, [value.replace("\x00", "") for value in values])
    return given, given != posted


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _explain(form: AnswerForm | None, error: ValidationError) -> None:
    if form is None:
        raise error
    for name, messages in error.message_dict.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
