"""The steps with papers that are not for publication, in the admin. To everybody else none of them is there."""

from typing import Any, ClassVar

from django.forms import Form
from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.exceptions import Refused
from minutes.models import PaperSecrets, ReleaseProposal, RestrictedPaper
from minutes.operations.releasing import return_release
from minutes.operations.releasing_papers import proposal_of_paper, propose_paper_release, release_paper
from minutes.operations.restricted_papers import (
    accept_restricted_paper,
    read_secrets,
    take_restricted_paper,
    withdraw_restricted_paper,
)
from minutes.restricted_forms import ReturnForm
from minutes.restricted_paper_forms import NewerFileForm, ReasonToKeepForm, ReleasePaperForm
from minutes.restricted_reading import may_release_restricted, may_write_restricted
from minutes.restricted_views import RestrictedStepView, kept_nowhere


class AddRestrictedPaperView(RestrictedStepView):
    """Bringing a paper that is not for publication."""

    form_class: ClassVar[type[Form]] = NewerFileForm
    title = _("Add a paper that is not for publication")
    explanation: Any = _(
        "Title, name and file are encrypted, and no search reads them. Members read the paper once it is checked."
    )
    button = _("Seal and check it")
    done = _("It is sealed, and being checked.")

    def may(self, user: Any, record: Any) -> bool:
        """Democratic services of the board."""
        return may_write_restricted(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it in."""
        assert self.part is not None  # noqa: S101 (`dispatch` has found it)
        return take_restricted_paper(part=self.part, by=user, **answers)


@kept_nowhere
class RestrictedPaperStepView(RestrictedStepView):
    """One step with one paper."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the paper among those of the item.

        Raises:
            Http404: there is no such paper, or not for this person; neither is told apart.
        """
        found = RestrictedPaper.objects.filter(pk=kwargs["restricted"], part__item=kwargs["pk"])
        paper = found.select_related("part__item").first()
        if paper is None:
            raise Http404
        self.paper = paper
        return super().dispatch(request, *args, **kwargs)

    def subtitle(self) -> str:
        """The paper by its neutral name."""
        return str(self.paper)

    def secrets(self) -> PaperSecrets | None:
        """What it is called, its opening noted; None where no key opens that."""
        try:
            return read_secrets(paper=self.paper, by=self.request.user)
        except Refused:
            return None


class ReplaceRestrictedPaperView(RestrictedPaperStepView):
    """A newer file of a paper."""

    form_class: ClassVar[type[Form]] = NewerFileForm
    title = _("A newer file of a restricted paper")
    explanation = _("Members read the version before until the newer one is checked.")
    button = _("Seal and check it")
    done = _("It is sealed, and being checked.")

    def may(self, user: Any, record: Any) -> bool:
        """Democratic services of the board."""
        return may_write_restricted(user, record)

    def initial(self) -> dict[str, Any]:
        """The title and the kind of the version before."""
        told = self.secrets()
        return {"title": told.title, "kind": told.kind} if told else {}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it in."""
        return take_restricted_paper(part=self.paper.part, newer_than=self.paper, by=user, **answers)


class AcceptRestrictedPaperView(RestrictedPaperStepView):
    """Answering for a file in spite of what its check found."""

    form_class: ClassVar[type[Form]] = ReasonToKeepForm
    title = button = _("Use it anyway")
    explanation = _("You answer for it with your name. Members then read the copy that the check wrote.")
    done = _("Members of the board read it now.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_release_restricted(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Answer for it."""
        return accept_restricted_paper(paper=self.paper, by=user, **answers)


class WithdrawRestrictedPaperView(ReplaceRestrictedPaperView):
    """Taking a paper back."""

    form_class: ClassVar[type[Form]] = ReasonToKeepForm
    title = button = _("Take it back")
    explanation = _("Members read it no more. The file is kept, sealed.")
    done = _("Members read it no more.")
    risky = True

    def initial(self) -> dict[str, Any]:
        """Nothing."""
        return {}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it back."""
        return withdraw_restricted_paper(paper=self.paper, by=user, **answers)


class ProposePaperReleaseView(AcceptRestrictedPaperView):
    """Proposing to release a paper."""

    form_class: ClassVar[type[Form]] = ReleasePaperForm
    title = button = _("Propose to release it")
    explanation = _("Somebody else reads the file and publishes it, whole, among the papers of the item.")
    done = _("It is proposed. Somebody else who publishes for the board reads it before it is public.")

    def initial(self) -> dict[str, Any]:
        """Its real title, to be left or changed."""
        told = self.secrets()
        return {"title": told.title} if told else {}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Propose it."""
        return propose_paper_release(paper=self.paper, by=user, **answers)


class ReleasePaperView(AcceptRestrictedPaperView):
    """Reading the very file, and releasing it."""

    form_class: ClassVar[type[Form]] = Form
    template_name = "minutes/admin/release_paper.html"
    title = button = _("Release to the public")
    explanation = _("Read the file first: it is exactly what the public will get. A release cannot be taken back.")
    done = _("Released. It stands among the papers of the item, and the search finds it.")
    risky = True

    @property
    def proposal(self) -> ReleaseProposal:
        """The proposal that waits.

        Raises:
            Refused: none does.
        """
        found = proposal_of_paper(self.paper)
        if found is None:
            raise Refused(_g("No release of this paper is proposed."))
        return found

    def shown(self) -> dict[str, Any] | None:
        """What is proposed; None where nothing waits or no key opens it."""
        try:
            proposal = self.proposal
            read_secrets(paper=self.paper, by=self.request.user)
            return {"title": proposal.words().title, "because": proposal.because, "by": proposal.by, "at": proposal.at}
        except Refused:
            return None

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Release it."""
        return release_paper(proposal=self.proposal, by=user)


class ReturnPaperReleaseView(ReleasePaperView):
    """Returning a proposed release."""

    form_class: ClassVar[type[Form]] = ReturnForm
    template_name = "governance/admin/step.html"
    title = button = _("Return the proposed release")
    explanation = _("Nothing is published.")
    done = _("Returned. Nothing was published.")
    risky = False

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Return it."""
        return return_release(proposal=self.proposal, by=user, **answers)


_PAPER = "items/<int:pk>/private/papers/<int:restricted>"
urls = [
    path("items/<int:pk>/private/papers/", AddRestrictedPaperView.as_view(), name="add_restricted_paper"),
    path(f"{_PAPER}/replace/", ReplaceRestrictedPaperView.as_view(), name="replace_restricted_paper"),
    path(f"{_PAPER}/accept/", AcceptRestrictedPaperView.as_view(), name="accept_restricted_paper"),
    path(f"{_PAPER}/take-back/", WithdrawRestrictedPaperView.as_view(), name="withdraw_restricted_paper"),
    path(f"{_PAPER}/release/", ProposePaperReleaseView.as_view(), name="propose_paper_release"),
    path(f"{_PAPER}/proposed/", ReleasePaperView.as_view(), name="release_paper"),
    path(f"{_PAPER}/return/", ReturnPaperReleaseView.as_view(), name="return_paper_release"),
]
