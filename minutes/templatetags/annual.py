"""Words of the annual reports, on the page and in print: `{% load annual %}`."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minutes.annual.content import AnnualContent, MeetingLine

register = template.Library()
OUTCOME_WORDS: dict[str, Any] = {
    "kept": gettext_lazy("Kept"),
    "late": gettext_lazy("Late"),
    "open": gettext_lazy("Open"),
    "ended": gettext_lazy("Ended otherwise"),
}
OUTCOME_MEANINGS: dict[str, Any] = {
    "kept": gettext_lazy("What was promised was done in this year."),
    "late": gettext_lazy("Still open, and its date had passed."),
    "open": gettext_lazy("Still open, and not late."),
    "ended": gettext_lazy("Closed without completion, or handed on to another body, in this year."),
}


@register.filter
def outcome_words(outcome: str) -> Any:
    """“Kept”."""
    return OUTCOME_WORDS[outcome]


@register.filter
def outcome_meaning(outcome: str) -> Any:
    """What an outcome means, in a sentence."""
    return OUTCOME_MEANINGS[outcome]


@register.filter
def plain_day(day: date) -> str:
    """“8 October 2026”."""
    return date_format(day, "j F Y")


@register.filter
def notice_of(meeting: MeetingLine) -> str:
    """The notice given of one meeting: “7 clear days, in time”."""
    if meeting.clear_days is None:
        return _("Not recorded")
    days = ngettext("%(days)d clear day", "%(days)d clear days", meeting.clear_days) % {"days": meeting.clear_days}
    if meeting.in_time:
        return _("%(days)s, in time") % {"days": days}
    return _("%(days)s, too late. %(reason)s") % {"days": days, "reason": meeting.short_notice_reason}


@register.filter
def notice_in_all(content: AnnualContent) -> str:
    """How many agendas were out in time, in sentences."""
    parts = [
        ngettext(
            "The agenda of %(number)d meeting was published in time",
            "The agendas of %(number)d meetings were published in time",
            content.in_time,
        )
        % {"number": content.in_time}
    ]
    if content.short_notice:
        parts.append(
            ngettext("%(number)d was late", "%(number)d were late", content.short_notice) % {"number": content.short_notice}
        )
    if content.notice_unrecorded:
        parts.append(
            ngettext("for %(number)d it is not recorded", "for %(number)d it is not recorded", content.notice_unrecorded)
            % {"number": content.notice_unrecorded}
        )
    rule = ngettext("%(days)d clear day", "%(days)d clear days", content.notice_days) % {"days": content.notice_days}
    return _("%(parts)s. The board's rule is %(rule)s.") % {"parts": ", ".join(parts), "rule": rule}
