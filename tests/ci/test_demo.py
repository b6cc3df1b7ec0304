"""The demonstration: refused early, made once, thrown away only when nobody serves it."""

import fcntl
import os
import socket
from pathlib import Path

import pytest

import demo
from refusal import Refusal


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An empty project; the steps of the demonstration are noted by the name of their log, not run."""
    noted: list[str] = []
    for name in ("RESOLVED_VAR", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    monkeypatch.setattr(demo, "STATE", tmp_path / "var" / "demo")
    monkeypatch.setattr(demo, "SOURCE", [tmp_path / "governance"])
    monkeypatch.setattr(demo, "prepare", noted.append)
    monkeypatch.setattr(demo, "step", lambda title, command, log, state: noted.append(log))
    return noted


def test_everything_is_made_once_and_again_when_the_source_changes(tmp_path: Path, steps: list[str]) -> None:
    demo.make_demonstration()
    assert steps == ["demo", "demo-migrate", "demo-records", "demo-static"]
    demo.make_demonstration()
    assert steps[4:] == ["demo"]
    (tmp_path / "governance").mkdir()
    (tmp_path / "governance" / "models.py").write_text("1", encoding="utf-8")
    demo.make_demonstration()
    assert steps[5:] == ["demo", "demo-migrate", "demo-records", "demo-static"]


def test_it_has_state_of_its_own_whatever_the_shell_says(
    tmp_path: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda program, command, environment: handed.append((command, environment)))
    monkeypatch.setattr(demo, "port", lambda: 8123)
    monkeypatch.setattr(demo, "check_port", lambda number: None)
    demo.serve_demonstration()
    [(command, environment)] = handed
    assert command[-3:] == ["serve", "--port", "8123"]
    assert environment["RESOLVED_VAR"] == str(tmp_path / "var" / "demo")
    assert not {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORT"} & set(environment)


def test_the_day_it_was_made_is_kept_until_it_is_made_anew(tmp_path: Path, steps: list[str]) -> None:
    demo.make_demonstration()
    made_on = tmp_path / "var" / "demo" / "made_on"
    made_on.write_text("2026-01-01\n", encoding="ascii")
    demo.make_demonstration()
    assert made_on.read_text(encoding="ascii") == "2026-01-01\n"
    demo.remake_demonstration()
    assert made_on.read_text(encoding="ascii") != "2026-01-01\n"
    assert steps[-3:] == ["demo-migrate", "demo-records", "demo-static"]


def test_records_that_are_being_served_are_not_thrown_away(tmp_path: Path, steps: list[str]) -> None:
    demo.make_demonstration()
    with (tmp_path / "var" / "demo" / "serving").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refusal, match="The demonstration is running"):
            demo.remake_demonstration()
    assert (tmp_path / "var" / "demo" / "made_on").exists()
    demo.remake_demonstration()


def test_a_port_in_use_is_refused_before_any_work(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))
        with pytest.raises(Refusal, match=f"Port {number} is in use: .*make demo PORT="):
            demo.serve_demonstration()
    assert steps == []


@pytest.mark.parametrize("given", ["", "8001"])
def test_the_port_comes_from_the_environment(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    assert demo.port() == int(given or 8000)


@pytest.mark.parametrize("given", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Refusal, match="PORT must be a number from 1 to 65535"):
        demo.port()
