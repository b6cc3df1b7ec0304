"""A step is skipped only while everything it was made from is the same."""

from pathlib import Path

from stamps import Stamps, fingerprint


def test_a_fingerprint_follows_content_names_words_and_absence(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.py").write_text("1", encoding="utf-8")
    first = fingerprint([folder])
    assert fingerprint([folder]) == first
    assert fingerprint([folder], "3.11") != first
    assert fingerprint([folder, tmp_path / "missing"]) == first
    (folder / "inner" / "a.py").write_text("2", encoding="utf-8")
    second = fingerprint([folder])
    assert second != first
    (folder / "inner" / "a.py").rename(folder / "inner" / "b.py")
    assert fingerprint([folder]) not in {first, second}


def test_what_python_builds_by_itself_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    before = fingerprint([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert fingerprint([tmp_path]) == before


def test_a_step_is_done_for_exactly_its_inputs(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "made" / "stamps.json")
    assert not stamps.done("look", "a")
    stamps.set("look", "a")
    stamps.set("npm", "b")
    assert stamps.done("look", "a")
    assert stamps.done("npm", "b")
    assert not stamps.done("look", "b")


def test_a_damaged_stamp_file_means_that_nothing_is_done(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    path.write_text('{"look": ', encoding="utf-8")
    assert not Stamps(path).done("look", "a")
