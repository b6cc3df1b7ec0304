"""Run in a process of its own: have the real worker send mails, and kill it in the middle, again and again.

Prints one JSON object: how many mails were asked for, how many never went out, how many went out how often, and how many
workers were killed at work.
"""

import email
import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from governance.models import Delivery  # noqa: E402
from governance.operations.mail import LEASE, queue_mail  # noqa: E402

MAILS = 20
FOLDER = Path(settings.EMAIL_FILE_PATH)
WORK = (sys.executable, "manage.py", "work", "--interval", "0.1", "--sweep-every", "0.5")


def taken() -> Counter[str]:
    """How often the mail server took which mail."""
    return Counter(str(email.message_from_bytes(file.read_bytes())["Subject"]) for file in FOLDER.glob("*.eml"))


def killed_at(number: int, moment: float) -> bool:
    """A worker that is killed once it has sent so many more mails, and a moment later. Whether it was at work until then."""
    before = sum(taken().values())
    worker = subprocess.Popen(WORK, cwd=settings.ROOT)
    deadline = time.monotonic() + 120
    while sum(1 for _file in FOLDER.glob("*.eml")) < before + number and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(moment)
    worker.kill()
    worker.wait()
    return Delivery.objects.exclude(next_try_at=None).exists()


def main(rounds: int, seed: int) -> None:
    """So many rounds of twenty mails and one killed worker; a last worker finishes what they left."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    at_work = 0
    for number in range(rounds):
        for mail in range(MAILS):
            name = f"{number}-{mail}"
            queue_mail(key=name, to=f"reader{mail}@example.org", subject=f"Mail {name}", text="News.", kind="drill")
        at_work += killed_at(chance.randrange(1, MAILS - 2), chance.random() * 0.06)
        # As if the lease of the mail in hand had run out meanwhile.
        Delivery.objects.filter(lease_until__gt=timezone.now()).update(lease_until=timezone.now() - LEASE)
    subprocess.run((*WORK, "--once"), cwd=settings.ROOT, check=True)
    often = taken()
    asked = {f"Mail {number}-{mail}" for number in range(rounds) for mail in range(MAILS)}
    print(  # noqa: T201
        json.dumps(
            {
                "asked": len(asked),
                "lost": sorted(asked - set(often)),
                "strange": sorted(set(often) - asked),
                "times": Counter(often.values()),
                "most": max(often.values()),
                "at_work": at_work,
                "waiting": Delivery.objects.exclude(next_try_at=None).count(),
                "unsent": Delivery.objects.filter(sent_at=None).count(),
                # Each worker is a process that was killed, and so it counts only where it was at work.
                "killed": at_work,
                "engine": connection.vendor,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
