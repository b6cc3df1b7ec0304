"""Run in a process of its own, as root of its own mounts: build packs on a small disk that is filled up to so many bytes.

Prints one JSON object: what each pack became, and everything that was seen half or not served.
"""

import json
import subprocess
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from governance.look import build_look  # noqa: E402
from minutes.enums import PackState  # noqa: E402
from minutes.models import MeetingPage, Pack  # noqa: E402
from minutes.operations import packing  # noqa: E402
from minutes.operations.pack_building import section_cache  # noqa: E402
from minutes.packs.build import RESTING  # noqa: E402
from tests import building  # noqa: E402
from tests.drills.pack_rounds import faults, make_stage  # noqa: E402

DISK = 12 << 20
BALLAST = "ballast"


def fill(folder: Path, left: int) -> None:
    """Fill the disk until so many bytes are left."""
    with (folder / BALLAST).open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(4096))
        except OSError:
            pass
        ballast.truncate(max(0, ballast.tell() - left))


def sees(pack: Pack, meeting: MeetingPage) -> list[str]:
    """What the public would miss."""
    client, found = Client(), []
    if client.get(meeting.get_url()).status_code != 200:
        found.append("the meeting's page is not served")
    if len(b"".join(client.get(f"/packs/{pack.slug}/"))) != pack.bytes:
        found.append(f"{pack.reference} is not served whole")
    return found


def main(*left: int) -> None:
    """A pack for each number of bytes that are left, and one more for each once there is room again."""
    for part in ("private", "sections"):
        folder = Path(settings.VAR) / part
        folder.mkdir(parents=True, exist_ok=True)
    disk = Path(settings.VAR)
    build_look(settings.ROOT)
    meeting = make_stage()
    clerk = meeting.owner
    packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
    seen: list[str] = []
    became: list[list[str]] = []
    for number, room in enumerate(left, start=2):
        before = Pack.objects.get(state=PackState.ISSUED)
        building.make_item(meeting, clerk, f"Item {number}")
        key = packing.ask_for_pack(meeting=meeting, by=clerk).pk
        fill(disk, room)
        full = packing.build_pack(pack=key)
        assert full is not None
        became.append([full.state, full.failure])
        seen += faults() + sees(before if full.state == PackState.FAILED else full, meeting)
        (disk / BALLAST).unlink()
        if full.state == PackState.FAILED:
            again = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk).pk)
            seen += [] if again and again.state == PackState.ISSUED else [f"version {number} was never issued"]
        seen += [f"{folder.name} was left" for folder in section_cache().glob("tmp*")]
    RESTING.end_all()
    stored = len(list((Path(settings.VAR) / "private" / "packs").iterdir()))
    said = {"became": became, "seen": seen, "stored": stored, "packs": Pack.objects.count(), "engine": connection.vendor}
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    subprocess.run(["/usr/bin/env", "mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(settings.VAR)], check=True)
    main(*map(int, sys.argv[1:]))
