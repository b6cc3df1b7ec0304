"""A kept page is served for real beside the start page of a bare project."""

from pathlib import Path

import pytest

from home.bench.measuring import WrongAnswer
from home.bench.serving import ServingBench
from tests.browser.serving import collect_static, served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bare project is made."""
    made = tmp_path / "bench"
    made.mkdir()
    return made


def test_both_are_served_and_compared(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    static = collect_static(tmp_path / "collected")
    with served(tmp_path / "site", static) as site:
        monkeypatch.setenv("RESOLVED_VAR", str(site.var))
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
        monkeypatch.delenv("DATABASE_URL", raising=False)
        with pytest.raises(WrongAnswer, match="answered 404, not 200"):
            ServingBench(folder, "/nothing/", 0.3).figures()
        found = ServingBench(folder, site.pages["meeting held"], 0.3).figures()
    assert len(found) == 5
    assert all(figure > 0 for figure in found.values())
