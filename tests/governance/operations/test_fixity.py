"""Every stored file is looked at once a night: changed, missing, or belonging to nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

import pytest
import time_machine

from governance.files_panel import FilesPanel
from governance.models import ContentDocument, FileOnRecord, FixityResult, FixityRound
from governance.operations import fixity
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db: None) -> Iterator[ContentDocument]:
    """A document of a content page."""
    row = ContentDocument(title="Plan", file=ContentFile(b"A plan.", name="plan.txt"))
    row.save()
    row.get_file_hash()
    yield row
    row.file.storage.delete(row.file.name)


def result_of(document: ContentDocument) -> str:
    """What the last round found."""
    fixity.check_every_file()
    return FileOnRecord.objects.get(store="default", name=document.file.name).result


def test_a_file_is_same_changed_or_missing(document: ContentDocument) -> None:
    assert result_of(document) == FixityResult.SAME
    stored = Path(document.file.path)
    stored.write_bytes(b"A plot.")
    assert result_of(document) == FixityResult.CHANGED
    spoken = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_records", stdout=spoken)
    assert f"Changed: the file of Plan ({document.file.name}), when it was looked at." in spoken.getvalue()
    stored.unlink()
    assert result_of(document) == FixityResult.MISSING
    assert FixityRound.objects.first().counts["missing"] == 1  # type: ignore[union-attr]


def test_a_file_that_belongs_to_nothing_is_named(document: ContentDocument, private: Any) -> None:
    name = private.save("papers/originals/left.pdf", ContentFile(b"Left."))
    fixity.check_every_file()
    assert FileOnRecord.objects.get(store="private", name=name).result == FixityResult.UNTRACKED
    private.delete(name)
    fixity.check_every_file()
    assert not FileOnRecord.objects.filter(name=name).exists()


def test_a_round_is_made_once_a_night_and_goes_on_where_it_stopped(document: ContentDocument) -> None:
    night = datetime(2026, 11, 3, 2, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(night, tick=False):
        assert fixity.sweep_files() >= 1
        assert fixity.sweep_files() == 0
    with time_machine.travel(night + timedelta(hours=22, minutes=30), tick=False):
        assert fixity.sweep_files() == 0, "not before one o'clock"
    with time_machine.travel(night + timedelta(days=1), tick=False):
        row = FixityRound.objects.create(started_at=timezone.now())
        assert fixity.go_on(row, seconds=-1) == 0
        assert row.finished_at is None
        assert fixity.sweep_files() >= 1


def test_the_home_of_the_admin_tells_whoever_runs_the_site(document: ContentDocument) -> None:
    request = RequestFactory().get("/admin/")
    request.user = building.make_user("chief")
    panel = FilesPanel()
    assert "Not looked at yet" in panel.render_html({"request": request})
    Path(document.file.path).write_bytes(b"A plot.")
    fixity.check_every_file(at=timezone.now() - timedelta(days=3))
    words = panel.render_html({"request": request})
    assert "is changed or missing" in words
    assert document.file.name in words
    assert "Overdue" in words
    request.user = building.make_user("clerk2", is_superuser=False)
    assert panel.render_html({"request": request}).strip() == ""
