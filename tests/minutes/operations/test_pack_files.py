"""The stored files of packs: whole or not there."""

import errno
import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils import timezone

import pytest

from governance.models import BoardPage, User
from minutes.enums import PackState
from minutes.models import Pack
from minutes.operations import pack_files, packing
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting


class FullDisk(FileSystemStorage):
    """Writes to the device that the kernel answers with “no space left”, as a full disk does."""

    def _save(self, name: str, content: Any) -> str:
        with Path("/dev/full").open("wb", buffering=0) as full:
            for block in content.chunks():
                full.write(block)
        return name


class ShortDisk(FileSystemStorage):
    """Stores half of what it is given and says nothing."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[: content.size // 2])
        return name


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A finished pack."""
    made = tmp_path / "pack.pdf"
    made.write_bytes(b"%PDF-1.7 " + b"x" * 3_000_000)
    return made


def test_a_file_is_stored_whole_with_its_checksums(file: Path) -> None:
    stored = pack_files.store(file, slug="hwb-2026-10-08-agenda-v1")
    with pack_files.private_storage().open(stored.name) as opened:
        data = opened.read()
    assert data == file.read_bytes()
    assert (stored.sha512, stored.sha256) == (hashlib.sha512(data).hexdigest(), hashlib.sha256(data).hexdigest())
    assert stored.bytes == len(data)
    pack_files.discard(stored.name)
    assert not pack_files.private_storage().exists(stored.name)
    pack_files.discard(stored.name)


@pytest.mark.parametrize(("disk", "number"), [(FullDisk, errno.ENOSPC), (ShortDisk, errno.EIO)])
def test_what_cannot_be_stored_leaves_nothing_behind(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: Any, number: int
) -> None:
    storage = disk(location=tmp_path / "store")
    monkeypatch.setattr(pack_files, "private_storage", lambda: storage)
    with pytest.raises(OSError) as failed:
        pack_files.store(file, slug="x")
    assert failed.value.errno == number
    assert not [name for _folder, _folders, names in os.walk(tmp_path / "store") for name in names]


@pytest.mark.django_db
def test_a_full_disk_fails_the_pack_in_words_and_the_old_one_is_still_served(
    board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch, client: Any, tmp_path: Path
) -> None:
    build_at_once(monkeypatch)
    meeting = make_meeting(board, clerk)
    first = issued(meeting, clerk)
    building.make_item(meeting, clerk, "Cycling")
    with monkeypatch.context() as full:
        full.setattr(pack_files, "private_storage", lambda: FullDisk(location=tmp_path))
        failed = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    assert failed is not None and failed.state == PackState.FAILED
    assert failed.failure.startswith("There is no room left on the disk, so the pack was not stored.")
    assert client.get(meeting.get_url()).status_code == 200
    assert b"".join(client.get(f"/packs/{first.slug}/")).startswith(b"%PDF")
    assert issued(meeting, clerk).version == 2


@pytest.mark.django_db
def test_only_old_files_that_no_row_points_to_are_thrown_away(
    board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    build_at_once(monkeypatch)
    kept = issued(make_meeting(board, clerk), clerk)
    left = pack_files.store(file, slug="left")
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    pack_files.prune_files()
    assert pack_files.private_storage().exists(left.name)
    assert pack_files.prune_files(at=tomorrow) >= 1
    assert not pack_files.private_storage().exists(left.name)
    assert Pack.objects.get().file.storage.exists(str(kept.file.name))


def test_where_no_pack_was_ever_stored_there_is_nothing_to_throw_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_files, "private_storage", lambda: FileSystemStorage(location=tmp_path / "empty"))
    assert pack_files.prune_files() == 0


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EDQUOT, "no room left"), (errno.EACCES, "could not be stored: Permission")]
)
def test_why_it_was_not_stored_is_said(number: int, words: str) -> None:
    assert words in pack_files.in_words(OSError(number, os.strerror(number)))
