"""The statements that the law asks for: each says what is missing to those who can fill it, and to nobody else."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import BoardPage, User
from governance.needs_doing import needs_of
from governance.operations.roles import give_role
from home.models import AccessibilityStatementPage, HomePage, PrivacyNoticePage
from tests import building
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
FILL = {"Fill in the accessibility statement", "Fill in the privacy notice"}


def waiting(user: Any) -> dict[str, str]:
    """Where what waits about the statements is done."""
    return {need.words: need.address for need in needs_of(user, TODAY).waiting if need.words in FILL}


def add(model: Any, **fields: Any) -> Any:
    """A live statement."""
    page = model(title=str(model.usual_title), slug=model.usual_slug, **fields)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get()


def test_an_administrator_is_led_to_each_until_it_is_filled(board: BoardPage, clerk: User, client: Client) -> None:
    home = HomePage.objects.get()
    for model, words in ((AccessibilityStatementPage, "accessibility statement"), (PrivacyNoticePage, "privacy notice")):
        form = reverse("wagtailadmin_pages:add", args=["home", model._meta.model_name, home.pk])
        assert waiting(clerk)[f"Fill in the {words}"] == form
        client.force_login(clerk)
        shown = client.get(form).content.decode()
        assert f'value="{model.usual_title}"' in shown and f'value="{model.usual_slug}"' in shown
        page = add(model)
        assert waiting(clerk)[f"Fill in the {words}"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "Not filled yet:" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Not filled yet. Only you" in client.get(page.get_url()).content.decode()
        read = Client().get(page.get_url())
        assert read.status_code == 200 and "Not filled yet" not in read.content.decode()
        assert "This part is still being written." in read.content.decode()
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    assert waiting(User.objects.get(pk=editor.pk)) == {}
    client.force_login(editor)
    assert "Not filled yet" not in client.get("/privacy/").content.decode(), "a note for those who can fill it"
    assert waiting(AnonymousUser()) == {}


def test_nothing_waits_once_both_are_filled_and_public(small_site: SmallSite) -> None:
    assert waiting(small_site.clerk) == {}
    page = PrivacyNoticePage.objects.get()
    page.purposes[0].value["basis"] = ""
    page.save()
    assert page.missing_parts() == ["Publishing what boards decide: the legal basis, and how long it is kept"]
    assert set(waiting(small_site.clerk)) == {"Fill in the privacy notice"}
    AccessibilityStatementPage.objects.update(live=False)
    assert set(waiting(small_site.clerk)) == FILL


def test_each_says_what_the_law_asks_for(small_site: SmallSite, client: Client) -> None:
    accessibility = AccessibilityStatementPage.objects.get()
    shown = client.get(accessibility.get_url()).content.decode()
    parts = (
        "partially complies",
        "disproportionate burden",
        "What the regulations leave out",
        "We answer within 5 working days",
    )
    for words in (
        *parts,
        "Equality and Human Rights Commission",
        "Prepared on 1 November 2026",
        "last tested on 1 November 2026",
    ):
        assert words in shown, words
    accessibility.enforcer, accessibility.compliance, accessibility.problems = "ecni", "full", ""
    accessibility.save_revision().publish()
    shown = client.get(accessibility.get_url()).content.decode()
    assert "Equality Commission for Northern Ireland" in shown and "fully complies" in shown
    assert AccessibilityStatementPage.objects.get().missing_parts() == []
    accessibility.compliance = "none"
    assert accessibility.missing_parts() == ["what does not meet it"]
    privacy = client.get(PrivacyNoticePage.objects.get().get_url()).content.decode()
    for words in (
        *(
            "Ashmere Council decides what is kept",
            "Data protection officer",
            "The legal basis is a task in the public interest",
        ),
        *("Who else gets it", "Whether it leaves the United Kingdom", "Your rights", "Information Commissioner", "How long:"),
    ):
        assert words in privacy, words
    front = client.get("/").content.decode()
    assert 'href="/accessibility-statement/"' in front and 'href="/privacy-notice/"' in front, (
        "linked at the foot of every page"
    )


def test_a_statement_that_is_filled_asks_nobody_who_they_are(
    small_site: SmallSite, client: Client, django_assert_num_queries: Any
) -> None:
    address = PrivacyNoticePage.objects.get().get_url()
    client.get(address)
    answer = client.get(address)
    assert "Set-Cookie" not in answer and "Cookie" not in answer.get("Vary", "")
    with django_assert_num_queries(6):
        client.get(address)
