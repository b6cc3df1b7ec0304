"""What is asked of whoever wants a pack built."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minutes.enums import PACKS_OF_A_MEETING, PackAudience, PackEdition, PackKind
from minutes.models import AgendaItemPage, MeetingPage, Supplement


class AskForm(forms.Form):
    """Which pack, for whom, and how it is printed."""

    what = forms.ChoiceField(label=_("Pack"))
    audience = forms.ChoiceField(label=_("For"), choices=PackAudience.choices, required=False)
    edition = forms.ChoiceField(label=_("Edition"), choices=PackEdition.choices, required=False)

    def __init__(self, *args: Any, meeting: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = AgendaItemPage.objects.child_of(meeting).live().exclude(reference=None).order_by("position", "path")
        supplements = Supplement.objects.public().filter(meeting=meeting).order_by("number")
        self._items = {f"{PackKind.ITEM}-{item.pk}": item for item in items}
        self._supplements = {f"{PackKind.SUPPLEMENT}-{row.pk}": row for row in supplements}
        kinds = [(kind.value, kind.label) for kind in PACKS_OF_A_MEETING if kind not in {PackKind.ITEM, PackKind.SUPPLEMENT}]
        choices: list[Any] = [*kinds, *((key, str(row)) for key, row in self._supplements.items())]
        if self._items:
            named = [(key, f"{item.number} {item.title}".strip()) for key, item in self._items.items()]
            choices.append((PackKind.ITEM.label, named))
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What the operation is asked for."""
        what = self.cleaned_data["what"]
        item, supplement = self._items.get(what), self._supplements.get(what)
        kind = PackKind.ITEM if item else PackKind.SUPPLEMENT if supplement else PackKind(what)
        return {
            "kind": kind,
            "audience": self.cleaned_data["audience"] or PackAudience.PUBLIC,
            "edition": self.cleaned_data["edition"] or PackEdition.STANDARD,
            "item": item,
            "supplement": supplement,
        }
