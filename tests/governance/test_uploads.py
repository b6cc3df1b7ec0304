"""Uploads lie in a private folder, and what a killed process left of them is swept away."""

from datetime import timedelta

from django.utils import timezone

from governance.uploads import PrivateUpload, prune_uploads, upload_folder


def test_an_upload_lies_where_nobody_looks_and_goes_when_it_is_closed() -> None:
    upload = PrivateUpload("report.pdf", "application/pdf", 0, None, None)
    upload.write(b"x")
    (lies,) = [file for file in upload_folder().iterdir() if str(file) == upload.temporary_file_path()]
    assert upload_folder().stat().st_mode & 0o077 == 0 and lies.stat().st_mode & 0o077 == 0
    upload.close()
    assert not lies.exists()


def test_what_a_killed_process_left_is_thrown_away() -> None:
    left = upload_folder() / "left.upload"
    left.write_bytes(b"x")
    assert prune_uploads() == 0
    assert prune_uploads(at=timezone.now() + timedelta(hours=2)) == 1
    assert not left.exists()
