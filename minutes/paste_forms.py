"""The forms of “Paste minutes”: the text, and what was understood of it, clause by clause, for the editor to correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minutes.enums import DecisionKind, Verb
from minutes.proposal import Proposal, ProposedClause
from minutes.reading import UnreadableMinutes, check_size, decode

LONGEST_TEXT = 2_000_000


class PasteForm(forms.Form):
    """The text of one item's minute, pasted or from a file."""

    text = forms.CharField(
        label=_("The text of the minute"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "One item: its heading, what was said and what was resolved. Copy it from the web page or the document as it stands."
        ),
    )
    file = forms.FileField(label=_("Or a text file"), required=False)

    def clean(self) -> dict[str, Any]:
        """The text, from the box or from the file.

        Raises:
            ValidationError: there is neither, or the file is no text.
        """
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            try:
                check_size(upload.size)
                cleaned["text"], _doubts = decode(upload.read())
            except UnreadableMinutes as problem:
                raise forms.ValidationError(str(problem)) from problem
        if not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Paste the text of the minute, or choose a file."))
        return cleaned


class ClauseForm(forms.Form):
    """One clause as it would be kept."""

    keep = forms.BooleanField(label=_("Keep"), required=False, initial=True)
    label = forms.CharField(label=_("Label as printed"), required=False, max_length=20)
    text = forms.CharField(label=_("The clause, word for word"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    verbs = forms.MultipleChoiceField(
        label=_("What it does"), required=False, choices=Verb.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_action = forms.BooleanField(label=_("Propose an action for it"), required=False)
    owner = forms.CharField(label=_("By whom, as printed"), required=False, max_length=200)
    due_words = forms.CharField(label=_("By when, as printed"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A clause that is kept has words.

        Raises:
            ValidationError: it has none.
        """
        cleaned = super().clean() or {}
        if cleaned.get("keep") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("This clause has no words. Give it its words, or do not keep it."))
        return cleaned

    def proposed(self) -> ProposedClause:
        """The clause as corrected."""
        said = self.cleaned_data
        return ProposedClause(
            label=said["label"],
            text=" ".join(said["text"].split()),
            verbs=tuple(said["verbs"]),
            owner=said["owner"],
            due_words=said["due_words"],
            starts_action=said["starts_action"],
        )


ClauseFormSet = forms.formset_factory(ClauseForm, extra=0, max_num=100, absolute_max=100)


class ReviewForm(forms.Form):
    """The rest of the item as it would be kept."""

    source = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LONGEST_TEXT)
    title = forms.CharField(label=_("Title"), max_length=255)
    agenda_number = forms.CharField(label=_("Number on the agenda"), required=False, max_length=20)
    number = forms.CharField(label=_("Minute number as printed"), required=False, max_length=40)
    presenters = forms.CharField(
        label=_("Presented by"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Name, role. One a line."),
    )
    agenda_text = forms.CharField(
        label=_("What the agenda said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A blank line between paragraphs."),
    )
    paragraphs = forms.CharField(label=_("The minute"), required=False, widget=forms.Textarea(attrs={"rows": 14}))
    decision_kind = forms.ChoiceField(label=_("Decision"), choices=DecisionKind.choices)
    motion_lost = forms.BooleanField(label=_("The motion was lost"), required=False)
    stem = forms.CharField(label=_("Words before the list"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    mover = forms.CharField(label=_("Moved by"), required=False, max_length=150)
    seconder = forms.CharField(label=_("Seconded by"), required=False, max_length=150)
    votes_for = forms.IntegerField(label=_("For"), required=False, min_value=0, max_value=1000)
    votes_against = forms.IntegerField(label=_("Against"), required=False, min_value=0, max_value=1000)
    abstentions = forms.IntegerField(label=_("Abstained"), required=False, min_value=0, max_value=1000)
    documents = forms.CharField(
        label=_("Documents"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One a line.")
    )
    workstream = forms.CharField(label=_("Workstream the minute names"), required=False, max_length=200)
    strategy = forms.CharField(label=_("Its strategy"), required=False, max_length=200)
    commitments = forms.CharField(
        label=_("Quoted promises"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept word for word as the workstream's commitments. A blank line between two."),
    )
    concerns = forms.CharField(
        label=_("Concerns that were raised"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Each becomes a point that is owed an answer. A blank line between two."),
    )
    is_coproduction = forms.BooleanField(label=_("The actions are co-production actions"), required=False)

    @staticmethod
    def initial_from(proposal: Proposal, source: str) -> dict[str, Any]:
        """What the form shows of a proposal."""
        lines = {name: "\n".join(getattr(proposal, name)) for name in LINES}
        paragraphs = {name: "\n\n".join(getattr(proposal, name)) for name in PARAGRAPHS}
        plain = {name: getattr(proposal, name) for name in PLAIN}
        return {**lines, **paragraphs, **plain, "source": source}

    def proposed(self, clauses: tuple[ProposedClause, ...]) -> Proposal:
        """The proposal as corrected, with its corrected clauses."""
        said = self.cleaned_data
        fields: dict[str, Any] = {name: said[name] for name in PLAIN}
        fields |= {name: tuple(line.strip() for line in said[name].splitlines() if line.strip()) for name in LINES}
        fields |= {name: tuple(_blocks(said[name])) for name in PARAGRAPHS}
        return Proposal(**fields, clauses=clauses)


LINES = ("presenters", "documents")
PARAGRAPHS = ("agenda_text", "paragraphs", "commitments", "concerns")
PLAIN = (
    "title",
    "agenda_number",
    "number",
    "decision_kind",
    "motion_lost",
    "stem",
    "mover",
    "seconder",
    "votes_for",
    "votes_against",
    "abstentions",
    "workstream",
    "strategy",
    "is_coproduction",
)


def clause_initial(clause: ProposedClause) -> dict[str, Any]:
    """What the form shows of a clause."""
    return {
        "keep": True,
        "label": clause.label,
        "text": clause.text,
        "verbs": list(clause.verbs),
        "owner": clause.owner,
        "due_words": clause.due_words,
        "starts_action": clause.starts_action,
    }


def _blocks(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
