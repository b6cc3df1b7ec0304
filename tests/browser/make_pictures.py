"""Make the pictures of the README from the demonstration records: `python -m tests.browser.make_pictures`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.serving import ROOT, answering
from tests.house.picture_sources import DIGEST, PICTURES, digest

TODAY = "2026-11-22"
MEETING = "HWB/2026-12-03"
VIEW = {"width": 1280, "height": 1000}
GAP = 24


def main() -> None:
    """Load the records of one fixed day, look at them, and note what the pictures were made of."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "RESOLVED_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.embedded"}
        environment.pop("DATABASE_URL", None)
        for command in (
            ["build_look"],
            ["migrate", "-v0"],
            ["collectstatic", "--no-input", "-v0"],
            ["load_demonstration", "--today", TODAY],
            ["build_pack", MEETING, "--output", f"{folder}/pack.pdf"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        with answering(environment) as address:
            picture_of_progress(address)
        picture_of_pack(Path(folder))
    DIGEST.write_text(f"{digest()}\n", encoding="ascii")


def picture_of_progress(address: str) -> None:
    """The progress page as a reader first sees it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport=VIEW, locale="en-GB")  # type: ignore[arg-type]
        page.goto(f"{address}/progress/")
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
