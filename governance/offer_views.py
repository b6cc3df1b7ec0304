"""The admin's page on which a partner with an account agrees to other words, or keeps its own."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import ProgressUpdatePage
from governance.offered_words import changed_since_offered
from governance.operations.offers import agree_to_offer, keep_own_offer, return_offer
from governance.partner_forms import ReturnForm
from governance.permissions import may_publish_for
from governance.views import RecordStepView

AGREE, KEEP = "agree", "keep"


class AgreeForm(forms.Form):
    """Which words stand."""

    decision = forms.ChoiceField(
        label=_("Which words shall stand?"),
        choices=[(AGREE, _("The words suggested")), (KEEP, _("My own words"))],
        widget=forms.RadioSelect,
    )


class ReturnOfferView(RecordStepView):
    """Returning news that a partner with an account offers."""

    record_class = ProgressUpdatePage
    form_class = ReturnForm
    title = button = _("Return with a comment")
    explanation = _("The person who offered it gets your comment by e-mail, and changes the draft or asks you.")
    done = _("Returned to the partner.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board, but not the one who offered it."""
        return bool(user.pk != record.owner_id and may_publish_for(user, record))

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Return it."""
        return return_offer(update=record, comment=answers["comment"], by=user)

    def afterwards(self) -> str:
        """What waits."""
        return reverse("partner_answers")


class AgreeView(RecordStepView):
    """Agreeing to the words that democratic services suggest, or keeping one's own."""

    record_class = ProgressUpdatePage
    form_class = AgreeForm
    title = _("Do you agree to these words?")
    explanation = _("Nothing is published in your organisation's name in words that you have not agreed to.")
    button = _("Decide")
    done = _("Thank you. Democratic services decide next.")

    def may(self, user: Any, record: Any) -> bool:
        """The one who offered the news, until it is public."""
        return bool(user.pk == record.owner_id and not record.live)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Each text that differs: what it is, the partner's words and those suggested."""
        draft = self.record.get_latest_revision_as_object()
        field = ProgressUpdatePage._meta.get_field
        return [(str(field(name).verbose_name).capitalize(), old, new) for name, old, new in changed_since_offered(draft)]  # type: ignore[union-attr]

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take the one or the other."""
        return (agree_to_offer if answers["decision"] == AGREE else keep_own_offer)(update=record, by=user)
