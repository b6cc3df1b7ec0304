"""The folder that holds all state, made on first start with random keys that only its owner can read."""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEST_FOLDER = "resolved-test-"
FOLDERS = ("keys", "mail", "private", "public", "restricted", "static")


@dataclass(frozen=True)
class State:
    """What settings need from the state folder.

    Attributes:
        restricted_keys: what opens words that are not for publication, the newest first.
    """

    secret_key: str
    restricted_keys: tuple[str, ...]


def prepare_state(folder: Path) -> State:
    """Make the state folder and its keys unless they exist.

    Args:
        folder: where all state lives; it and its sub-folders are made with mode 0700, keys with 0600.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    return State(
        secret_key=_key(folder / "keys" / "secret_key", lambda: secrets.token_urlsafe(64)),
        restricted_keys=tuple(_key(folder / "keys" / "restricted_keys", _sealing_key).split()),
    )


def test_folder(given: str) -> str:
    """The state folder of one process that runs tests: what one sweeps away, another may be working on.

    Args:
        given: the folder named in the environment; it is used unless it is that of the process that started this one.
    """
    inherited = Path(given).name.startswith(TEST_FOLDER)
    return given if given and not inherited else tempfile.mkdtemp(prefix=TEST_FOLDER, dir=given or None)


def _sealing_key() -> str:
    """A key as Fernet takes it: 32 random bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


def _key(path: Path, make: Callable[[], str]) -> str:
    """The key in `path`, made now if there is none. Two processes starting at once agree on one key."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = make()
        file.write(key)
    return key
