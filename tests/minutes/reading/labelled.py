"""The labelled layouts: short fictional pages, each with what a careful reader finds in it.

Every file of ``layouts/`` holds cases: ``=== name``, the page (``␣`` stands for a no-break space), ``---``, and one finding a
line. A finding left out is expected to be absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "layouts"


@dataclass(frozen=True)
class Layout:
    """One page and its findings, by name."""

    name: str
    page: str
    findings: dict[str, list[str]] = field(default_factory=dict)

    def found(self, name: str) -> list[str]:
        """Every finding of that name."""
        return self.findings.get(name, [])

    def one(self, name: str) -> str | None:
        """The finding of that name, or None where the label says nothing of it."""
        return next(iter(self.found(name)), None)


def layouts() -> Iterator[Layout]:
    """Every labelled layout, in the order of the files."""
    for path in sorted(FOLDER.glob("*.txt")):
        for case in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, rest = case.split("\n", 1)
            page, labels = rest.split("\n---\n", 1)
            findings: dict[str, list[str]] = {}
            for line in labels.strip().split("\n"):
                key, _, value = line.partition(":")
                findings.setdefault(key, []).append(value.strip())
            yield Layout(f"{path.stem}: {name}", page.replace("␣", "\u00a0"), findings)
