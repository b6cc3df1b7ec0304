"""News that a partner with an account offered: other words go back to the partner, and are its own only once it agrees."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from governance.addresses import absolute
from governance.exceptions import Refused
from governance.models import Delivery, ProgressUpdatePage
from governance.offered_words import changed_since_offered, offered_words
from governance.operations.mail import queue_mail
from governance.publication import Publication

KIND = "words_to_agree"
RETURNED = "governance.offer_returned"


@transaction.atomic
def ask_to_agree(*, update: ProgressUpdatePage, at: datetime | None = None) -> Delivery | None:
    """Ask the contributor who offered this news whether they agree to the words it has now.

    The same words are asked about once. None where the words are still the partner's, or no address is known.
    """
    draft = update.get_latest_revision_as_object()
    changes = changed_since_offered(draft)
    if not changes or not update.owner.email:
        return None
    words = hashlib.sha256(json.dumps(changes).encode()).hexdigest()[:16]
    text = "\n\n".join(
        [
            _("Hello,"),
            _("We suggest other words for the news that you offered: %(title)s.") % {"title": draft.title},
            _("They become yours only if you agree. Here you see both, and can keep your own:"),
            absolute(reverse("agree_to_words", args=[update.pk])),
        ]
    )
    key = f"{KIND}:{update.pk}:{words}"
    subject = _("Do you agree to these words?")
    return queue_mail(key=key, to=update.owner.email, subject=subject, text=f"{text}\n", kind=KIND, about=update, at=at)


@transaction.atomic
def agree_to_offer(*, update: ProgressUpdatePage, by: Any) -> None:
    """The contributor takes the words that the news has now: they are the partner's from then on.

    Raises:
        Refused: they are already, or somebody else answers than the one who offered the news.
    """
    draft = _to_agree(update, by)
    draft.save_revision(user=by)


@transaction.atomic
def keep_own_offer(*, update: ProgressUpdatePage, by: Any) -> None:
    """The contributor keeps the words they offered: the draft says them again.

    Raises:
        Refused: nobody suggested others, or somebody else answers than the one who offered the news.
    """
    draft = _to_agree(update, by)
    for name, words in (offered_words(draft) or {}).items():
        setattr(draft, name, words)
    draft.save()
    draft.save_revision(user=by)


@transaction.atomic
def return_offer(*, update: ProgressUpdatePage, comment: str, by: Any, at: datetime | None = None) -> Delivery:
    """Return offered news to the contributor who offered it, with a comment by mail. The draft stays theirs to change.

    Raises:
        Refused: there is no comment, nobody offered the news for a partner, it is public, or no address is known.
    """
    if not comment.strip():
        raise Refused(_("Say what is missing or should be different."))
    if update.live or offered_words(update) is None:
        raise Refused(_("This is not news that a partner with an account offers."))
    if not update.owner.email:
        raise Refused(_("No e-mail address is known for the person who offered it."))
    text = "\n\n".join(
        [
            _("Hello,"),
            _("We have read the news that you offered: %(title)s. Before it goes on:") % {"title": update.draft_title},
            comment.strip(),
            absolute(reverse("wagtailadmin_pages:edit", args=[update.pk])),
        ]
    )
    log(instance=update, action=RETURNED, user=by, data={"comment": comment.strip()})
    returned = PageLogEntry.objects.filter(page=update.pk, action=RETURNED).count()
    key, subject = f"{RETURNED}:{update.pk}:{returned}", _("Please look again at the news that you offered")
    return queue_mail(key=key, to=update.owner.email, subject=subject, text=f"{text}\n", kind=RETURNED, about=update, at=at)


def keep_offered_words(publication: Publication) -> None:
    """News that a partner with an account offered is published in the words that it offered or agreed to.

    Raises:
        Refused: they were changed, and the partner has not agreed.
    """
    page = publication.page
    if changed_since_offered(page):
        raise Refused(
            _("These are the words of %(organisation)s, changed since. Save a draft: the partner is asked whether it agrees.")
            % {"organisation": page.organisation}
        )


def _to_agree(update: ProgressUpdatePage, by: Any) -> Any:
    if by.pk != update.owner_id:
        raise Refused(_("Only the person who offered this news agrees to other words."))
    draft = update.get_latest_revision_as_object()
    if update.live or not changed_since_offered(draft):
        raise Refused(_("There are no other words to agree to."))
    return draft
