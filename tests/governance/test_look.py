"""Stylesheets and fonts made from installed packages."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

import pytest
from fontTools.ttLib import TTFont

from governance import look


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An installation of its own that shares the installed packages."""
    (tmp_path / "node_modules").symlink_to(settings.ROOT / "node_modules")
    return tmp_path


def made(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted((root / "build").rglob("*")) if path.is_file()}


def test_everything_is_made_once_and_the_same_each_time(root: Path) -> None:
    assert look.build_look(root)
    first = made(root)
    assert not look.build_look(root)
    shutil.rmtree(root / "build")
    assert look.build_look(root)
    assert made(root) == first


@pytest.mark.parametrize("spoil", ["build/fonts/bold.ttf", "build/static/resolved/govuk.css", "build/look.json"])
def test_what_is_missing_or_changed_is_made_again(root: Path, spoil: str) -> None:
    look.build_look(root)
    first = made(root)
    (root / spoil).write_bytes(b"spoilt")
    assert look.build_look(root)
    assert made(root) == first
    (root / spoil).unlink()
    assert look.build_look(root)


def test_other_versions_are_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look.build_look(root)
    monkeypatch.setattr(look, "RECIPE", look.RECIPE + 1)
    assert look.build_look(root)


def test_nothing_that_only_govuk_may_show_is_left(root: Path) -> None:
    look.build_look(root)
    css = (look.web_folder(root) / "govuk.css").read_text()
    assert "var(--site-font,arial,sans-serif)" in css
    assert "--govuk-brand-colour" in css
    for theirs in ("GDS Transport", "@font-face", "crest", "/assets/", "sourceMappingURL"):
        assert theirs not in css
    assert not list((root / "build").rglob("*crest*"))


def test_each_edit_of_the_stylesheet() -> None:
    face, theirs = "@font-face{font-family:GDS Transport;src:url(a)}", "font-family:GDS Transport,arial,sans-serif"
    css = f"{face}p{{{theirs};background:url(/assets/images/x.svg)}}"
    assert look.neutral_css(css) == "p{font-family:var(--site-font,arial,sans-serif);background:none}"
    assert look.without_source_map("a{}\n/*# sourceMappingURL=a.css.map */\n") == "a{}\n"
    assert look.without_source_map("a()\n//# sourceMappingURL=a.js.map\n") == "a()\n"


def test_the_web_fonts_are_split_by_letters_and_all_there(root: Path) -> None:
    look.build_look(root)
    folder = look.web_folder(root)
    css = (folder / "fonts.css").read_text()
    assert css.count("@font-face") == 6 == len(list((folder / "fonts").glob("*.woff2")))
    for name in (folder / "fonts").iterdir():
        assert f"url(fonts/{name.name})" in css
    assert "U+0100-02BA" in css


def test_each_print_font_has_the_welsh_letters(root: Path) -> None:
    look.build_look(root)
    fonts = look.print_fonts(root)
    assert set(fonts) == {"regular", "bold", "italic"}
    for path in fonts.values():
        letters = TTFont(path).getBestCmap()
        assert all(ord(letter) in letters for letter in "AaŴŵŶŷÂâÊêÎîÔôÛûÏï£€•0123456789")
    assert (look.print_font_folder(root) / "LICENCE.txt").is_file()


def test_missing_packages_and_fonts_say_what_to_run(tmp_path: Path, settings: Any) -> None:
    with pytest.raises(look.LookMissing, match="Run: npm ci"):
        look.build_look(tmp_path)
    with pytest.raises(look.LookMissing, match=r"Run: python manage\.py build_look"):
        look.print_fonts(tmp_path)
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="npm ci"):
        call_command("build_look")


def test_the_command_says_what_it_did(root: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.ROOT = root
    call_command("build_look")
    call_command("build_look")
    assert capsys.readouterr().out.splitlines() == ["The look is made.", "The look is up to date."]


def test_the_stamp_names_the_versions(root: Path) -> None:
    look.build_look(root)
    stamp = json.loads((root / "build/look.json").read_bytes())
    assert set(stamp["made_from"]) == {"recipe", "fonttools", "govuk-frontend", "atkinson-hyperlegible-next"}
