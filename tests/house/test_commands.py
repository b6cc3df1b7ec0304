"""The two commands are named where people look, and CI calls nothing else."""

import re
from pathlib import Path

from tests.house.sources import ROOT, plant

TARGETS = {"demo", "demo-data", "demo-reset", "test", "bench", "try-production", "format", "lock"}


def what_ci_calls(script: Path) -> list[str]:
    """The lines of a shell script that do something, apart from finding the project's folder."""
    lines = [line.strip() for line in script.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "set -", 'cd "$(dirname "$0")/.."'))]


def unnamed(readme: Path) -> list[str]:
    """The commands that a newcomer would not find in the README as a line of its own."""
    lines = {line.strip() for line in readme.read_text(encoding="utf-8").splitlines()}
    return [command for command in ("make demo", "make test") if command not in lines]


def test_ci_calls_exactly_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert what_ci_calls(script) == ["make test"]
    assert script.stat().st_mode & 0o111 == 0o111


def test_the_readme_names_both_commands() -> None:
    assert unnamed(ROOT / "README.md") == []


def test_the_makefile_has_every_target_and_only_starts_the_scripts() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"^COMMANDS = (.+)$", text, flags=re.MULTILINE)
    assert named is not None
    assert set(named[1].split()) == TARGETS
    assert [line.strip() for line in text.splitlines() if line.startswith("\t")] == ["@$(PYTHON) .ci/start.py $@"]


def test_another_call_and_a_silent_readme_are_found(tmp_path: Path) -> None:
    script = plant(tmp_path, "run", '#!/usr/bin/env bash\nset -e\ncd "$(dirname "$0")/.."\nmake test || true\nmake lint\n')
    assert what_ci_calls(script) == ["make test || true", "make lint"]
    readme = plant(tmp_path, "README.md", "Run `make tests`.\n\n    make demo\n")
    assert unnamed(readme) == ["make test"]
