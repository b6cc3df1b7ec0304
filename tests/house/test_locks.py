"""Both locks pin everything by hash, name no host, agree with each other and with pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT, plant, project_files

LOCKS = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev")}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")
ADDRESS = re.compile(r"://|--index-url|--extra-index-url|--find-links|@\s*file:")
# Locks that cannot be written without the address of a package index.
LOCKS_WITH_ADDRESSES = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}


def pins(lock: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock (several, when platforms differ)."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def required(pyproject: dict[str, Any], groups: tuple[str, ...]) -> list[Requirement]:
    """What pyproject.toml asks for: the site, its options, and the named groups."""
    lines = [*pyproject["project"]["dependencies"]]
    lines += [line for option in pyproject["project"].get("optional-dependencies", {}).values() for line in option]
    for group in groups:
        lines += [line for line in pyproject["dependency-groups"][group] if isinstance(line, str)]
    return [Requirement(line) for line in lines]


def out_of_date(root: Path = ROOT) -> list[str]:
    """What pyproject.toml asks for and a lock does not give."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    problems = []
    for name, groups in LOCKS.items():
        pinned = pins(root / name)
        for requirement in required(pyproject, groups):
            versions = pinned.get(canonicalize_name(requirement.name), set())
            if not versions or not all(requirement.specifier.contains(version) for version in versions):
                problems.append(f"{name}: {requirement} is pinned to {sorted(versions) or 'nothing'}")
    return problems


def addresses(root: Path = ROOT) -> list[str]:
    """Lines of a lock that name a host or a folder, and locks that cannot do without."""
    lines = [
        f"{name}: {line.strip()}"
        for name in LOCKS
        for line in (root / name).read_text(encoding="utf-8").splitlines()
        if ADDRESS.search(line)
    ]
    return lines + [file.name for file in project_files(root) if file.name in LOCKS_WITH_ADDRESSES]


def without_hash(root: Path = ROOT) -> list[str]:
    """Pins that any file of that version would satisfy."""
    return [
        entry.split()[0]
        for name in LOCKS
        for entry in re.split(r"\n(?=\S)", (root / name).read_text(encoding="utf-8").strip())
        if "--hash=sha256:" not in entry
    ]


def test_the_locks_give_what_pyproject_asks_for() -> None:
    assert out_of_date() == []


def test_the_tests_run_on_the_versions_the_site_runs_on() -> None:
    site, tests = (pins(ROOT / name) for name in LOCKS)
    assert site
    assert {name: versions for name, versions in site.items() if tests.get(name) != versions} == {}


def test_no_lock_names_a_host() -> None:
    assert addresses() == []


def test_everything_is_pinned_by_hash() -> None:
    assert without_hash() == []


def test_faults_in_a_lock_are_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "pyproject.toml",
        '[project]\ndependencies = ["django>=5.2,<5.3", "Wag_tail>=8"]\n[dependency-groups]\nbuild = []\ndev = ["pytest>=9"]\n',
    )
    plant(tmp_path, "requirements.lock", "django==5.1.0 \\\n    --hash=sha256:00\nwag-tail==8.0.1\n")
    plant(
        tmp_path,
        "requirements-dev.lock",
        "--index-url https://index.example/simple\ndjango==5.2.1 --hash=sha256:00\nwag-tail==8.0.1 --hash=sha256:00\n",
    )
    plant(tmp_path, "uv.lock", "")
    assert out_of_date(tmp_path) == [
        "requirements.lock: django<5.3,>=5.2 is pinned to ['5.1.0']",
        "requirements-dev.lock: pytest>=9 is pinned to nothing",
    ]
    assert addresses(tmp_path) == ["requirements-dev.lock: --index-url https://index.example/simple", "uv.lock"]
    assert without_hash(tmp_path) == ["wag-tail==8.0.1", "--index-url"]
