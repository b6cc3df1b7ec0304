"""News of a partner with an account: words that an officer changed are the partner's only once it agrees."""

from dataclasses import dataclass
from datetime import date

from django.test import Client
from django.urls import reverse

from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, ProgressUpdatePage, User
from governance.offered_words import changed_since_offered
from governance.operations.offers import agree_to_offer, ask_to_agree, keep_own_offer, return_offer
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db
OWN, OTHERS = "The first group met twice.", "A group of tenants met twice."


@dataclass
class Offer:
    """News that a contributor offered, and an editor of the board."""

    update: ProgressUpdatePage
    partner: User
    editor: User

    def edited(self, words: str = OTHERS) -> ProgressUpdatePage:
        """The draft with other words, saved by the editor."""
        draft = self.update.get_latest_revision_as_object()
        draft.what_changed = words
        draft.save()
        draft.save_revision(user=self.editor)
        return ProgressUpdatePage.objects.get(pk=self.update.pk)


def make_offer(board: BoardPage, clerk: User) -> Offer:
    """Offer the news."""
    organisation = building.make_organisation("Beckside Homes")
    action = building.make_action(board, clerk, lead_organisation=organisation)
    partner = building.make_user("sam", is_superuser=False, is_staff=False)
    give_role(user=partner, role=Role.PARTNER, organisation=organisation)
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    update = building.make_update(
        action, partner, date(2026, 11, 3), what_changed=OWN, organisation=organisation, publish=False
    )
    return Offer(update, partner, editor)


@pytest.fixture
def offer(board: BoardPage, clerk: User) -> Offer:
    return kept("offer", lambda: make_offer(board, clerk))


def test_words_as_offered_are_published(offer: Offer, clerk: User) -> None:
    assert ask_to_agree(update=offer.update) is None
    assert publish_record(page=offer.update, by=clerk).what_changed == OWN


def test_changed_words_are_not_published_before_the_partner_agrees(offer: Offer, clerk: User) -> None:
    draft = offer.edited()
    with pytest.raises(Refused, match="words of Beckside Homes"):
        publish_record(page=draft, by=clerk)
    asked = ask_to_agree(update=draft)
    assert asked is not None
    assert (asked.to, reverse("agree_to_words", args=[draft.pk]) in asked.text) == ("sam@example.org", True)
    assert ask_to_agree(update=draft) == asked
    draft = ProgressUpdatePage.objects.get(pk=draft.pk)
    agree_to_offer(update=draft, by=offer.partner)
    assert publish_record(page=ProgressUpdatePage.objects.get(pk=draft.pk), by=clerk).what_changed == OTHERS


def test_a_partner_keeps_its_own_words(offer: Offer, clerk: User) -> None:
    keep_own_offer(update=offer.edited(), by=offer.partner)
    update = ProgressUpdatePage.objects.get(pk=offer.update.pk)
    assert changed_since_offered(update) == []
    assert publish_record(page=update, by=clerk).what_changed == OWN


def test_nobody_else_agrees_for_the_partner(offer: Offer, clerk: User) -> None:
    draft = offer.edited()
    for somebody in (offer.editor, clerk):
        for step in (agree_to_offer, keep_own_offer):
            with pytest.raises(Refused, match="Only the person who offered"):
                step(update=draft, by=somebody)
    agree_to_offer(update=draft, by=offer.partner)
    with pytest.raises(Refused, match="no other words"):
        agree_to_offer(update=ProgressUpdatePage.objects.get(pk=draft.pk), by=offer.partner)


def test_what_the_board_decides_needs_no_agreement(offer: Offer, clerk: User) -> None:
    draft = offer.update.get_latest_revision_as_object()
    draft.title, draft.confidence = "What tenants said", "on_track"
    draft.save_revision(user=offer.editor)
    assert changed_since_offered(draft) == []


def test_the_editor_saves_a_draft_and_the_partner_is_asked(offer: Offer, client: Client) -> None:
    client.force_login(offer.editor)
    address = reverse("wagtailadmin_pages:edit", args=[offer.update.pk])
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form["what_changed"], form["action-publish"] = OTHERS, "publish"
    refused = client.post(address, form).content.decode()
    assert "the partner is asked whether it agrees" in refused
    assert OTHERS in refused
    assert not Delivery.objects.filter(kind="words_to_agree").exists()
    del form["action-publish"]
    client.post(address, form)
    assert Delivery.objects.get(kind="words_to_agree").to == "sam@example.org"
    assert "asked whether it agrees to other words" in client.get(reverse("partner_answers")).content.decode()


def test_the_partner_decides_on_a_page_of_the_admin(offer: Offer, client: Client) -> None:
    offer.edited()
    address = reverse("agree_to_words", args=[offer.update.pk])
    client.force_login(offer.editor)
    assert client.get(address).status_code == 302
    client.force_login(offer.partner)
    shown = client.get(address).content.decode()
    assert OWN in shown
    assert OTHERS in shown
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"decision": "agree"}).status_code == 302
    assert changed_since_offered(ProgressUpdatePage.objects.get(pk=offer.update.pk)) == []
    assert client.post(address, {"decision": "agree"}).status_code == 409


def test_offered_news_is_returned_with_a_comment(offer: Offer, client: Client) -> None:
    address = reverse("return_offer", args=[offer.update.pk])
    client.force_login(offer.partner)
    assert client.get(address).status_code == 302
    client.force_login(offer.editor)
    assert address in client.get(reverse("partner_answers")).content.decode()
    assert client.post(address, {"comment": ""}).status_code == 400
    assert client.post(address, {"comment": "Which tenants?"}).status_code == 302
    mail = Delivery.objects.get(to="sam@example.org")
    assert "Which tenants?" in mail.text
    assert reverse("wagtailadmin_pages:edit", args=[offer.update.pk]) in mail.text
    history = client.get(reverse("wagtailadmin_pages:history", args=[offer.update.pk])).content.decode()
    assert "Which tenants?" in history


def test_only_offers_are_returned(offer: Offer, clerk: User) -> None:
    other = building.make_update(offer.update.action, clerk, date(2026, 11, 4), title="Own", publish=False)
    for update, comment, words in ((offer.update, " ", "Say what"), (other, "x", "not news that a partner")):
        with pytest.raises(Refused, match=words):
            return_offer(update=update, comment=comment, by=offer.editor)
