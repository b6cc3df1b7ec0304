"""What the pages of papers ask for: files, reasons, and what a supplement brings."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from governance.operations.publishing import taken_out_at_once
from minutes.enums import PaperKind, PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper

MOST_AT_ONCE = 20
ACCEPTED = ".pdf,.docx,.odt"
WHAT_IS_TAKEN = _("PDF, Word (.docx) or OpenDocument text (.odt), each up to 150 MB.")

OF_AN_AGENDA = [(value, label) for value, label in PaperKind.choices if value != PaperKind.SIGNED]
"""What is uploaded for an item. The signed copy of minutes is attached to their meeting."""


class SeveralFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, as a list."""

    widget = SeveralFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file.

        Raises:
            ValidationError: there is none, or there are too many.
        """
        given: Sequence[Any] = data if isinstance(data, list | tuple) and data else [data or None]
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(_("These are too many files at once. Upload twenty at most, then the next twenty."))
        # An empty file is refused by the operation, in the same words as other files that are not taken.
        self.allow_empty_file = True
        return [super(SeveralFilesField, self).clean(file, initial) for file in given]


class UploadForm(forms.Form):
    """New papers of an item: a file each."""

    uploads = SeveralFilesField(label=_("Files"), help_text=WHAT_IS_TAKEN)
    title = forms.CharField(
        label=_("Title"), required=False, max_length=250, help_text=_("Of one paper. Without it, each is called like its file.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OF_AN_AGENDA, initial=PaperKind.REPORT)
    belongs_to = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Paper.objects.none(), required=False, help_text=_("The report it is an appendix of.")
    )
    replaces = forms.ModelChoiceField(
        label=_("Takes the place of"),
        queryset=Paper.objects.none(),
        required=False,
        help_text=_("Only for a new paper that replaces a public one. To correct a file, replace it below."),
    )

    def __init__(self, *args: Any, item: AgendaItemPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = Paper.objects.filter(item=item)
        self.fields["belongs_to"].queryset = papers.filter(belongs_to=None)  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = papers.filter(state=PaperState.PUBLISHED)  # type: ignore[attr-defined]

    def titles(self) -> list[str]:
        """The title of each paper: as typed for one, else from the names of the files."""
        files = self.cleaned_data["uploads"]
        typed = self.cleaned_data["title"]
        if typed and len(files) == 1:
            return [typed]
        return [PurePath(file.name or "").stem.replace("_", " ").strip()[:250] or str(_("Paper")) for file in files]


class ReplaceForm(forms.Form):
    """A newer file of a paper."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=WHAT_IS_TAKEN,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class AnywayForm(forms.Form):
    """Why a file is published in spite of what was found in it."""

    because = forms.CharField(
        label=_("Why it is published anyway"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with your name, and is not shown to the public."),
    )


class SaysForm(forms.Form):
    """What changed in a file."""

    says = forms.CharField(
        label=_("What changed"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. It is shown with the paper."),
    )


class SupplementForm(forms.Form):
    """What a supplement brings, and why it is late."""

    papers = forms.ModelMultipleChoiceField(
        label=_("Papers"), queryset=Paper.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    items = forms.ModelMultipleChoiceField(
        label=_("Items that are not public yet"),
        queryset=AgendaItemPage.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their checked papers come with them."),
    )
    says = forms.CharField(
        label=_("What is new"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. It is sent to the members and stands on the page."),
    )
    late_because = forms.CharField(
        label=_("Why it could not be published with the agenda"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, meeting: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = AgendaItemPage.objects.child_of(meeting).order_by("position", "path")
        ready = Paper.objects.filter(item__in=items.live(), state=PaperState.CHECKED).order_by(
            "item__position", "position", "pk"
        )
        self.fields["papers"].queryset = ready  # type: ignore[attr-defined]
        self.fields["items"].queryset = items.not_live().exclude(pk__in=taken_out_at_once())  # type: ignore[attr-defined]
