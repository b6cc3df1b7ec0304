"""How much each drill does: the small size on any machine, the full one in the whole check, the long one by hand.

The long one is `RESOLVED_DRILL=long` before a run of one file.

A drill of what is no database's doing (files, a printer, the child that checks an upload, who may read what) has its full size on SQLite, and its small one on
PostgreSQL: there it shows that the same code runs.
"""

import os


def drilled(*, engine_matters: bool = True) -> str:
    """The size asked for: "small", "full" or "long".

    Args:
        engine_matters: whether what is drilled is of the database's doing.
    """
    asked = os.environ.get("RESOLVED_DRILL", "small")
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    return "small" if on_postgresql and asked == "full" and not engine_matters else asked
