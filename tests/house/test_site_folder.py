"""`site` is a source folder here and a module of Python's standard library: it must never become a package."""

import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.house.sources import ROOT, plant


def package_marks(root: Path = ROOT) -> list[str]:
    """Files that would make `site` a package, and hide settings or Django itself."""
    return [name for name in ("site/__init__.py", "site/__main__.py", "site.py") if (root / name).exists()]


def test_site_is_not_a_package() -> None:
    assert package_marks() == []


def test_import_site_is_still_the_standard_library() -> None:
    """Asked of a fresh process in the project's folder, with both folders on its path, as manage.py has them."""
    ask = "import sys; sys.path[:0] = ['.', 'site']; sys.modules.pop('site', None); import site; print(site.__file__)"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(answer.stdout.strip()).parent == Path(sysconfig.get_paths()["stdlib"])


def test_settings_are_found_in_it() -> None:
    ask = "import sys; sys.path[:0] = ['.', 'site']; import config; print(config.__file__)"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ROOT / answer.stdout.strip()).resolve() == ROOT / "site" / "config" / "__init__.py"


def test_a_planted_package_mark_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "site/__init__.py", "")
    assert package_marks(tmp_path) == ["site/__init__.py"]
