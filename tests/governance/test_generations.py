"""Every change of what is public raises the public generation; drafts, log-ins and the worker do not."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from wagtail.models import Page

import pytest

from governance import generations
from governance.generations import count_changes, public_generation, unseen, watched
from governance.models import BoardPage, Organisation, PublicChange, PublicGeneration, User, WorkerPulse
from tests import building

COMMITS = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board() -> BoardPage:
    """A public board, kept by commits of its own."""
    return building.make_board(by=building.make_user())


def raised_by(change: Callable[[], object]) -> int:
    """By how much a change raises the number."""
    before = public_generation()
    change()
    after = public_generation()
    assert before is not None
    assert after is not None
    return after - before


@COMMITS
def test_what_the_public_sees_raises_it_whoever_writes(board: BoardPage) -> None:
    organisation = building.make_organisation("Beckside Homes")
    with connection.cursor() as cursor:
        assert raised_by(lambda: cursor.execute("UPDATE wagtailcore_page SET title = 'Another' WHERE id = %s", [board.pk])) == 1
    assert raised_by(lambda: Organisation.objects.filter(pk=organisation.pk).update(name="A new name")) == 1
    assert raised_by(lambda: BoardPage.objects.filter(pk=board.pk).update(is_executive=True)) == 1


@COMMITS
def test_a_transaction_raises_it_when_it_is_committed_and_not_when_it_is_undone(board: BoardPage) -> None:
    def undone() -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            Page.objects.filter(pk=board.pk).update(title="Undone")
            raise RuntimeError

    def half_undone() -> None:
        with transaction.atomic():
            with pytest.raises(RuntimeError), transaction.atomic():
                Page.objects.filter(pk=board.pk).update(title="Undone")
                raise RuntimeError
            Page.objects.filter(pk=board.pk).update(title="Kept")

    assert raised_by(undone) == 0
    assert raised_by(half_undone) == 1


@COMMITS
def test_a_draft_a_lock_a_log_in_and_a_pulse_do_not(board: BoardPage) -> None:
    person = User.objects.first()
    assert person is not None

    def log_in() -> None:
        person.last_login = timezone.now()
        person.save(update_fields=["last_login"])

    draft = board.specific
    draft.title = "A draft of another name"
    assert raised_by(draft.save_revision) == 0
    assert raised_by(lambda: Page.objects.filter(pk=board.pk).update(locked=True)) == 0
    assert raised_by(log_in) == 0
    assert raised_by(lambda: WorkerPulse.objects.create(worker="one", at=timezone.now())) == 0


@COMMITS
def test_changes_are_counted_in_and_the_number_stays(board: BoardPage) -> None:
    Page.objects.filter(pk=board.pk).update(title="Another")
    before = public_generation()
    waiting = PublicChange.objects.count()
    assert (waiting > 0) == (connection.vendor == "postgresql")
    assert count_changes() == waiting
    assert not PublicChange.objects.exists()
    assert public_generation() == before


@pytest.mark.django_db
def test_a_database_that_does_not_count_says_so() -> None:
    PublicGeneration.objects.all().delete()
    assert public_generation() is None


@pytest.mark.django_db
def test_the_check_names_a_trigger_that_is_gone() -> None:
    from governance import checks, triggers

    with connection.cursor() as cursor:
        on = ' ON "governance_point"' if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER raise_governance_point_update{on}")
    said = [str(message.msg) for message in checks.the_database_keeps_records(databases=["default"])]
    generations.install()
    assert said == ["The database default lacks the trigger raise_governance_point_update."]
    assert generations.missing(triggers.installed()) == set()


@pytest.mark.django_db
def test_every_table_raises_it_or_says_why_not() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    silent = {table for table, left in unseen.items() if not left.columns}
    own = {PublicGeneration._meta.db_table, PublicChange._meta.db_table}
    assert set(watched()) | silent | own >= tables
    assert not set(watched()) & silent
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    # SQLite alone keeps the words of its index in a table.
    assert set(unseen) - {"wagtailsearch_indexentry_fts"} <= known, "what is left out is there"
    for table, left in unseen.items():
        if left.columns:
            assert left.columns <= {str(field.column) for field in watched()[table]._meta.local_concrete_fields}, table
