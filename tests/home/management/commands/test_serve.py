"""What `manage.py serve` starts and says."""

import datetime
import json
import socket
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

import pytest

from home.management.commands.serve import age, log_ins, processes

TODAY = datetime.date(2026, 11, 22)


def test_it_starts_one_web_server_on_this_machine_only_and_one_worker_for_all_queues() -> None:
    web, worker = processes(8123, 6)
    assert web.command[web.command.index("--bind") + 1] == "127.0.0.1:8123"
    assert web.command[web.command.index("--threads") + 1] == "6"
    assert worker.command[-1] == "work"


def test_every_role_gets_a_line_with_its_log_in(tmp_path: Path) -> None:
    file = tmp_path / "logins.json"
    file.write_text(json.dumps([{"role": "Approver", "username": "ann", "password": "a b"}]), encoding="utf-8")
    assert log_ins(file) == ["Log-ins:", "  Approver  ann  a b"]


def test_a_real_installation_shows_no_log_ins(tmp_path: Path) -> None:
    assert log_ins(tmp_path / "logins.json") == []
    assert age(tmp_path / "made_on", TODAY) == []


@pytest.mark.parametrize(("made_on", "said"), [("2026-10-23", False), ("2026-10-22", True)])
def test_after_thirty_days_the_dates_are_called_old(tmp_path: Path, made_on: str, said: bool) -> None:
    file = tmp_path / "made_on"
    file.write_text(f"{made_on}\n", encoding="ascii")
    lines = age(file, TODAY)
    assert bool(lines) is said
    assert all("31 days old" in line and "make demo-reset" in line for line in lines)


def test_a_port_in_use_is_one_line_and_no_process() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="cannot be used: Address already in use"):
            call_command("serve", port=taken.getsockname()[1])
