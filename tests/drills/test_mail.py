"""kill -9 of the real worker while it sends: every mail goes out, and one death repeats one mail at most."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROUNDS = {"small": 2, "full": 15}


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_most(own_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": own_database,
        "RESOLVED_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "EMAIL_BACKEND": "tests.drills.slow_mail.SlowMail",
        "PYTHONPATH": f"{settings.ROOT}{os.pathsep}{settings.ROOT / 'site'}",
    }
    python = [sys.executable]
    subprocess.run([*python, "manage.py", "migrate", "-v0"], cwd=settings.ROOT, env=environment, check=True)
    rounds = ROUNDS[os.environ.get("RESOLVED_DRILL", "small")]
    drill = [*python, "-m", "tests.drills.mail_rounds", str(rounds), "11"]
    done = subprocess.run(drill, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    print(said)  # noqa: T201
    assert said["engine"] == ("postgresql" if own_database.startswith("postgres") else "sqlite")
    assert said["asked"] == 20 * rounds
    assert (said["lost"], said["strange"], said["waiting"], said["unsent"]) == ([], [], 0, 0)
    assert said["times"].get("2", 0) <= rounds and said["most"] <= 2
    assert said["at_work"], "every worker was killed after its work: the drill shows nothing"
