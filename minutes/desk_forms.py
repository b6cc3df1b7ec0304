"""What is written at the desk: the minute in the fields of its own editor, its clauses, and what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from governance.enums import ActionKind
from minutes.enums import DecisionKind, ItemOutcome, MotionOutcome
from minutes.models import MinutePage
from minutes.operations.desking import DraftClause

PEOPLE = "desk-people"
"""The list of names offered where somebody is named."""
FOLLOW_UP = "follow_up"


class DeskPanels(ObjectList):
    """The fields of a minute in the order in which a clerk needs them. The form is the one of the minute's own editor, with its rules."""

    def on_model_bound(self) -> None:
        """Take the form that belongs to the page."""
        self.base_form_class = self.model.base_form_class
        super().on_model_bound()


def _name(field: str) -> FieldPanel:
    return FieldPanel(field, widget=forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"}))


DESK_PANELS: Any = DeskPanels(
    [
        FieldPanel("text"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("decision_kind"), FieldPanel("manner"), FieldPanel("outcome")]),
                FieldRowPanel([_name("mover"), _name("seconder")]),
            ],
            heading=_("Decision"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("votes_for"), FieldPanel("votes_against"), FieldPanel("abstentions")]),
                FieldRowPanel([FieldPanel("unanimous"), FieldPanel("casting_vote"), _name("casting_vote_by")]),
                InlinePanel("votes", label=_("vote"), heading=_("Votes by name")),
            ],
            heading=_("Votes"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [InlinePanel("amendments", label=_("amendment"))],
            heading=_("Amendments"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [InlinePanel("interests", label=_("declaration"))],
            heading=_("Declarations of interest"),
            classname="collapsed",
        ),
        MultiFieldPanel([FieldPanel("presented_by")], heading=_("Who presented"), classname="collapsed"),
    ]
).bind_to_model(MinutePage)


class ClauseForm(forms.Form):
    """One numbered clause. Emptied of its words it is taken away, unless it is public."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Number"), required=False, max_length=20)
    stem = forms.CharField(label=_("Words before the list"), required=False, max_length=1000)
    text = forms.CharField(label=_("Clause, word for word"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=MotionOutcome.choices, initial=MotionOutcome.CARRIED, required=False
    )
    recommended_to = forms.CharField(
        label=_("Recommended to"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"}),
    )

    def drafted(self) -> DraftClause:
        """The clause as plain values."""
        words = dict(self.cleaned_data)
        words["outcome"] = words["outcome"] or MotionOutcome.CARRIED
        words["text"] = words["text"].strip()
        return DraftClause(**words)


@dataclass(frozen=True)
class UsualClause:
    """A clause that one key writes.

    Attributes:
        verb: what is said of it.
        key: the letter that is pressed with Alt and Shift.
        words: the clause. Where it ends without a full stop, the clerk writes on.
        kind, outcome: what the minute then says was done, and what became of the item.
    """

    verb: Any
    key: str
    words: Any
    kind: str
    outcome: str


USUAL_CLAUSES = (
    UsualClause(_("Note"), "N", _("That the report be noted."), DecisionKind.NOTED, ItemOutcome.NOTED),
    UsualClause(_("Agree"), "G", _("That the report be agreed."), DecisionKind.AGREED, ItemOutcome.DECIDED),
    UsualClause(_("Approve"), "P", _("That the report be approved."), DecisionKind.RESOLVED, ItemOutcome.DECIDED),
    UsualClause(_("Recommend to"), "R", _("That it be recommended that "), DecisionKind.RECOMMENDED, ItemOutcome.DECIDED),
    UsualClause(_("Defer"), "D", _("That the item be deferred."), DecisionKind.RESOLVED, ItemOutcome.DEFERRED),
)

ClauseForms: type[BaseFormSet[ClauseForm]] = forms.formset_factory(ClauseForm, extra=1, max_num=200, absolute_max=400)


def clauses_in(rows: Iterable[ClauseForm]) -> dict[int, DraftClause]:
    """The clauses that have words, by the number of their row."""
    drafted = {number: row.drafted() for number, row in enumerate(rows) if row.cleaned_data}
    return {number: clause for number, clause in drafted.items() if clause.text}


def emptied_in(rows: Iterable[ClauseForm]) -> list[int]:
    """The keys of the clauses whose words were taken out."""
    drafted = [row.drafted() for row in rows if row.cleaned_data]
    return [clause.key for clause in drafted if clause.key is not None and not clause.text]


class ToDoForm(forms.Form):
    """What is to be done after an item: a small follow-up, or an action that the public can follow."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(FOLLOW_UP, _("Follow-up (in the action log only)")), *ActionKind.choices],
        initial=FOLLOW_UP,
    )
    clause = forms.TypedChoiceField(
        label=_("Ordered by the clause"), required=False, coerce=int, empty_value=None, help_text=_("An action needs one.")
    )
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 2}))
    lead = forms.CharField(
        label=_("By whom"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"}),
        help_text=_("As the meeting said. Leave it empty where nobody was named."),
    )
    due_on = forms.DateField(label=_("By when"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, clauses: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (clause.pk, f"{clause.label or number} {clause.text[:80]}") for number, clause in enumerate(clauses, start=1)
        ]
        self.fields["clause"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An action comes from a clause.

        Raises:
            ValidationError: none is chosen.
        """
        answers = super().clean() or {}
        if answers.get("kind") not in {None, FOLLOW_UP} and not answers.get("clause"):
            self.add_error("clause", _("Choose the clause that orders this action."))
        return answers


def without(names: Iterable[str], posted: QueryDict, saved: Any) -> QueryDict:
    """What was sent, but for these fields and lists, which stay as they were last saved.

    Args:
        names: of fields, or of lists of rows.
        posted: what the browser sent.
        saved: the form of the minute as it was last saved.
    """
    data = posted.copy()
    for name in names:
        rows = saved.formsets.get(name)
        if rows is None:
            _put_back(data, saved, name)
            continue
        for key in [key for key in data if key.startswith(f"{rows.prefix}-")]:
            del data[key]
        for form in [rows.management_form, *rows.initial_forms]:
            for field in form.fields:
                _put_back(data, form, field)
    return data


def _put_back(data: QueryDict, form: Any, name: str) -> None:
    if name not in form.fields:
        return
    bound = form[name]
    value = bound.value()
    if value is None or value is False:
        data.pop(bound.html_name, None)
    else:
        data[bound.html_name] = form.fields[name].prepare_value(value)
