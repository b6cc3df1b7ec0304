"""The verbs of a clause, kept as a list and chosen with tick boxes."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.enums import Verb


class VerbsField(models.JSONField):
    """A list of verbs. A clause may note one thing and request another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Tick boxes, one for each verb."""
        return forms.MultipleChoiceField(
            choices=Verb.choices,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what is no verb.

        Raises:
            ValidationError: naming what is not known.
        """
        unknown = [verb for verb in value or [] if verb not in Verb.values]
        if unknown:
            raise forms.ValidationError(_("No such verb: %(verbs)s") % {"verbs": ", ".join(map(str, unknown))})
