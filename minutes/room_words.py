"""Interests and votes as the minutes tell them: complete sentences, the same on pages and in packs. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes.enums import DecisionManner, DeclaredWhen, InterestAction
from minutes.voting import Vote

_DID = {
    InterestAction.LEFT: lambda: _("left the meeting while the item was considered, and took no part in the vote"),
    InterestAction.SPOKE_AND_LEFT: lambda: _("spoke, then left the meeting, and took no part in the vote"),
    InterestAction.STAYED: lambda: _("stayed and did not vote"),
    InterestAction.VOTED: lambda: _("stayed and voted"),
}


def interest_words(
    *, name: str, category: str, nature: str, declared: str, sensitive: bool, did: str, dispensation: str, item: str = ""
) -> str:
    """A declaration of interest, and what the person did about it.

    Args:
        item: the number of the item it is in, where that is not the one it is told with.
    """
    where = _(" in item %(item)s") % {"item": item} if item else ""
    what = _("a sensitive interest") if sensitive else _("an interest")
    said = _("%(name)s declared %(what)s%(where)s (%(category)s)") % {
        "name": name.strip(),
        "what": what,
        "where": where,
        "category": category.strip(),
    }
    if declared == DeclaredWhen.LATE:
        said = _("%(said)s after the item had begun") % {"said": said}
    told = "" if sensitive else nature.strip().rstrip(".")
    parts = [f"{said}: {told}." if told else f"{said}."]
    parts.append(_("%(name)s %(did)s.") % {"name": name.strip(), "did": _DID[InterestAction(did)]()})
    if dispensation.strip():
        parts.append(_("Dispensation: %(words)s.") % {"words": dispensation.strip().rstrip(".")})
    return " ".join(parts)


def vote_words(vote: Vote) -> str:
    """How was voted, in words that need no heading; empty where nothing was counted and nothing was unanimous."""
    parts = []
    if vote.votes_for is not None or vote.votes_against is not None:
        parts.append(
            _("%(for)s for, %(against)s against, %(abstained)s abstained")
            % {"for": vote.votes_for or 0, "against": vote.votes_against or 0, "abstained": vote.abstentions or 0}
        )
    if vote.unanimous:
        parts.append(_("unanimous"))
    if vote.casting_vote:
        words = {"how": _("for") if vote.casting_vote == "for" else _("against"), "name": vote.casting_vote_by}
        cast = _("the casting vote of %(name)s was %(how)s") if vote.casting_vote_by else _("the casting vote was %(how)s")
        parts.append(cast % words)
    return "; ".join(parts)


def names_heading(vote: Vote) -> str:
    """What the list of votes by name is."""
    if vote.manner == DecisionManner.NAMED:
        return _("How each member voted")
    return ngettext("A vote recorded because the member asked", "Votes recorded because the members asked", len(vote.named))
