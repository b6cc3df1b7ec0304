"""The demonstration: its own state in var/demo, its records, and the site on 127.0.0.1."""

import datetime
import fcntl
import os
import shutil
import socket
from pathlib import Path

from prepare import ROOT, SOURCE, manage, own_environment, prepare, step
from refusal import Refusal
from stamps import Stamps, fingerprint

STATE = ROOT / "var" / "demo"
HOST = "127.0.0.1"


def port() -> int:
    """The port to serve on: PORT from the environment, else 8000."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Refusal(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def check_port(number: int) -> None:
    """Refuse, before any work is done, when something already listens on the port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
        except PermissionError:
            raise Refusal(f"Port {number} may not be used by you: choose another, as in `make demo PORT=8001`.") from None
        except OSError:
            raise Refusal(
                f"Port {number} is in use: stop what uses it or choose another, as in `make demo PORT={number % 65535 + 1}`."
            ) from None


def make_demonstration() -> int:
    """Everything but the serving: environment, database, static files, records."""
    prepare("demo")
    stamps = Stamps(STATE / "stamps.json")
    records = fingerprint(SOURCE)
    if not stamps.done("records", records):
        step("Preparing the database", manage("migrate", "--noinput", "--verbosity", "0"), "demo-migrate", state=STATE)
        step("Loading the demonstration records", manage("load_demonstration"), "demo-records", state=STATE)
        stamps.set("records", records)
    # The look is built from the source and the npm packages, and says in its stamp from which.
    static = fingerprint([ROOT / "build" / "stamps.json", *SOURCE])
    if not stamps.done("static", static):
        step("Collecting static files", manage("collectstatic", "--noinput", "--verbosity", "0"), "demo-static", state=STATE)
        stamps.set("static", static)
    note_the_day(STATE / "made_on")
    print(f"The demonstration is ready in {STATE.relative_to(ROOT)}.", flush=True)
    return 0


def note_the_day(file: Path) -> None:
    """Write down when the records were made, once: their dates count from that day."""
    if not file.exists():
        file.write_text(datetime.date.today().isoformat() + "\n", encoding="ascii")


def remake_demonstration() -> int:
    """Throw the demonstration's state away and make it again."""
    if is_served(STATE):
        raise Refusal("The demonstration is running: stop it with Ctrl-C first.")
    shutil.rmtree(STATE, ignore_errors=True)
    return make_demonstration()


def is_served(state: Path) -> bool:
    """Whether a running `manage.py serve` holds the lock of this state folder."""
    try:
        with (state / "serving").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def serve_demonstration() -> int:
    """Make the demonstration and hand this process over to `manage.py serve`, which hears Ctrl-C itself."""
    number = port()
    check_port(number)
    make_demonstration()
    command = manage("serve", "--port", str(number))
    os.execve(command[0], command, own_environment(RESOLVED_VAR=str(STATE)))
