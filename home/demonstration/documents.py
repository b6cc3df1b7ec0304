"""The data files of the demonstration: read from the package, in a fixed order."""

import tomllib
from importlib.resources import files
from typing import Any

Document = dict[str, Any]


def document(name: str) -> Document:
    """One data file.

    Args:
        name: its name without the ending, such as `organisations`.
    """
    return tomllib.loads(files("home.demonstration.records").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def documents(folder: str) -> list[Document]:
    """Every data file of a folder, by file name."""
    found = [file for file in files("home.demonstration.records").joinpath(folder).iterdir() if file.name.endswith(".toml")]
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(found, key=lambda file: file.name)]
