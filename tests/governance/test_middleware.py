"""A write in the admin is whole or not at all, and what a rule refuses is a plain page."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

import pytest

from governance import publication
from governance.enums import ActionStatus
from governance.exceptions import Refused
from governance.middleware import AdminTransactionMiddleware
from governance.models import ActionPage, BoardPage, LedgerEntry, ProgressUpdatePage, Reference, User
from tests import building

ADDRESS = "wagtailadmin_pages:edit"


@pytest.fixture
def consequence() -> Iterator[dict[str, Exception | None]]:
    """A consequence of publishing that fails with what a test puts in."""
    failing: dict[str, Exception | None] = {"with": None}

    def fail(published: publication.Publication) -> None:
        if failing["with"] is not None:
            raise failing["with"]

    publication.register(ProgressUpdatePage, published=fail)
    yield failing
    publication._published[ProgressUpdatePage].remove(fail)


def post_update(clerk: User, action: ActionPage) -> tuple[Client, str, dict[str, str]]:
    """A draft of news, and what the editor sends to publish it."""
    update = building.make_update(action, clerk, publish=False)
    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    form = {
        "title": update.title,
        "slug": update.slug,
        "date": "2026-11-03",
        "status": "under_way",
        "confidence": "on_track",
        "what_changed": "It has begun.",
        **{f"{rows}-{count}_FORMS": "0" for rows in ("milestones_done", "alternatives") for count in ("TOTAL", "INITIAL")},
        "action-publish": "publish",
    }
    return client, reverse(ADDRESS, args=[update.pk]), form


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [Refused("Not on a Sunday."), IntegrityError("constraint")])
def test_a_consequence_that_fails_leaves_nothing(failure: Exception, consequence: dict[str, Any]) -> None:
    clerk = building.make_user()
    action = building.make_action(building.make_board(clerk), clerk)
    client, address, form = post_update(clerk, action)
    before = (Reference.objects.count(), LedgerEntry.objects.count(), ProgressUpdatePage.objects.get().revisions.count())
    consequence["with"] = failure
    response = client.post(address, form)
    assert response.status_code == 409
    assert ("Not on a Sunday." in response.content.decode()) is isinstance(failure, Refused)
    update = ProgressUpdatePage.objects.get()
    assert (update.live, update.reference, update.status) == (False, None, "under_way")
    assert (Reference.objects.count(), LedgerEntry.objects.count(), update.revisions.count()) == before
    assert ActionPage.objects.get().status == ActionStatus.PROPOSED

    consequence["with"] = None
    assert client.post(address, form).status_code == 302
    assert ProgressUpdatePage.objects.get().reference == "HWB-A1/U1"
    assert ActionPage.objects.get().status == ActionStatus.UNDER_WAY


@pytest.mark.django_db
def test_what_somebody_deleted_meanwhile_is_said_in_words_and_a_fault_of_ours_is_not(board: BoardPage, clerk: User) -> None:
    def view(request: HttpRequest, **where: Any) -> HttpResponse:
        raise BoardPage.DoesNotExist

    request = RequestFactory().post("/admin/pages/add/")
    request.user = clerk
    written = AdminTransactionMiddleware(lambda request: HttpResponse())
    answer = written.process_view(request, view, (), {"parent_page_id": 10**6})
    assert answer is not None and answer.status_code == 409
    assert "Somebody deleted what you were working on" in answer.content.decode()
    for where in ({"parent_page_id": board.pk}, {}):
        with pytest.raises(BoardPage.DoesNotExist):
            written.process_view(request, view, (), where)
