"""kill -9 of the real worker while it sends: every mail goes out, and one death repeats one mail at most."""

from pathlib import Path

from tests.drills.figures import keep
from tests.drills.playing import played
from tests.drills.sizes import drilled

ROUNDS = {"small": 2, "full": 5, "long": 15}


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_most(own_database: str, tmp_path: Path) -> None:
    rounds = ROUNDS[drilled()]
    said = played(
        "tests.drills.mail_rounds",
        str(rounds),
        "11",
        database=own_database,
        var=tmp_path / "var",
        DJANGO_SETTINGS_MODULE="config.settings.embedded",
        EMAIL_BACKEND="tests.drills.slow_mail.SlowMail",
    )
    twice = sum(times for often, times in said["times"].items() if often not in {"1", "2"}) + max(
        0, said["times"].get("2", 0) - rounds
    )
    keep(said, over="mail", half=len(said["strange"]), lost=len(said["lost"]), twice=twice)
    assert said["asked"] == 20 * rounds
    assert (said["lost"], said["strange"], said["waiting"], said["unsent"]) == ([], [], 0, 0)
    assert said["times"].get("2", 0) <= rounds and said["most"] <= 2
    assert said["at_work"], "every worker was killed after its work: the drill shows nothing"
