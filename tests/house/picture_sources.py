"""What the pictures of the README show, as one digest: the templates, stylesheets and words they are made of."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
DIGEST = PICTURES / "made-of.sha256"
WORDS = PICTURES / "words.sha256"
"""The digest of the words that stand on the pictures, as `tests.browser.shown` finds them."""
SOURCES = (
    "home/static/resolved/site.css",
    "templates/base.html",
    "templates/governance/progress_index_page.html",
    "templates/governance/pieces/*.html",
    "templates/minutes/packs/*",
    "home/demonstration/records/**/*",
)


def digest() -> str:
    """The SHA-256 of every source with its name, in order."""
    whole = hashlib.sha256()
    for pattern in SOURCES:
        for file in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            whole.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
