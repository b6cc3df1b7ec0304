"""What the documentation claims of the project, taken out of its text."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT, name_of, project_files, text_of

# Named because it may never be there.
NEVER = frozenset({"site/__init__.py"})
_LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
_MAKE = re.compile(r"(?:^ {4}|`|=\w+ )make ([a-z][a-z-]*)", flags=re.MULTILINE)
_VARIABLE = re.compile(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`")
_FILE = re.compile(r"`(\.?[\w-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:py|lock|toml))`")
_FIELD = re.compile(r"`([A-Z][A-Za-z]+)\.([a-z_]+)`")


def documents(root: Path = ROOT) -> list[Path]:
    """README and everything in docs."""
    return [file for file in project_files(root, ".md") if name_of(file, root).split("/")[0] in {"README.md", "docs"}]


def broken_links(root: Path = ROOT) -> Iterator[str]:
    """Links to files that are not there."""
    for file in documents(root):
        for target in _LINK.findall(text_of(file)):
            if not (file.parent / target).exists():
                yield f"{name_of(file, root)}: {target}"


def missing_files(root: Path = ROOT) -> Iterator[str]:
    """Paths from the root of the project, in code marks, where nothing is."""
    for file in documents(root):
        for path in _FILE.findall(text_of(file)):
            inside = path.split("/")[0] in {entry.name for entry in root.iterdir()} or "/" not in path
            kept = path in NEVER or path.startswith("var/") or (root / path).exists() or any(root.glob(f"*/{path}"))
            if inside and not kept:
                yield f"{name_of(file, root)}: {path}"


def named(pattern: re.Pattern[str], root: Path = ROOT) -> dict[str, set[str]]:
    """What a pattern finds, by document."""
    return {name_of(file, root): set(pattern.findall(text_of(file))) for file in documents(root)}


def commands(root: Path = ROOT) -> set[str]:
    """The commands of `manage.py` that are named."""
    return set().union(*named(re.compile(r"manage\.py ([a-z_]+)"), root).values())


def targets(root: Path = ROOT) -> set[str]:
    """The targets of `make` that are named."""
    return set().union(*named(_MAKE, root).values())


def variables(root: Path = ROOT) -> set[str]:
    """The variables of the environment that are named, in code marks."""
    return set().union(*named(_VARIABLE, root).values())


def fields(root: Path = ROOT) -> set[tuple[str, str]]:
    """Fields that are named with their class."""
    return {pair for file in documents(root) for pair in _FIELD.findall(text_of(file))}


def variables_read(root: Path = ROOT) -> set[str]:
    """The variables that the settings read."""
    text = "\n".join(text_of(file) for file in project_files(root, ".py") if "site/config/" in name_of(file, root))
    return set(re.findall(r"(?:environ(?:\.get|\.setdefault)?[(\[]|_required\()\s*\"([A-Z][A-Z0-9_]+)\"", text))
