"""A temporary PostgreSQL cluster for a test run: reached by a socket in its own folder, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from refusal import Refusal

ACCOUNT = "postgres"
BINARIES = "usr/lib/postgresql/*/bin"
# Nothing of it needs to survive a power cut.
OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def program(name: str) -> str:
    """The newest installed PostgreSQL's own program; Debian keeps them off the path."""
    found = sorted(Path("/").glob(f"{BINARIES}/{name}"), key=lambda path: int(path.parts[-3]))
    if found:
        return str(found[-1])
    own = shutil.which(name)
    if own is None:
        raise Refusal(f"PostgreSQL's {name} is not on this machine.")
    return own


def as_account() -> list[str]:
    """What to put before a command: PostgreSQL refuses root, so root hands over to the account `postgres`."""
    return ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []


@contextlib.contextmanager
def temporary_cluster() -> Iterator[str]:
    """Make and start a cluster, give its DATABASE_URL, and stop and remove it whatever happens.

    Raises:
        Refusal: when it cannot be made or does not start, with the last line PostgreSQL said.
    """
    folder = Path(tempfile.mkdtemp(prefix="resolved-postgres-"))
    log = folder / "log"
    try:
        if os.geteuid() == 0:
            try:
                account = pwd.getpwnam(ACCOUNT)
            except KeyError:
                raise Refusal(f"PostgreSQL refuses root, and there is no account {ACCOUNT!r} to run it.") from None
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = str(folder / "data")
        run("initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", cwd=folder)
        try:
            run("pg_ctl", "start", "-w", "-D", data, "-l", str(log), "-o", f"{OPTIONS} -k {folder}", cwd=folder)
            yield f"postgres://{ACCOUNT}@{quote(str(folder), safe='')}/postgres"
        finally:
            # It may have started although pg_ctl was interrupted, and may be gone although it was started.
            stop = [*as_account(), program("pg_ctl"), "stop", "-w", "-m", "immediate", "-D", data]
            subprocess.run(stop, cwd=folder, capture_output=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(name: str, *arguments: str, cwd: Path) -> None:
    """Run one of PostgreSQL's programs quietly as an account it accepts."""
    # A started server would keep a pipe open for ever, so its words go to a file.
    with (cwd / f"{name}.out").open("w+", encoding="utf-8") as output:
        command = [*as_account(), program(name), *arguments]
        code = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT).returncode
        output.seek(0)
        lines = output.read().strip().splitlines()
    if code != 0:
        raise Refusal(f"PostgreSQL's {name} failed: {lines[-1] if lines else f'exit code {code}'}")
