"""Mail to those who release, when something of business taken in private waits for a second person. It says where, and never what."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.operations.approving import approvers_of
from governance.operations.mail import queue_mail
from minutes.models import AgendaItemPage, ReleaseProposal, RestrictedPaper
from minutes.restricted_reading import may_release_restricted

KIND = "second_person"


def tell_of_proposal(proposal: ReleaseProposal) -> None:
    """Tell those who may read and release a proposed release that it waits, once. Called in the transaction that proposes it."""
    words = _("A release is proposed. Somebody else than who proposed it reads it, and publishes or returns it.")
    _tell(proposal.part.item, f"release:{proposal.pk}", _("To read: a proposed release"), words, but=proposal.by_id)


def tell_of_paper(paper: RestrictedPaper) -> None:
    """Tell those who may answer for a paper that its check found something to decide on, once. Called in that transaction."""
    words = _("%(paper)s cannot be used yet: its check found something that somebody has to decide on.") % {
        "paper": paper.label
    }
    subject = _("To decide: a paper not for publication")
    _tell(paper.part.item, f"restricted-paper:{paper.pk}", subject, words, but=paper.uploaded_by_id)


def _tell(item: AgendaItemPage, key: str, subject: str, words: str, *, but: int | None) -> None:
    """A mail to each who releases, but to who asked, and to those who left for the item."""
    called = str(item.reference or " ".join(item.title.split()))
    link = absolute(reverse("restricted_part", args=[item.pk]))
    text = _("Hello,\n\n%(words)s\n\nIt is about %(item)s. What it says is not in this mail. Open it here: %(link)s\n")
    for user in _releasers(item).exclude(pk=but):
        if may_release_restricted(user, item):
            told = {"words": words, "item": called, "link": link}
            queue_mail(key=f"{key}:{user.pk}", to=user.email, subject=f"{subject}, {called}", text=text % told, kind=KIND)


def _releasers(item: AgendaItemPage) -> Any:
    return approvers_of(item).select_related("person").order_by("pk")
