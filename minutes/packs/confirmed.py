"""What packs print of the confirmation of minutes and of their corrections."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.models import Confirmation, Correction


def confirmed_words(confirmation: Confirmation | None) -> str:
    """That minutes are confirmed, and where."""
    if confirmation is None or confirmation.at_meeting is None:
        return _("Confirmed as a correct record")
    day = date_format(confirmation.at_meeting.day, "j F Y")
    return _("Confirmed as a correct record at the meeting of %(day)s") % {"day": day}


def correction_words(correction: Correction) -> str:
    """A correction as a sentence."""
    words = {"old": correction.old_words, "new": correction.new_words, "why": correction.reason}
    if correction.confirmation_id:
        return _("Corrected when it was confirmed: “%(old)s” became “%(new)s”.") % words
    return _("Corrected on %(day)s: “%(old)s” is to be read as “%(new)s”. %(why)s") % {
        **words,
        "day": date_format(timezone.localdate(correction.at), "j F Y"),
    }
