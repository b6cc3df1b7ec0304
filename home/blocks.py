"""Blocks of the pages of the front door."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue, TextBlock

BASES = [
    ("consent", _("consent (article 6(1)(a))")),
    ("contract", _("a contract (article 6(1)(b))")),
    ("duty", _("a legal duty (article 6(1)(c))")),
    ("vital", _("somebody’s vital interests (article 6(1)(d))")),
    ("task", _("a task in the public interest (article 6(1)(e))")),
    ("interests", _("legitimate interests (article 6(1)(f))")),
]
"""On which personal data may be processed (UK GDPR, article 6)."""


class Purpose(StructValue):
    """One purpose, as its template reads it."""

    def basis_in_words(self) -> str:
        """The legal basis, as people read it."""
        return str(dict(BASES).get(self["basis"], ""))


class PurposeBlock(StructBlock):
    """One purpose for which something is kept about people."""

    what_for = CharBlock(label=_("what for"), max_length=200)
    what = TextBlock(label=_("what is kept"), rows=2)
    basis = ChoiceBlock(label=_("legal basis"), choices=BASES, required=False)
    law = CharBlock(label=_("the law, where there is one"), required=False, max_length=200)
    kept_for = TextBlock(label=_("how long"), required=False, rows=2)

    class Meta:
        icon = "user"
        value_class = Purpose
        label = _("purpose")
        template = "home/blocks/purpose.html"


def usual_purposes() -> list[tuple[str, dict[str, Any]]]:
    """What this software keeps about people wherever it runs, for how long as far as it decides that. No legal basis is presumed."""
    return [
        ("purpose", {"what_for": what_for, "what": what, "basis": "", "law": "", "kept_for": kept})
        for what_for, what, kept in _known_purposes()
    ]


def _known_purposes() -> list[tuple[str, str, str]]:
    return [
        (
            _now("Publishing what boards decide"),
            _now("The names of members and officers in their public role, who was present, and interests they declared."),
            _now("For good: records are never deleted."),
        ),
        (
            _now("E-mail alerts"),
            _now("Your e-mail address, and what you want to hear about."),
            _now("Until you end them; then the address is erased. An address that is never confirmed is erased within a week."),
        ),
        (
            _now("Questions to a meeting"),
            _now("Your name as you want it published, your question, and how to reach you, which is not published."),
            "",
        ),
        (
            _now("What you say about an action"),
            _now("What you wrote, and a name for the place it came from, from which your address cannot be read."),
            "",
        ),
        (
            _now("Logging in"),
            _now("Name, e-mail address, a second factor where you have one, and failed attempts."),
            "",
        ),
        (
            _now("Sending mail"),
            _now("The address and the text of each mail."),
            _now("The text until it is sent, the address fourteen days longer."),
        ),
        (
            _now("Keeping you logged in"),
            _now("A cookie, for those who log in and for nobody else."),
            _now("At most twelve hours."),
        ),
    ]
