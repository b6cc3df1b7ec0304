"""The steps with one paper, each on a page of its own, and publishing a supplement."""

from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.forms import ReasonForm
from governance.views import RecordStepView
from minutes.models import MeetingPage, Paper, PaperFile
from minutes.operations.checking import check_again
from minutes.operations.paper_files import publish_anyway, publish_replacement
from minutes.operations.papers import mark_checked, refuse_paper, withdraw_paper
from minutes.operations.supplements import publish_supplement
from minutes.paper_forms import AnywayForm, SaysForm, SupplementForm
from minutes.paper_views import papers_address
from minutes.papers.findings import Weight, findings_kept
from minutes.permissions import may_decide_on_papers, may_order_papers, may_run_meeting


class PaperStepView(RecordStepView):
    """A step with one paper, for those who decide on papers of its board."""

    record_class: ClassVar[type[Model]] = Paper

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_decide_on_papers(user, self.paper.item)

    def find(self, key: int) -> Any:
        """The paper, or the file with its paper."""
        record = super().find(key)
        self.paper: Paper = record.paper if isinstance(record, PaperFile) else record
        return record

    def subtitle(self) -> str:
        """Which paper it is."""
        return str(self.paper)

    def afterwards(self) -> str:
        """The papers of its item."""
        return papers_address(self.paper.item_id)


class PublishAnywayView(PaperStepView):
    """Answering for a file in spite of what was found in it."""

    record_class = PaperFile
    form_class = AnywayForm
    title = button = _("Publish anyway")
    risky = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say what was found."""
        super().setup(request, *args, **kwargs)
        file = PaperFile.objects.filter(pk=kwargs["pk"]).defer("text").first()
        found = findings_kept(file.findings) if file else []
        sentences = dict.fromkeys(str(one.meaning.sentence) for one in found if one.meaning.weight is Weight.DECISION)
        self.explanation = " ".join(
            [*sentences, str(_("You answer for publishing it all the same, with your name and the reason."))]
        )

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Answer for it."""
        return publish_anyway(file=record, by=user, because=answers["because"])


class ReplacePublishedView(PaperStepView):
    """Putting a newer file in the place of the one that is read."""

    form_class = SaysForm
    title = button = _("Publish the newer file")
    explanation = _(
        "The paper keeps its address and its reference. Whoever follows the address of the former file is led to this one. The packs that hold it are built again."
    )

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Replace it."""
        return publish_replacement(paper=record, by=user, says=answers["says"])


class RefusePaperView(PaperStepView):
    """Refusing a paper that is not public."""

    form_class = ReasonForm
    title = button = _("Refuse the paper")
    explanation = _("Its author reads the reason, and may bring a better file.")
    risky = True

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Refuse it."""
        return refuse_paper(paper=record, by=user, reason=answers["reason"])


class WithdrawPaperView(PaperStepView):
    """Taking a paper out of public view."""

    form_class = ReasonForm
    title = button = _("Withdraw the paper")
    explanation = _(
        "Nobody can read it any more, and the search does not find its words. Its address stays: whoever follows it reads when it was withdrawn and the reason you give here. The packs that hold it are withdrawn too, and built again without it."
    )
    risky = True

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Withdraw it."""
        return withdraw_paper(paper=record, by=user, reason=answers["reason"])


class MarkCheckedView(PaperStepView):
    """Having a paper without a file listed by its title."""

    title = button = _("Publish by its title alone")
    explanation = _("The paper has no file. Its title is listed when the agenda is published.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_order_papers(user, self.paper.item)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Say that it is ready."""
        return mark_checked(paper=record, by=user)


class CheckAgainView(MarkCheckedView):
    """Having a file checked again."""

    record_class = PaperFile
    title = button = _("Check again")
    explanation = _("Use this when the reason it could not be checked has gone, such as a full disk.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask for it."""
        return check_again(file=record, by=user)


class SupplementView(RecordStepView):
    """Publishing late papers and items as a supplement."""

    record_class = MeetingPage
    form_class = SupplementForm
    title = button = _("Publish a supplement")
    explanation = _(
        "What you choose becomes public together, or nothing does. The supplement is given the next number. Its pack, and the pack with everything, are built by themselves."
    )
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """What is ready."""
        return {"meeting": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Publish it."""
        words = {name: answers[name] for name in ("says", "late_because")}
        return publish_supplement(
            meeting=record, by=user, papers=list(answers["papers"]), items=list(answers["items"]), **words
        )
