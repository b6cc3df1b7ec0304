"""The log-ins of the demonstration, written where the program that serves it looks for them."""

import json
import os
from datetime import date
from pathlib import Path

from governance.enums import Role
from home.demonstration.documents import document


def log_ins() -> list[dict[str, str]]:
    """One log-in for each role: `role`, `username`, `password`."""
    return [
        {"role": str(Role(row["role"]).label), "username": row["username"], "password": row["password"]}
        for row in document("people")["accounts"]
    ]


def write_down(folder: Path, made_on: date) -> None:
    """Write `logins.json` and `made_on` into the state folder, readable by its owner alone."""
    _write(folder / "logins.json", json.dumps(log_ins(), indent=1, ensure_ascii=False) + "\n")
    _write(folder / "made_on", f"{made_on.isoformat()}\n")


def _write(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
