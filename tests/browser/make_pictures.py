"""Make the pictures of the README from the demonstration records: `python -m tests.browser.make_pictures`."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import django

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.serving import answering, collect_static
from tests.browser.shown import PAGE, digest_of, load, words_shown
from tests.house.picture_sources import DIGEST, PICTURES, WORDS, digest

VIEW = {"width": 1280, "height": 1000}
GAP = 24


def main() -> None:
    """Load the records of one fixed day, look at them, and note what the pictures were made of and what they say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with answering(load(folder, collect_static(folder / "collected"))) as address:
            picture_of_progress(address)
            words = words_shown(address, folder)
        picture_of_pack(folder)
    DIGEST.write_text(f"{digest()}\n", encoding="ascii")
    WORDS.write_text(f"{digest_of(words)}\n", encoding="ascii")


def picture_of_progress(address: str) -> None:
    """The progress page as a reader first sees it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport=VIEW, locale="en-GB")  # type: ignore[arg-type]
        page.goto(f"{address}{PAGE}")
        page.screenshot(path=PICTURES / "progress.png")
        chromium.close()


def picture_of_pack(folder: Path) -> None:
    """Cover, agenda and first item of the pack, side by side."""
    subprocess.run(["pdftoppm", "-r", "55", "-png", "-l", "3", str(folder / "pack.pdf"), str(folder / "page")], check=True)
    pages = [Image.open(file) for file in sorted(folder.glob("page-*.png"))]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), "#d9dcdf")
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    sheet.save(PICTURES / "pack.png", optimize=True)


if __name__ == "__main__":
    main()
