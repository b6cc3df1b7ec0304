"""Run in a process of its own: the records' files in a store that speaks S3, from upload to the nightly look.

Prints one JSON object: what was seen of the files, in the store and through the site.
"""

import contextlib
import io
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

SERVER = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
SERVER.start()
ADDRESS = "http://{}:{}".format(*SERVER.get_host_and_port())
os.environ.update(
    AWS_ACCESS_KEY_ID="someone",
    AWS_SECRET_ACCESS_KEY="for tests only",
    FILES_S3_BUCKET="records",
    FILES_S3_ENDPOINT=ADDRESS,
    FILES_S3_REGION="eu-west-2",
)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.images import ImageFile  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from PIL import Image  # noqa: E402
from storages.backends.s3 import S3File  # noqa: E402

from governance.look import build_look  # noqa: E402
from governance.models import ContentImage, FileOnRecord, private_storage  # noqa: E402
from governance.operations.fixity import check_every_file, stored_in  # noqa: E402
from minutes.models import Pack  # noqa: E402
from minutes.operations import pack_files, packing  # noqa: E402
from minutes.operations.checking import check_file  # noqa: E402
from minutes.operations.meetings import publish_agenda  # noqa: E402
from tests import building  # noqa: E402
from tests.minutes.paper_stage import set_stage  # noqa: E402


def unsigned(store: str, name: str) -> int:
    """What somebody without a signature is answered at the store's own address."""
    path = f"{ADDRESS}/records/{store}/{name}"
    try:
        with urllib.request.urlopen(path, timeout=20) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def picture() -> ContentImage:
    """A picture that an editor uploaded, made smaller for a page."""
    drawn = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(drawn, "PNG")
    return ContentImage.objects.create(title="A hall", file=ImageFile(drawn, "hall.png"))


def asked(address: str, **headers: str) -> dict[str, Any]:
    """What a reader gets, and how much of it."""
    answer: Any = Client(headers=headers).get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    return {"status": answer.status_code, "bytes": len(body), "starts": body[:5].decode("latin-1"), "etag": answer.get("ETag")}


@contextlib.contextmanager
def fetched_whole() -> Iterator[list[str]]:
    """The names of the files that are fetched from the store as a whole meanwhile."""
    names: list[str] = []
    fetch = S3File._get_file

    def told(file: Any) -> Any:
        names.append(file.name)
        return fetch(file)

    S3File.file = property(told)
    yield names
    S3File.file = property(fetch)


def damage(name: str) -> None:
    """Change a stored file where nobody is asked."""
    boto3.client("s3", endpoint_url=ADDRESS, region_name="eu-west-2").put_object(
        Bucket="records", Key=f"private/{name}", Body=b"not what it was"
    )


def looked_at() -> dict[str, str]:
    """What the nightly look finds of every file."""
    check_every_file()
    return dict(FileOnRecord.objects.values_list("name", "result"))


def told_while_away(address: str) -> dict[str, Any]:
    """What a reader is told while the store is away."""
    answer = Client(raise_request_exception=False).get(address)
    return {"status": answer.status_code, "says": b"Try again in a minute" in answer.content}


def main() -> None:
    """Play it."""
    boto3.client("s3", endpoint_url=ADDRESS, region_name="eu-west-2").create_bucket(
        Bucket="records", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    build_look(settings.ROOT)
    with transaction.atomic():
        clerk = building.make_user()
        stage = set_stage(building.make_board(clerk), clerk)
    shown = picture().get_rendition("width-40")
    file = stage.received()
    check_file(file=file.pk)
    before = sorted(stored_in("private"))
    publish_agenda(meeting=stage.meeting, by=clerk)
    packing.build_pack(pack=packing.ask_for_pack(meeting=stage.meeting, by=clerk).pk)
    pack = Pack.objects.get()
    file.refresh_from_db()
    paper, address = f"/papers/{file.paper.slug}/", f"/packs/{pack.slug}/"
    with fetched_whole() as names:
        whole, part = asked(address), asked(address, range="bytes=1-3")
    said: dict[str, Any] = {
        "engine": connection.vendor,
        "picture": shown.url.startswith("/media/images/"),
        "picture_unsigned": unsigned("public", str(shown.file.name)),
        "before": [name.split("/")[0] for name in before],
        "paper": asked(paper),
        "pack": whole,
        "pack_bytes": pack.bytes,
        "part": part,
        "fetched_whole": names,
        "again": asked(address, **{"if-none-match": str(whole["etag"])})["status"],
        "paper_unsigned": unsigned("private", str(file.copy.name)),
        "pack_unsigned": unsigned("private", str(pack.file.name)),
    }
    private_storage().save("packs/left.pdf", io.BytesIO(b"left by a worker that was killed"))
    said["thrown_away"] = pack_files.prune_files(at=timezone.now() + timedelta(days=2))
    said["looked_at"] = looked_at()
    damage(str(file.copy.name))
    said["damaged"] = looked_at()[str(file.copy.name)]
    private_storage().delete(str(pack.file.name))
    said["lost"] = asked(address)["status"]
    SERVER.stop()
    said["away"] = told_while_away(paper)
    print(json.dumps(said))  # noqa: T201


if __name__ == "__main__":
    try:
        main()
    finally:
        sys.stdout.flush()
        SERVER.stop()
