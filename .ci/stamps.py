"""Remember that a step was done, and from what, so that it is not done again until its inputs change."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

BUILT_BY_PYTHON = "__pycache__"


def fingerprint(inputs: Iterable[Path], *words: str) -> str:
    """One hash over the names and contents of files (folders with everything in them) and over `words`.

    A path that does not exist counts as absent, so that its appearing changes the fingerprint.
    """
    digest = hashlib.sha256("\0".join(words).encode())
    for path in inputs:
        for file in _files(path):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"\n{file.relative_to(path.parent)} {content}".encode())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file() and BUILT_BY_PYTHON not in file.parts)


class Stamps:
    """The fingerprints of finished steps, kept in one small file beside what the steps made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _read(self) -> dict[str, str]:
        try:
            stamps: dict[str, str] = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return stamps

    def done(self, step: str, inputs: str) -> bool:
        """Whether `step` was finished from exactly these inputs."""
        return self._read().get(step) == inputs

    def set(self, step: str, inputs: str) -> None:
        """Remember `step` as finished. The file is replaced whole, so that a crash leaves the old one."""
        stamps = self._read() | {step: inputs}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
        unfinished.replace(self.path)
