"""The temporary PostgreSQL cluster: it answers at the address it gives, and nothing of it stays."""

import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import psycopg
import pytest

import postgres
from postgres import temporary_cluster
from refusal import Refusal


def folder_of(address: str) -> Path:
    return Path(unquote(urlsplit(address).netloc.rpartition("@")[2]))


def is_running(process: int) -> bool:
    """Whether a process lives; one that has ended but was not yet taken note of by its parent does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_it_answers_at_the_address_django_reads_and_is_gone_afterwards() -> None:
    with pytest.raises(KeyboardInterrupt), temporary_cluster() as address:
        folder = folder_of(address)
        settings = dj_database_url.parse(address)
        assert settings["HOST"] == str(folder)
        with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        assert is_running(process)
        raise KeyboardInterrupt
    assert not folder.exists()
    deadline = time.monotonic() + 30
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(process)


def test_a_cluster_that_cannot_be_made_is_a_refusal_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    real = postgres.tempfile.mkdtemp

    def note(prefix: str) -> str:
        made.append(Path(real(prefix=prefix)))
        return str(made[0])

    monkeypatch.setattr(postgres.tempfile, "mkdtemp", note)
    monkeypatch.setattr(postgres, "program", lambda name: "/bin/false")
    with pytest.raises(Refusal, match="PostgreSQL's initdb failed: exit code 1"), temporary_cluster():
        raise AssertionError("it must not start")
    assert not made[0].exists()


def test_a_machine_without_postgresql_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "BINARIES", "usr/lib/imaginary/*/bin")
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    with pytest.raises(Refusal, match="PostgreSQL's initdb is not on this machine"):
        postgres.program("initdb")
