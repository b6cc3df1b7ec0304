"""The words of news that a partner with an account offered: whether they are still the partner's own. Takes records, imports none."""

from typing import Any

OFFERED = (
    *("you_said", "what_changed", "could_not_change", "who_was_involved", "got_back", "next_step"),
    *("reason", "recovery_step", "what_is_different", "for_whom", "how_known", "they_say"),
)
"""The texts that are the partner's. The title, the day and where the action stands are for the board to decide."""


def words_of(record: Any) -> dict[str, str]:
    """The texts of one state of the news."""
    return {name: getattr(record, name) for name in OFFERED}


def offered_words(update: Any) -> dict[str, str] | None:
    """The texts as the partner's contributor last saved them; None for news that no contributor offered for its organisation.

    Args:
        update: the news, as it is saved or about to be.
    """
    organisation, author = update.organisation, update.owner
    if organisation is None or author is None or organisation.contributors_id is None or not update.pk:
        return None
    if not author.groups.filter(pk=organisation.contributors_id).exists():
        return None
    own = update.revisions.filter(user=author).order_by("-created_at", "-pk").first()
    return {name: own.content.get(name) or "" for name in OFFERED} if own is not None else None


def changed_since_offered(update: Any) -> list[tuple[str, str, str]]:
    """The texts that are no longer as the partner offered or agreed them: name, the partner's words, the words now."""
    offered = offered_words(update)
    if offered is None:
        return []
    now = words_of(update)
    # A form gives line ends as browsers send them.
    return [(name, old, now[name]) for name, old in offered.items() if old.split() != now[name].split()]
