"""What the drills found, kept for the last lines of the run: each says how often a process was killed, and what was half, lost or sent twice."""

import json
import os
from pathlib import Path
from typing import Any

KEPT_IN = "RESOLVED_KILLS"
"""Names the file that the run adds up. Without it nothing is kept: a test that runs alone says its figures itself."""


def keep(said: dict[str, Any], *, over: str, half: int, lost: int = 0, twice: int = 0) -> None:
    """Keep what a drill found.

    Args:
        over: what was done while processes were killed, such as “publish”.
        half: half states that were seen.
        lost: what was asked for and never done.
        twice: mails that went out twice beyond the one that a death may repeat.
    """
    row = {"over": over, "killed": said["killed"], "half": half, "lost": lost, "twice": twice, "engine": said["engine"]}
    print(row)  # noqa: T201
    file = os.environ.get(KEPT_IN)
    if file:
        Path(file).parent.mkdir(exist_ok=True)
        # One short line at once: several processes write here.
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(row) + "\n")
