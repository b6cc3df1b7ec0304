"""Records move from SQLite to PostgreSQL and say the same there."""

from pathlib import Path

from tests.drills.test_restore import MAKE, make_empty, manage
from tests.migrated import start_migrated


def test_records_move_and_say_the_same(own_database: str, tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    if own_database.startswith("sqlite"):
        said = manage(own_database, tmp_path, "move_database", str(file), ends_with=1)
        assert "Set DATABASE_URL to the new PostgreSQL database" in said
        return
    old, var = f"sqlite:///{file}", tmp_path / "var"
    make_empty(own_database)
    assert "There is no database" in manage(own_database, var, "move_database", str(file), ends_with=1)
    start_migrated(old)
    manage(old, var, "migrate", "-v0")
    manage(old, var, "shell", "-v0", given=MAKE)
    said = manage(own_database, var, "move_database", str(file))
    assert "Moved. What is public is the same in both: " in said
    assert "Everything agrees." in manage(own_database, var, "verify_records")
    assert "no issues" in manage(own_database, var, "check", "--database", "default")
    more = "from tests import building\nfrom governance.models import *\nb = BoardPage.objects.get()\n"
    manage(
        own_database,
        var,
        "shell",
        "-v0",
        given=more + "building.make_meeting(b, User.objects.get(), building.london(2027, 1, 5, 10))\n",
    )
    assert "Everything agrees." in manage(own_database, var, "verify_records")
    assert "not empty" in manage(own_database, var, "move_database", str(file), ends_with=1)
