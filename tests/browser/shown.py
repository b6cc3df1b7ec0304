"""What the pictures of the README show: the demonstration of one fixed day, served, and the words that stand on each."""

import hashlib
import re
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path

from tests.browser.serving import prepared, run

MEETING = "HWB/2026-12-03"
PAGE = "/progress/"
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def load(folder: Path, static: Path) -> dict[str, str]:
    """Load the records of the fixed day into a database of their own, and print a pack to `pack.pdf`.

    Args:
        static: the collected stylesheets, scripts and fonts.

    Returns:
        The environment that serves them on that day.

    Raises:
        CalledProcessError: a step failed.
    """
    environment = prepared(folder, static, "tests.browser.frozen")
    run([sys.executable, "-m", "tests.browser.make_demonstration", MEETING, str(folder / "pack.pdf")], environment)
    return environment


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
