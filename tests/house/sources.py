"""The project's own files, as git knows them, for the house rules to look at."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("governance", "minutes", "home")


def project_files(root: Path = ROOT, *suffixes: str) -> list[Path]:
    """Every file of the project below `root`: tracked or about to be, never what git ignores.

    Args:
        root: a folder that git knows, or, for a planted example, any folder at all.
        suffixes: only files that end so, such as ".py"; all files without one.
    """
    listing = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listing, capture_output=True, check=False)
    if answer.returncode == 0:
        files = [root / name for name in answer.stdout.decode().split("\0") if name]
    else:
        files = [path for path in root.rglob("*") if "__pycache__" not in path.parts]
    return sorted({file for file in files if file.is_file() and (not suffixes or file.suffix in suffixes)})


def name_of(file: Path, root: Path = ROOT) -> str:
    """The file's path inside the project."""
    return file.relative_to(root).as_posix()


def text_of(file: Path) -> str:
    """The file's text; what is not text (a picture) counts as empty."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python_files(root: Path = ROOT) -> Iterator[tuple[str, str, ast.Module]]:
    """The name, text and syntax tree of every Python file."""
    for file in project_files(root, ".py"):
        text = text_of(file)
        yield name_of(file, root), text, ast.parse(text)


def plant(root: Path, name: str, text: str) -> Path:
    """Put an example file below `root`, to see that a rule finds it."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
