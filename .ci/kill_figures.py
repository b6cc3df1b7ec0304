"""The figure of the drills: how often processes were killed in the whole run, and that nothing was half, lost or sent twice."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

KEPT_IN = "RESOLVED_KILLS"
"""The variable that names the file in which the drills keep what they found, one JSON object a line."""
ENOUGH = 200
"""Kills in a full run over both databases."""


def rows_in(file: Path) -> list[dict[str, Any]]:
    """What the drills kept; nothing where none was played."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def sentence(rows: Sequence[dict[str, Any]]) -> str:
    """All of it in a sentence."""
    over = list(dict.fromkeys(str(row["over"]) for row in rows))
    engines = sorted({str(row["engine"]) for row in rows})
    total = {name: sum(int(row[name]) for row in rows) for name in ("killed", "half", "lost", "twice")}
    what = f"{', '.join(over[:-1])} and {over[-1]}" if len(over) > 1 else over[0]
    return (
        f"Killed {total['killed']} times over {what} ({', '.join(engines)}): {total['half']} half states, {total['lost']} lost, "
        f"{total['twice']} mails sent twice beyond the one allowed."
    )


def wrong(rows: Sequence[dict[str, Any]], *, whole: bool) -> str:
    """Why the figure is none to be content with; empty where it is.

    Args:
        whole: whether the full drills were played over both databases.
    """
    killed = sum(int(row["killed"]) for row in rows)
    if any(int(row[name]) for row in rows for name in ("half", "lost", "twice")):
        return "The drills left something half, lost or sent twice."
    return f"Only {killed} kills; the full drills make {ENOUGH}." if whole and killed < ENOUGH else ""
