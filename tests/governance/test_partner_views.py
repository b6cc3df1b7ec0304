"""The admin's pages for partners: who sees and does what there."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import querydict_from_html

import pytest

from governance.enums import AnswerState, Role
from governance.models import BoardPage, PartnerAnswer, PartnerLink, PartnerRequest, ProgressUpdatePage, User
from governance.operations.moderation import AsNews, approve_answer, return_answer
from governance.operations.partner_answers import receive_answer
from governance.operations.roles import give_role
from tests import building
from tests.governance.partner_stage import UPDATE, Asked, ask, mail_to

pytestmark = pytest.mark.django_db

SECRET = "The funding ends in March."


@pytest.fixture
def asked(board: BoardPage, clerk: User) -> Asked:
    return ask(board, clerk, at=timezone.now() - timedelta(hours=1))


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def holding(role: Role, board: BoardPage) -> Client:
    """Somebody in a role of the board, or of the organisation that is asked."""
    user = building.make_user(f"{role}-of-{board.code}", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, **building.holder_of(role, board))
    return logged_in(user)


def shown(client: Client, name: str, *key: int) -> str:
    response = client.get(reverse(name, args=key))
    assert response.status_code == 200
    return response.content.decode()


def sent_away(client: Client, name: str, *key: int) -> bool:
    return client.get(reverse(name, args=key)).status_code in {302, 403}


def test_an_editor_asks_for_news_from_the_action(board: BoardPage, clerk: User) -> None:
    partner = building.make_organisation("Beckside Homes", request_email="news@beckside.example")
    action = building.make_action(board, clerk, lead_organisation=partner)
    client = holding(Role.EDITOR, board)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[action.pk])).content.decode()
    assert reverse("ask_for_news", args=[action.pk]) in edit
    assert "news@beckside.example" not in shown(client, "ask_for_news", action.pk)
    due = (timezone.localdate() + timedelta(days=14)).isoformat()
    answer = client.post(reverse("ask_for_news", args=[action.pk]), {"organisation": partner.pk, "due_on": due, "email": ""})
    assert answer.status_code == 302
    assert len(mail_to("news@beckside.example")) == 1
    again = client.post(reverse("ask_for_news", args=[action.pk]), {"organisation": partner.pk, "due_on": due, "email": ""})
    assert again.status_code == 409
    assert "has not answered yet" in again.content.decode()
    assert PartnerLink.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": ""}, "No address is known"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "valid email address"),
        ({"email": "a@example.org", "due_on": "yesterday"}, "valid date"),
        ({"email": "a@example.org", "organisation": "0"}, "valid choice"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(board: BoardPage, clerk: User, given: dict[str, str], words: str) -> None:
    partner = building.make_organisation("Beckside Homes")
    action = building.make_action(board, clerk, lead_organisation=partner)
    usual = {"organisation": str(partner.pk), "due_on": timezone.localdate().isoformat()}
    response = logged_in(clerk).post(reverse("ask_for_news", args=[action.pk]), {**usual, **given})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not PartnerRequest.objects.exists()


def test_partners_are_asked_to_pass_it_on_and_those_without_an_address_are_named(board: BoardPage, clerk: User) -> None:
    first = building.make_organisation("Beckside Homes", request_email="news@beckside.example")
    second = building.make_organisation("Healthwatch Ashmere")
    action = building.make_action(board, clerk)
    given = {"organisations": [first.pk, second.pk], "report_to": "The Board", "due_on": ""}
    response = logged_in(clerk).post(reverse("ask_partners", args=[action.pk]), given, follow=True)
    assert "1 link is on its way. No address is known for Healthwatch Ashmere" in response.content.decode()
    assert action.partner_requests.count() == 2
    assert [link.email for link in PartnerLink.objects.all()] == ["news@beckside.example"]
    assert "Beckside Homes" not in shown(logged_in(clerk), "ask_partners", action.pk).partition("<form")[2]


def test_who_writes_for_another_board_or_for_none_asks_nobody(asked: Asked, board: BoardPage, clerk: User) -> None:
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    people = [holding(Role.EDITOR, other), *(holding(role, board) for role in (Role.AUTHOR, Role.PARTNER, Role.AUDITOR))]
    for client in people:
        assert sent_away(client, "ask_for_news", asked.action.pk)
        assert sent_away(client, "ask_partners", asked.action.pk)
        assert sent_away(client, "partner_request", asked.request.pk)
        assert sent_away(client, "send_partner_link", asked.request.pk)
        assert sent_away(client, "revoke_partner_link", asked.link.pk)
    draft = building.make_action(board, clerk, "Draft", publish=False)
    assert sent_away(logged_in(clerk), "ask_for_news", draft.pk)


def test_answers_are_decided_on_by_those_who_publish_for_the_board(asked: Asked, board: BoardPage, clerk: User) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE)
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    for client in (holding(Role.EDITOR, board), holding(Role.APPROVER, board)):
        assert "Answers (1)" in client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Beckside Homes" in shown(client, "partner_answers")
        assert "The first group met." in shown(client, "partner_answer", answer.pk)
    stranger = holding(Role.EDITOR, other)
    assert "Beckside Homes" not in shown(stranger, "partner_answers")
    for client in (stranger, holding(Role.AUTHOR, board), holding(Role.PARTNER, board), holding(Role.AUDITOR, board)):
        for name in ("partner_answer", "approve_answer", "return_answer", "suggest_words"):
            assert sent_away(client, name, answer.pk), name
    assert sent_away(holding(Role.MEMBER, board), "partner_answers")
    answer.refresh_from_db()
    assert answer.state == AnswerState.RECEIVED


def test_an_approver_publishes_from_the_list(asked: Asked, board: BoardPage) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE)
    client = holding(Role.APPROVER, board)
    form = shown(client, "approve_answer", answer.pk)
    assert "Beckside Homes reports" in form
    given = {"title": "The first group", "status": "under_way", "publish": "on"}
    response = client.post(reverse("approve_answer", args=[answer.pk]), given)
    assert response.headers["Location"] == reverse("partner_answers")
    update = ProgressUpdatePage.objects.get()
    assert (update.live, update.title) == (True, "The first group")
    assert "Nothing waits for you." in shown(client, "partner_answers")
    assert "The news that it became" in shown(client, "partner_answer", answer.pk)
    assert client.post(reverse("approve_answer", args=[answer.pk]), given).status_code == 409


def test_what_the_rules_refuse_is_said_on_the_form_and_changes_nothing(asked: Asked, board: BoardPage) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE)
    client = holding(Role.APPROVER, board)
    paused = {"title": "Paused", "status": "paused", "publish": "on"}
    response = client.post(reverse("approve_answer", args=[answer.pk]), paused)
    assert response.status_code == 409
    assert "the public is owed the reason" in response.content.decode()
    assert not ProgressUpdatePage.objects.exists()
    assert client.post(reverse("return_answer", args=[answer.pk]), {"comment": " "}).status_code == 400
    same = {name: UPDATE[name] for name in ("words", "next_step")}
    assert client.post(reverse("suggest_words", args=[answer.pk]), same).status_code == 409
    other = {**same, "words": "A first group met."}
    assert client.post(reverse("suggest_words", args=[answer.pk]), other).status_code == 302
    answer.refresh_from_db()
    assert answer.suggested == {"words": "A first group met."}
    assert "A first group met." in shown(client, "partner_answer", answer.pk)


def test_what_is_told_in_confidence_is_read_by_democratic_services_alone(asked: Asked, board: BoardPage) -> None:
    stuck = receive_answer(link=asked.link, kind="stuck", given={"confidential": SECRET})
    editor, approver = holding(Role.EDITOR, board), holding(Role.APPROVER, board)
    assert SECRET in shown(editor, "partner_answer", stuck.pk)
    assert "Told in confidence" in shown(editor, "partner_answers")
    assert "Told in confidence" not in shown(approver, "partner_answers")
    assert "Answers (1)" not in approver.get(reverse("wagtailadmin_home")).content.decode()
    assert "We are stuck" not in shown(approver, "partner_request", asked.request.pk)
    for client in (approver, holding(Role.AUDITOR, board), holding(Role.PARTNER, board)):
        for name in ("partner_answer", "approve_answer", "return_answer", "suggest_words"):
            assert sent_away(client, name, stuck.pk)
    for address in (
        reverse("partner_answers"),
        reverse("partner_request", args=[asked.request.pk]),
        reverse("wagtailadmin_pages:edit", args=[asked.action.pk]),
        "/admin/governance/partnerrequest/",
        "/admin/governance/partnerrequest/?export=csv",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_pages:history", args=[asked.action.pk]),
    ):
        response = editor.get(address)
        assert SECRET.encode() not in response.getvalue(), address
    assert "We have taken it up" in shown(editor, "partner_answer", stuck.pk)
    assert editor.post(reverse("approve_answer", args=[stuck.pk])).status_code == 302
    stuck.refresh_from_db()
    assert stuck.state == AnswerState.APPROVED


def test_no_log_holds_what_was_told_in_confidence(asked: Asked, board: BoardPage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    # Django's own log of queries is for developers and is off wherever DEBUG is.
    stuck = receive_answer(link=asked.link, kind="stuck", given={"confidential": SECRET})
    holding(Role.EDITOR, board).get(reverse("partner_answer", args=[stuck.pk]))
    assert SECRET not in "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")


def test_links_are_sent_and_called_back_on_the_page_of_the_request(asked: Asked, board: BoardPage) -> None:
    client = holding(Role.EDITOR, board)
    assert "news@beckside.example" in shown(client, "partner_request", asked.request.pk)
    sent = client.post(reverse("send_partner_link", args=[asked.request.pk]), {"email": "jo@beckside.example"})
    assert sent.status_code == 302
    assert len(mail_to("jo@beckside.example")) == 1
    assert client.post(reverse("revoke_partner_link", args=[asked.link.pk])).status_code == 302
    asked.link.refresh_from_db()
    assert asked.link.revoked_at is not None
    assert "Called back" in shown(client, "partner_request", asked.request.pk)
    assert client.post(reverse("revoke_partner_link", args=[asked.link.pk])).status_code == 409
    assert asked.link.token not in shown(client, "partner_request", asked.request.pk)
    register = client.get("/admin/governance/partnerrequest/").content.decode()
    assert reverse("partner_request", args=[asked.request.pk]) in register


def test_the_partners_words_cannot_be_edited_in_the_draft_they_became(asked: Asked, board: BoardPage) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE)
    approve_answer(answer=answer, by=asked.approver, news=AsNews("News", publish=False))
    draft = ProgressUpdatePage.objects.get()
    client = holding(Role.EDITOR, board)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    shown_form = client.get(address).content.decode()
    assert "they stay as the partner sent them" in shown_form
    form = querydict_from_html(shown_form, form_id="page-edit-form")
    form.update({"title": "What tenants said", "what_changed": "Nothing.", "next_step": "", "action-publish": "publish"})
    for name in ("title", "what_changed", "next_step"):
        form[name] = form.getlist(name)[-1]
    client.post(address, form)
    fresh = ProgressUpdatePage.objects.get()
    assert (fresh.live, fresh.title, fresh.what_changed) == (True, "What tenants said", "The first group met.")
    assert fresh.next_step == UPDATE["next_step"]


def test_the_desk_lists_what_is_with_partners_and_whom_no_mail_reaches(asked: Asked, board: BoardPage, clerk: User) -> None:
    answer = receive_answer(link=asked.link, kind="update", given=UPDATE)
    return_answer(answer=answer, comment="Who came?", by=clerk)
    silent = building.make_action(board, clerk, "Silent", lead_role="Nobody yet", news_every_weeks=1)
    other = building.make_board(clerk, code="SCP", title="Safer Communities Partnership")
    building.make_action(other, clerk, "Elsewhere", news_every_weeks=1)
    page = shown(holding(Role.APPROVER, board), "partner_answers")
    assert "Returned to the partner" in page
    assert f"Nobody yet: news of “{silent.title}”" in page
    assert "Elsewhere" not in page


def test_the_desk_asks_as_often_for_many_answers_as_for_few(
    asked: Asked, board: BoardPage, django_assert_num_queries: Any
) -> None:
    client = holding(Role.EDITOR, board)
    rows = {"partner_request": asked.request, "link": asked.link, "kind": "not_ours", "received_at": timezone.now()}
    PartnerAnswer.objects.create(**rows)
    client.get(reverse("partner_answers"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("partner_answers"))
    for _number in range(20):
        PartnerAnswer.objects.create(**rows)
    with django_assert_num_queries(len(few)):
        client.get(reverse("partner_answers"))
