"""Every door of the admin through which a public record could be changed, moved or lost, for every type of record."""

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import Page

import pytest
from bs4 import BeautifulSoup

from governance.enums import Role
from governance.models import ActionPage, BoardIndexPage, BoardPage, LedgerEntry, RecordPage, User
from governance.operations.roles import give_role
from home.models import HomePage
from minutes.models import MinutePage, ResolutionPage
from tests import building
from tests.house.chain import FINAL, NOT_FINAL, Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public."""
    return kept("chain", lambda: make_chain(clerk))


@pytest.fixture(params=["administrator", "editor"])
def client(request: pytest.FixtureRequest, chain: Chain, clerk: User) -> Client:
    """Somebody who may do everything, then the editor of the board."""
    user = clerk
    if request.param == "editor":
        user = building.make_user("editor", is_superuser=False, is_staff=False)
        give_role(user=user, role=Role.EDITOR, board=chain.records["board"])
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def bulk(action: str, *pages: Page) -> str:
    """The address of a bulk action on pages."""
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?next=/admin/&{chosen}"


def as_it_is(page: Any) -> dict[str, Any]:
    """Every column of a record but Wagtail's own bookkeeping."""
    row = type(page).objects.get(pk=page.pk)
    kept = {field.attname for field in row._meta.concrete_fields} - {"latest_revision_created_at", "latest_revision_id"}
    return {name: getattr(row, name) for name in kept}


def test_nothing_public_is_deleted(chain: Chain, client: Client) -> None:
    for name, record in chain.records.items():
        before = as_it_is(record)
        for address in (reverse("wagtailadmin_pages:delete", args=[record.pk]), bulk("delete", record)):
            response = client.post(address, {"wagtail_site_name": "Resolved"})
            assert response.status_code in {302, 409}, (name, address)
            assert as_it_is(record) == before, (name, address)


def test_nothing_public_is_moved(chain: Chain, client: Client) -> None:
    home = HomePage.objects.get()
    for name, record in chain.records.items():
        before = as_it_is(record)
        confirm = reverse("wagtailadmin_pages:move_confirm", args=[record.pk, home.pk])
        for address, form in ((confirm, {}), (bulk("move", record), {"chooser": str(home.pk), "move_applied": "True"})):
            response = client.post(address, form)
            assert response.status_code in {200, 302, 409}, (name, address)
            assert as_it_is(record) == before, (name, address)


def test_a_minute_and_a_resolution_stay_with_their_item(chain: Chain, client: Client) -> None:
    for name in FINAL:
        before = as_it_is(chain.records[name])
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[chain.records[name].pk, chain.other_item.pk]))
        client.post(bulk("move", chain.records[name]), {"chooser": str(chain.other_item.pk), "move_applied": "True"})
        assert as_it_is(chain.records[name]) == before


def test_nothing_is_unpublished_without_a_reason(chain: Chain, client: Client) -> None:
    for name, record in chain.records.items():
        for address in (reverse("wagtailadmin_pages:unpublish", args=[record.pk]), bulk("unpublish", record)):
            response = client.post(address, {"include_descendants": "on"})
            assert response.status_code in {302, 409}, (name, address)
        assert chain.fresh(name).live, name
    assert not LedgerEntry.objects.filter(event="withdrawn").exists()


def test_lists_do_not_take_their_records_with_them(chain: Chain, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    index = BoardIndexPage.objects.get()
    for address in (reverse("wagtailadmin_pages:unpublish", args=[index.pk]), bulk("unpublish", index)):
        assert client.post(address, {"include_descendants": "on"}).status_code == 409
    for address in (reverse("wagtailadmin_pages:delete", args=[index.pk]), bulk("delete", index)):
        response = client.post(address, {"wagtail_site_name": "Resolved"})
        assert response.status_code == 409
        assert "kept" in response.content.decode() or "final" in response.content.decode()
    assert all(chain.fresh(name).live for name in chain.records)


def test_where_other_pages_are_unpublished_a_record_is_withdrawn(chain: Chain, client: Client) -> None:
    action = chain.records["action"]
    form, unpublish = reverse("withdraw_record", args=[action.pk]), reverse("wagtailadmin_pages:unpublish", args=[action.pk])
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[action.pk])).content.decode()
    listed = client.get(reverse("wagtailadmin_explore", args=[action.get_parent().pk])).content.decode()
    for shown in (edited, listed):
        assert form in shown
        assert unpublish not in shown
    assert BeautifulSoup(edited, "html.parser").select_one(f'footer a[href="{form}"]')
    assert "Unpublish content pages" in listed
    final = client.get(reverse("wagtailadmin_pages:edit", args=[chain.records["resolution"].pk])).content.decode()
    assert "Withdraw from public view" not in final
    assert "Unpublish" not in final
    assert client.get(form).status_code == 200
    assert client.post(form, {"reason": " "}).status_code == 400
    assert client.post(form, {"reason": "Published too early."}).status_code == 302
    assert not chain.fresh("action").live
    assert chain.fresh("action").withdrawals.get().reason == "Published too early."
    assert client.post(form, {"reason": "Again."}).status_code == 302
    assert chain.fresh("action").withdrawals.count() == 1


def test_what_is_final_is_not_withdrawn(chain: Chain, client: Client) -> None:
    for name in FINAL:
        response = client.post(reverse("withdraw_record", args=[chain.records[name].pk]), {"reason": "No longer wanted."})
        assert response.status_code == 302
        assert chain.fresh(name).live


def test_an_alias_of_a_record_is_refused(chain: Chain, client: Client) -> None:
    pages = Page.objects.count()
    for name, record in chain.records.items():
        form = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": str(record.get_parent().pk), "alias": "on"}
        response = client.post(reverse("wagtailadmin_pages:copy", args=[record.pk]), form)
        assert response.status_code in {200, 302, 409}, name
        assert Page.objects.count() == pages, name


def test_a_copy_starts_without_what_nobody_typed(chain: Chain, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    for name, record in chain.records.items():
        if name in {"board", "minute"}:
            continue
        form = {"new_title": "Twin", "new_slug": f"twin-{record.pk}", "new_parent_page": str(record.get_parent().pk)}
        response = client.post(reverse("wagtailadmin_pages:copy", args=[record.pk]), form)
        assert response.status_code == 302, name
        twin = Page.objects.get(slug=f"twin-{record.pk}").specific
        fields = {column: twin._meta.get_field(column) for column in twin.columns_of_the_row()}
        assert {column: getattr(twin, column) for column in fields} == {c: f.get_default() for c, f in fields.items()}, name
        assert not twin.live
        assert not twin.is_frozen


def test_a_board_is_not_copied_because_its_code_is_its_own(chain: Chain, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    board = chain.records["board"]
    form = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": str(board.get_parent().pk)}
    assert client.post(reverse("wagtailadmin_pages:copy", args=[board.pk]), form).status_code == 409
    assert BoardPage.objects.count() == 1


def test_a_published_copy_is_a_record_of_its_own(chain: Chain, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    action = chain.records["action"]
    form = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": str(action.get_parent().pk), "publish_copies": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[action.pk]), form)
    twin = ActionPage.objects.get(slug="twin")
    assert (twin.live, twin.reference, twin.status) == (True, "HWB-A2", "proposed")
    assert chain.fresh("action").reference == "HWB-A1"


def test_an_older_draft_brings_its_words_back_and_nothing_else(chain: Chain, clerk: User) -> None:
    for name in NOT_FINAL:
        record = chain.fresh(name)
        columns = record.columns_of_the_row()
        before = {column: getattr(record, column) for column in columns}
        oldest = record.revisions.order_by("created_at", "pk").first()
        record.title = "Later title"
        record.save_revision(user=clerk).publish(user=clerk)
        oldest.publish(user=clerk)
        after = chain.fresh(name)
        assert after.title != "Later title", name
        assert {column: getattr(after, column) for column in columns} == before, name
        assert before["reference"] or name in {"strategy", "workstream", "case study"}


def edit_form(page: Any, **changed: str) -> dict[str, str]:
    """What the editor's form sends for a final record: its words, changed."""
    return {"title": page.title, "slug": page.slug, "action-publish": "publish", **changed}


def test_the_editor_of_a_final_record_changes_nothing(chain: Chain, client: Client) -> None:
    for name in FINAL:
        record = chain.records[name]
        address = reverse("wagtailadmin_pages:edit", args=[record.pk])
        shown = client.get(address)
        assert shown.status_code == 200
        assert record.frozen_because in shown.content.decode().replace("&#x27;", "'")
        before = as_it_is(record)
        revisions = record.revisions.count()
        response = client.post(address, edit_form(record, title="Changed", mover="Somebody else", label="(9)"))
        assert response.status_code in {200, 302}
        assert as_it_is(record) == before
        assert record.revisions.count() == revisions


def test_an_older_draft_of_a_final_record_is_not_published(chain: Chain, client: Client) -> None:
    for name in FINAL:
        record = chain.records[name]
        before = as_it_is(record)
        Page.objects.filter(pk=record.pk).update(has_unpublished_changes=True)
        response = client.post(bulk("publish", record), {"include_descendants": "on"})
        assert response.status_code in {302, 409}
        assert {**as_it_is(record), "has_unpublished_changes": False} == before


def test_children_of_a_bulk_publication_that_are_final_stay_as_they_are(chain: Chain, client: Client) -> None:
    before = as_it_is(chain.records["resolution"])
    assert client.post(bulk("publish", chain.records["item"]), {"include_descendants": "on"}).status_code == 302
    assert as_it_is(chain.records["resolution"]) == before


def test_a_draft_is_deleted_unless_something_below_it_was_public(chain: Chain, client: Client, clerk: User) -> None:
    draft = building.make_item(chain.records["meeting"], clerk, title="A mistake", publish=False)
    assert client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk])).status_code == 302
    assert not Page.objects.filter(pk=draft.pk).exists()
    open_meeting = building.make_meeting(chain.records["board"], clerk, building.london(2026, 10, 22, 14))
    holder = building.make_item(open_meeting, clerk, title="Holder", publish=False)
    child = building.make_minute(holder, clerk)
    client.post(reverse("wagtailadmin_pages:delete", args=[holder.pk]), {"wagtail_site_name": "Resolved"})
    assert client.post(bulk("delete", holder), {"wagtail_site_name": "Resolved"}).status_code in {302, 409}
    assert MinutePage.objects.filter(pk=child.pk).exists()


def test_a_draft_that_others_refer_to_is_kept(chain: Chain, client: Client, clerk: User) -> None:
    draft = building.make_resolution(chain.other_item, clerk, publish=False, number=7)
    building_link = {"action": str(chain.records["action"].pk), "kind": "changes"}
    assert client.post(reverse("link_action", args=[draft.pk]), building_link).status_code == 302
    response = client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert response.status_code == 409
    assert ResolutionPage.objects.filter(pk=draft.pk).exists()


def record_classes() -> list[type[RecordPage]]:
    """Every class of record."""
    found, waiting = [], [RecordPage]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += [each for each in below if not each._meta.abstract]
        waiting += below
    return found


def test_the_chain_holds_every_class(chain: Chain) -> None:
    assert {type(record) for record in chain.records.values()} == set(record_classes())


@pytest.mark.parametrize("page_class", record_classes(), ids=lambda page_class: page_class.__name__)
def test_every_column_that_no_editor_types_stays_out_of_versions(page_class: type[RecordPage]) -> None:
    untyped = {
        field.name
        for field in page_class._meta.concrete_fields
        if not field.editable and field.model in {page_class, RecordPage} and not field.primary_key and not field.auto_created
    }
    own = {name for name in untyped if not name.endswith("_ptr")}
    assert own <= set(page_class.columns_of_the_row())
    form = page_class.get_edit_handler().get_form_class()
    assert not set(page_class.columns_of_the_row()) & set(form.base_fields)
