"""What the pictures of the README show: the demonstration of one fixed day, served, and the words that stand on each."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.browser.serving import ROOT, answering

MEETING = "HWB/2026-12-03"
PAGE = "/progress/"
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@contextlib.contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """Load the records of the fixed day into a database of their own, print a pack to `pack.pdf`, and serve them.

    Yields:
        The address while it answers.

    Raises:
        CalledProcessError: a step failed.
    """
    environment = {
        **os.environ,
        "RESOLVED_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.browser.frozen",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    environment.pop("DATABASE_URL", None)
    for command in (
        ["build_look"],
        ["migrate", "-v0"],
        ["collectstatic", "--no-input", "-v0"],
        ["load_demonstration"],
        ["build_pack", MEETING, "--output", f"{folder}/pack.pdf"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    with answering(environment) as address:
        yield address


def words_shown(address: str, folder: Path) -> str:
    """The words of the page and of the pack, parted by spaces."""
    with urllib.request.urlopen(f"{address}{PAGE}") as answer:  # noqa: S310 - our own server
        found = _MAIN.search(answer.read().decode())
    assert found is not None
    pack = subprocess.run(["pdftotext", str(folder / "pack.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(f"{unescape(_TAG.sub(' ', found[0]))} {pack}".split())


def digest_of(words: str) -> str:
    """The SHA-256 of words."""
    return hashlib.sha256(words.encode()).hexdigest()
