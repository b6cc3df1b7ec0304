"""What the database itself refuses, whoever asks and however."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core import checks
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from wagtail.models import Page, get_page_models

import pytest

from governance import triggers
from governance.checks import every_page_type_names_its_parents, the_database_keeps_records
from governance.models import LedgerEntry, Milestone, MilestoneDone, ProgressUpdatePage, RecordPage, Reference, User
from governance.operations.publishing import publish_record, withdraw_record
from governance.triggers import Rule
from minutes.enums import PackState
from minutes.models import MinutePage, Pack, ResolutionPage
from tests import building
from tests.house.chain import Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"


@contextmanager
def refused() -> Iterator[None]:
    """The database refuses; what was done before stays usable."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def run(sql: str, *values: Any) -> None:
    """Plain SQL, past every guard in Python."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public."""
    return kept("chain", lambda: make_chain(clerk))


def test_an_adopted_resolution_keeps_its_words(chain: Chain) -> None:
    found = ResolutionPage.objects.filter(pk=chain.records["resolution"].pk)
    changes: list[dict[str, Any]] = [
        {"text": "Something else."},
        {"label": "(9)"},
        {"stem": "That:"},
        {"outcome": "lost"},
        {"adopted_at": F("adopted_at") + timedelta(days=1)},
        {"verbs": ["note"]},
    ]
    for change in changes:
        with refused():
            found.update(**change)
    found.update(no_action_reason="What is said of it later may change.")


def test_a_confirmed_minute_keeps_its_words(chain: Chain) -> None:
    found = MinutePage.objects.filter(pk=chain.records["minute"].pk)
    changes: list[dict[str, Any]] = [{"text": "<p>No.</p>"}, {"mover": "Nobody"}, {"confirmed_at": None, "confirmed_by": None}]
    for change in changes:
        with refused():
            found.update(**change)


def test_a_public_update_keeps_its_words(chain: Chain, clerk: User) -> None:
    update = chain.records["update"]
    step = Milestone.objects.create(action=update.action, name="Meet")
    found = ProgressUpdatePage.objects.filter(pk=update.pk)
    done = MilestoneDone.objects.filter(update=update)
    with refused():
        Page.objects.filter(pk=update.pk).update(title="Something else")
    MilestoneDone.objects.create(update=update, milestone=step, done_on=update.date)
    for change in ({"done_on": update.date + timedelta(days=1)}, {"milestone": Milestone.objects.create(action=update.action)}):
        with refused():
            done.update(**change)
    with refused():
        done.delete()
    for name in ProgressUpdatePage.frozen_fields:
        if name != "title":
            with refused():
                found.update(**{name: other_value(update, name, chain)})
    found.update(told_on=update.date, told_how="by letter")
    record = withdraw_record(page=update, by=clerk, reason="A wrong address.")
    found.update(what_changed="Something else.")
    publish_record(page=ProgressUpdatePage.objects.get(pk=record.page_id), by=clerk)
    with refused():
        found.update(what_changed="Once more.")


def other_value(update: ProgressUpdatePage, name: str, chain: Chain) -> Any:
    """A value of a column that is not the one it has."""
    field: Any = ProgressUpdatePage._meta.get_field(name.removesuffix("_id"))
    if isinstance(field, models.DateField):
        return update.date + timedelta(days=90)
    if field.choices:
        return next(value for value, _label in field.flatchoices if value not in {"", getattr(update, name)})
    others = {"corrects_id": update.pk, "handed_to_action_id": update.action.pk}
    if name == "organisation_id":
        return building.make_organisation("Somebody else").pk
    return others.get(name, "Something else.")


def test_words_that_are_published_again_may_differ(chain: Chain, clerk: User) -> None:
    update = chain.records["update"]
    withdraw_record(page=update, by=clerk, reason="A wrong address.")
    draft = ProgressUpdatePage.objects.get(pk=update.pk).get_latest_revision_as_object()
    draft.title, draft.what_changed = "Mended", "Something else."
    assert publish_record(page=draft, by=clerk).what_changed == "Something else."


def test_an_issued_pack_keeps_its_file(chain: Chain, clerk: User) -> None:
    at = chain.records["resolution"].adopted_at
    pack = Pack.objects.create(
        meeting=chain.records["meeting"],
        version=1,
        reference="HWB/2026-10-08/AGENDA/v1",
        slug="hwb-2026-10-08-agenda-v1",
        asked_at=at,
        state=PackState.ISSUED,
        file="packs/one.pdf",
        sha512="0" * 128,
        issued_at=at,
    )
    for change in ({"file": "packs/two.pdf"}, {"sha512": "1" * 128}, {"issued_at": None}):
        with refused():
            Pack.objects.filter(pk=pack.pk).update(**change)
    with refused():
        Pack.objects.filter(pk=pack.pk)._raw_delete("default")
    Pack.objects.filter(pk=pack.pk).update(state=PackState.SUPERSEDED)


def test_the_ledger_and_references_are_only_added_to(chain: Chain) -> None:
    for model, column in ((LedgerEntry, "note"), (Reference, "slug")):
        rows = model._default_manager.all()
        before = rows.count()
        with refused():
            rows.update(**{column: "changed"})
        with refused():
            rows._raw_delete("default")
        with refused():
            run(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608
        assert before == rows.count() > 0


def test_the_rows_of_records_with_a_reference_are_kept(chain: Chain) -> None:
    for name, record in chain.records.items():
        assert record.reference, name
        with refused():
            run(f'DELETE FROM "{record._meta.db_table}" WHERE reference = %s', record.reference)  # noqa: S608
        assert chain.fresh(name)


def test_every_class_of_record_is_kept_and_has_references() -> None:
    records = [page_class for page_class in get_page_models() if issubclass(page_class, RecordPage)]
    kept = {rule.table for rule in triggers.rules() if rule.name == "record"}
    assert {page_class._meta.db_table for page_class in records} == kept
    assert [page_class for page_class in records if page_class.reference_scope is RecordPage.reference_scope] == []


def test_replacing_a_row_is_refused_too(chain: Chain) -> None:
    row = Reference.objects.get(text="HWB-A1")
    with refused():
        if POSTGRESQL:
            run("UPDATE governance_reference SET text = 'HWB-A2' WHERE id = %s", row.pk)
        else:
            run(
                "REPLACE INTO governance_reference (id, text, slug, page_id, given_at) VALUES (%s, 'X', 'x', %s, %s)",
                row.pk,
                row.page_id,
                row.given_at,
            )
    assert Reference.objects.get(pk=row.pk).text == "HWB-A1"


def test_emptying_a_whole_table_is_refused(chain: Chain) -> None:
    if POSTGRESQL:
        run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("governance_ledgerentry", "governance_reference", "minutes_resolutionpage", "minutes_minutepage"):
        with refused():
            # SQLite has no TRUNCATE: a DELETE without a condition is what it does instead.
            run(f'TRUNCATE "{table}" CASCADE' if POSTGRESQL else f'DELETE FROM "{table}"')  # noqa: S608


def test_the_check_names_what_is_missing(db: None) -> None:
    assert the_database_keeps_records(databases=["default"]) == []
    name = "keep_governance_ledgerentry_always_update"
    run(f'DROP TRIGGER "{name}"' + (" ON governance_ledgerentry" if POSTGRESQL else ""))
    found = the_database_keeps_records(databases=["default"])
    assert [(error.id, name in error.msg) for error in found] == [("governance.E002", True)]
    triggers.install_after_migrate(using="default")
    assert the_database_keeps_records(databases=["default"]) == []


def test_the_check_asks_sqlite_to_fire_triggers_within_a_replace(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.checks._replaces_fire_triggers", lambda using: False)
    found = [warning.id for warning in the_database_keeps_records(databases=["default"])]
    assert found == ([] if POSTGRESQL else ["governance.W001"])


def test_no_database_is_asked_unless_django_wants_it() -> None:
    assert the_database_keeps_records(databases=None) == []
    registered: list[Any] = list(checks.registry.registry.get_checks())
    assert [getattr(check, "tags", None) for check in registered if check is the_database_keeps_records] == [
        (checks.Tags.database,)
    ]


def test_every_page_type_names_its_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    assert every_page_type_names_its_parents() == []
    monkeypatch.delattr(ResolutionPage, "parent_page_types")
    assert [error.obj for error in every_page_type_names_its_parents()] == [ResolutionPage]


def test_a_rule_is_given_once() -> None:
    known = triggers.rules()[0]
    with pytest.raises(ValueError, match="already"):
        triggers.protect(Rule(known.table, known.name, "Again."))


@pytest.mark.django_db(transaction=True)
def test_the_triggers_outlive_the_remaking_of_their_table(transactional_db: None) -> None:
    field = LedgerEntry._meta.get_field("reference")
    longer = models.CharField(max_length=121, blank=True)
    longer.set_attributes_from_name("reference")
    longer.model = LedgerEntry
    triggers.remove_before_migrate(using="default")
    for old, new in ((field, longer), (longer, field)):
        with connection.schema_editor() as editor:
            editor.alter_field(LedgerEntry, old, new)
    lost = {name for name in triggers.missing() if "ledgerentry" in name}
    assert bool(lost) is not POSTGRESQL, "SQLite loses the triggers of a table it remakes, PostgreSQL does not"
    triggers.install_after_migrate(using="default")
    assert triggers.missing() == set()
