"""What an item says in private, in the admin: one page that shows it and its steps. To everybody else none of them is there."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters

from governance.exceptions import Refused
from governance.second_factor import require_second_factor
from governance.views import RecordStepView
from minutes.models import (
    AgendaItemPage,
    ReleaseProposal,
    RestrictedPart,
    RestrictedReading,
    RestrictedRelease,
    RestrictionReview,
)
from minutes.operations.closed_confirming import confirmation_of_part
from minutes.operations.releasing import (
    continue_restriction,
    papers_proposed,
    proposal_of,
    propose_release,
    publish_summary,
    release_proposed,
    return_release,
)
from minutes.operations.restricted import Restriction, draft_exclusion, may_be_moved, read_part, write_part
from minutes.restricted_forms import ContinueForm, ReleaseForm, ReturnForm, WritePartForm
from minutes.restricted_paper_lines import lines_of_papers
from minutes.restricted_reading import may_release_restricted, may_write_restricted, papers_of_part, part_to_show

READINGS_SHOWN = 20
kept_nowhere = method_decorator([sensitive_post_parameters(), cache_control(private=True, no_store=True)], name="dispatch")
"""No browser, server or report of a fault keeps what is shown or sent."""


@kept_nowhere
class RestrictedPartView(View):
    """The words of a part, why they are kept back, who read them, and what can be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, and note that it was opened."""
        part = part_to_show(request, pk)
        item, user = part.item, request.user
        context: dict[str, Any] = {
            "part": part,
            "writes": may_write_restricted(user, item),
            "releases": may_release_restricted(user, item),
            "reviews": RestrictionReview.objects.filter(part=part).select_related("by"),
            "readings": RestrictedReading.objects.filter(part=part).select_related("by", "paper")[:READINGS_SHOWN],
            "released": RestrictedRelease.objects.filter(item=item),
            "proposal": proposal_of(part),
            "proposed_papers": set(papers_proposed(part)),
            "adds_papers": may_write_restricted(user, item) and part.is_in_force and not item.meeting.is_confirmed,
            "moves": may_write_restricted(user, item) and may_be_moved(part),
        }
        try:
            context["words"] = words = read_part(part=part, by=user)
            context["opened"] = True
            context["confirmation"] = confirmation = confirmation_of_part(part)
            context["confirms"] = bool(words.minute) and confirmation is None and part.is_in_force
            context["draft_minute"] = confirmation.draft() if confirmation is not None and confirmation.is_corrected else ""
            context["papers"] = lines_of_papers(papers_of_part(user, part))
        except Refused as refusal:
            context["refused"] = str(refusal)
        return render(request, "minutes/admin/restricted_part.html", context, status=409 if "refused" in context else 200)


@kept_nowhere
class RestrictedStepView(RecordStepView):
    """One step with the part of an item that is not for publication."""

    record_class = AgendaItemPage
    needs_part: ClassVar[bool] = True
    shows_words: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask the policy.

        Raises:
            Http404: there is no such item, or not for this person; neither is told apart.
            SecondFactorNeeded: they have to give a second factor first.
        """
        item = AgendaItemPage.objects.filter(pk=kwargs["pk"]).first()
        if item is None or not self.may(request.user, item):
            raise Http404
        self.record = item
        self.part = RestrictedPart.objects.filter(item=item).select_related("item", "motion").first()
        if self.part is None and self.needs_part:
            raise Http404
        require_second_factor(request)
        return View.dispatch(self, request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, with the words where the step changes them; that they were opened is noted."""
        initial = self.initial()
        try:
            if self.part is not None and self.shows_words:
                initial |= asdict(read_part(part=self.part, by=request.user))
        except Refused as refusal:
            context = {"part": self.part, "refused": str(refusal)}
            return render(request, "minutes/admin/restricted_part.html", context, status=409)
        return self._show(request, self.form_class(initial=initial, **self.form_arguments(self.record, request.user)))

    def initial(self) -> dict[str, Any]:
        """What the form begins with, besides words."""
        return {}

    def subtitle(self) -> str:
        """The part by its neutral name."""
        return str(self.part or self.record.reference or "")

    def afterwards(self) -> str:
        """The part; the item where there is none yet."""
        if self.part is None and self.request.method != "POST":
            return reverse("wagtailadmin_pages:edit", args=[self.record.pk])
        return reverse("restricted_part", args=[self.record.pk])


class WritePartView(RestrictedStepView):
    """Writing the part. It is kept when the button is pressed, and never before."""

    form_class = WritePartForm
    needs_part = False
    shows_words = True
    title = _("What is not for publication")
    explanation = _(
        "Kept apart from the public page and encrypted. Nothing here is saved until you press the button, and no browser keeps it."
    )
    button = _("Keep it")
    done = _("It is kept. The public page does not show it.")

    def may(self, user: Any, record: Any) -> bool:
        """Democratic services of the board."""
        return may_write_restricted(user, record)

    def initial(self) -> dict[str, Any]:
        """What is kept already; at first, what the item says of itself."""
        part = self.part
        if part is not None:
            names = ("public_interest", "decided_by", "review_on", "public_summary")
            kept = {name: getattr(part, name) for name in names}
            return {**kept, "grounds": [ground.pk for ground in part.grounds.all()], "seen": part.version}
        item = self.record.get_latest_revision_as_object()
        grounds = [item.exempt_ground_id] if item.exempt_ground_id else []
        return {"grounds": grounds, "public_interest": item.exempt_reason, "review_on": item.exempt_review_on, "seen": 0}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Keep it."""
        words, seen = answers.pop("words"), answers.pop("seen")
        return write_part(item=record, words=words, restriction=Restriction(**answers), seen=seen, by=user)


class DraftExclusionView(RestrictedStepView):
    """Drafting the motion to exclude the press and public."""

    title = button = _("Draft the motion to exclude the press and public")
    explanation: Any = _("A draft resolution of this item, with the paragraphs. The board decides it like any other.")
    done = _("The motion is drafted among the resolutions of the item.")

    def may(self, user: Any, record: Any) -> bool:
        """Democratic services of the board."""
        return may_write_restricted(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Draft it."""
        return draft_exclusion(part=self.part_there, by=user)

    @property
    def part_there(self) -> RestrictedPart:
        """The part, which `dispatch` has found."""
        assert self.part is not None  # noqa: S101
        return self.part


class ContinueRestrictionView(DraftExclusionView):
    """Keeping a part back for longer."""

    form_class: ClassVar[type[Form]] = ContinueForm
    title = button = _("Keep it back for longer")
    explanation: Any = _(
        "Exempt information is kept back only as long as the public interest in that outweighs the one in publishing it."
    )
    done = _("It is kept back until it is looked at again.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_release_restricted(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Continue it."""
        return continue_restriction(part=self.part_there, by=user, **answers)


class ReleasePartView(ContinueRestrictionView):
    """Proposing to release a part, whole or redacted."""

    form_class: ClassVar[type[Form]] = ReleaseForm
    shows_words = True
    title = button = _("Propose to release it")
    explanation = _(
        "Somebody else reads what stands below and publishes it on the item’s page, with the day and the reason. Leave out what must stay back: the restriction stays in force for that."
    )
    done = _("It is proposed. Somebody else who publishes for the board reads it before it is public.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Propose it."""
        return propose_release(part=self.part_there, by=user, **answers)


class ProposedStepView(ContinueRestrictionView):
    """A step with a release that somebody proposed."""

    @property
    def proposal(self) -> ReleaseProposal:
        """The proposal that waits.

        Raises:
            Refused: none does.
        """
        found = proposal_of(self.part_there)
        if found is None:
            raise Refused(_g("No release of this part is proposed."))
        return found


class ReleaseProposedView(ProposedStepView):
    """Reading exactly what the public will see, and releasing it."""

    form_class: ClassVar[type[Form]] = Form
    template_name = "minutes/admin/release_proposed.html"
    title = button = _("Release to the public")
    explanation = _(
        "This is exactly what the item’s page will show. A release cannot be taken back, short of withdrawing the item."
    )
    done = _("Released. The item’s page shows it, and the search finds it.")
    risky = True

    def shown(self) -> RestrictedRelease | None:
        """The release as it would be, not saved; its opening is noted. None where nothing waits or no key opens it."""
        try:
            proposal = self.proposal
            whole = proposal.words() == read_part(part=self.part_there, by=self.request.user)
            words = asdict(proposal.words())
        except Refused:
            return None
        return RestrictedRelease(item=self.record, at=timezone.now(), because=proposal.because, whole=whole, **words)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Release it."""
        return release_proposed(proposal=self.proposal, by=user)


class ReturnReleaseView(ProposedStepView):
    """Returning a proposed release."""

    form_class: ClassVar[type[Form]] = ReturnForm
    title = button = _("Return the proposed release")
    explanation: Any = _("Nothing is published.")
    done = _("Returned. Nothing was published.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Return it."""
        return return_release(proposal=self.proposal, by=user, **answers)


class PublishSummaryView(ContinueRestrictionView):
    """Publishing the summary that somebody else wrote."""

    form_class: ClassVar[type[Form]] = Form
    title = button = _("Publish the summary")
    done = _("The summary is public.")
    risky = True

    def _show(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        """Say what will be public, word for word."""
        self.explanation: Any = _("The item’s page will say: “%(summary)s”") % {"summary": self.part_there.public_summary}
        return super()._show(request, form, status)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Publish it."""
        return publish_summary(part=self.part_there, by=user)


urls = [
    path("items/<int:pk>/private/", RestrictedPartView.as_view(), name="restricted_part"),
    path("items/<int:pk>/private/write/", WritePartView.as_view(), name="write_restricted"),
    path("items/<int:pk>/private/motion/", DraftExclusionView.as_view(), name="draft_exclusion"),
    path("items/<int:pk>/private/continue/", ContinueRestrictionView.as_view(), name="continue_restriction"),
    path("items/<int:pk>/private/release/", ReleasePartView.as_view(), name="release_restricted"),
    path("items/<int:pk>/private/proposed/", ReleaseProposedView.as_view(), name="release_proposed"),
    path("items/<int:pk>/private/return/", ReturnReleaseView.as_view(), name="return_release"),
    path("items/<int:pk>/private/summary/", PublishSummaryView.as_view(), name="publish_summary"),
]
