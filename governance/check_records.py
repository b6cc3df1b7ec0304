#!/usr/bin/env python3
"""Check that the records of a public body were not changed in silence, from an export of their ledger alone.

    python3 check_records.py EXPORT [--checkpoints FILE ...] [--files FOLDER]

EXPORT comes from `manage.py export_ledger`. FILE is a list of checkpoints as it was saved from the body's site at some earlier day.
FOLDER holds the files of a backup or a static copy; without it the checksums in the export are believed. Needs Python 3.9 and nothing else.

It ends with 0 when everything agrees, with 1 when something does not, with 2 when the export could not be read whole.
What is hashed: `canonical` below writes a value as JSON with sorted keys, no spaces and ASCII only; a digest is the SHA-256 of that.
"""

import argparse
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FORM = 1
START = "0" * 64
"""What the first entry of a chain names as the one before it."""
SEALED = ("by", "by_name", "note", "salt")
SIGNED = ("chain", "number", "before", "page", "event", "reference", "subject", "content_sha256", "at", "sealed_sha256")
BLOCK = 1 << 20


def canonical(value: Any) -> bytes:
    """A value as the one sequence of bytes that is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def digest(value: Any) -> str:
    """The SHA-256 of a value in its canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sealed_digest(entry: Any) -> str:
    """The digest of what an entry says of a person and in words. With its salt it proves these words, and without it tells nothing."""
    return digest({name: entry[name] for name in SEALED})


def entry_digest(entry: Any) -> str:
    """The digest of an entry: of what it says and of the entry before it."""
    return digest({"form": FORM, **{name: entry[name] for name in SIGNED}})


def checkpoint_digest(checkpoint: Any) -> str:
    """The digest of a checkpoint: of the heads of all chains on a day, and of the checkpoint before it."""
    return digest({"form": FORM, **{name: checkpoint[name] for name in ("day", "at", "before", "heads")}})


def named(entry: Any) -> str:
    """An entry as a person would point at it."""
    about = entry["reference"] or f"page {entry['page']}"
    return f"entry {entry['number']} of the ledger of {entry['chain']} ({about}, {entry['event']}, {entry['at'][:10]})"


class Unreadable(Exception):
    """What was given is no export, or not the whole of one."""


class Checker:
    """Takes the lines of an export one by one and keeps what it finds, as sentences.

    Args:
        files: a folder with the files themselves; without it the checksums in the export are believed.
    """

    def __init__(self, files: "Path | None" = None) -> None:
        self.findings: list[str] = []
        # Words that were removed, as the ledger tells.
        self.told: list[str] = []
        self.counts: dict[str, int] = defaultdict(int)
        self._folder = files
        self._entries: dict[str, dict[int, Any]] = defaultdict(dict)
        self._records: dict[int, Any] = {}
        self._files: list[Any] = []
        self._checkpoints: dict[str, Any] = {}
        self._said: Any = None

    def take(self, line: Any) -> None:
        """One line.

        Raises:
            Unreadable: its kind is unknown.
        """
        kind = line.get("kind") if isinstance(line, dict) else None
        if kind == "end":
            self._said = line
            return
        if kind not in {"export", "chain", "entry", "record", "file", "checkpoint"}:
            raise Unreadable(f"A line of the kind “{kind}” is not known. Is this an export of a ledger?")
        self.counts[kind] += 1
        if kind == "export" and line["format"] != FORM:
            raise Unreadable(f"The export has the form {line['format']}; this script reads form {FORM}.")
        if kind == "entry":
            self._take_entry(line)
        elif kind == "record":
            self._records[line["page"]] = line
        elif kind == "file":
            self._files.append(line)
        elif kind == "checkpoint":
            self._checkpoints[line["day"]] = line

    def _take_entry(self, entry: Any) -> None:
        chain = self._entries[entry["chain"]]
        if entry["number"] in chain:
            self.findings.append(f"Forged: there are two of {named(entry)}.")
            return
        chain[entry["number"]] = entry

    def finish(self, published: Iterable[Any] = ()) -> list[str]:
        """Everything that was found, once every line was taken.

        Args:
            published: checkpoints that were saved from the body's site.

        Raises:
            Unreadable: lines are missing at the end of the export.
        """
        said = {kind: number for kind, number in (self._said or {}).items() if kind != "kind"}
        if self._said is None or any(self.counts[kind] != number for kind, number in said.items()):
            raise Unreadable("The export is not whole: lines are missing. Make it again.")
        for name in sorted(self._entries):
            self._check_chain(self._entries[name])
        self._check_removals()
        self._check_checkpoints(list(published))
        self._check_records()
        self._check_files()
        return self.findings

    def _check_chain(self, chain: dict[int, Any]) -> None:
        places = {entry["sha256"]: number for number, entry in chain.items()}
        before, expected = START, 1
        for number in sorted(chain):
            entry = chain[number]
            if number != expected:
                gap = f"entry {expected}" if number == expected + 1 else f"entries {expected} to {number - 1}"
                self.findings.append(f"Removed: {gap} of the ledger of {entry['chain']}, before {named(entry)}.")
            is_sealed_right = "salt" not in entry or sealed_digest(entry) == entry["sealed_sha256"]
            if not is_sealed_right or entry_digest(entry) != entry["sha256"]:
                self.findings.append(self._what_was_done_to(entry, chain, places))
            elif number == expected and entry["before"] != before:
                self.findings.append(f"Forged: {named(entry)} was not written after the entry that stands before it now.")
            before, expected = entry["sha256"], number + 1

    def _check_removals(self) -> None:
        for entry in self._in_order():
            if entry["event"] == "redacted" and entry["subject"] == "record":
                self.told.append(f"Redacted: words of {entry['reference']} were removed, as {named(entry)} tells.")
            if under := entry.get("erased_under"):
                by = self._entries.get(under["chain"], {}).get(under["number"])
                if by is None or by["event"] != "redacted":
                    self.findings.append(f"Changed: the words of {named(entry)} are gone, and no entry tells it.")
                    continue
                self.told.append(f"Redacted: the words of {named(entry)} were removed, as {named(by)} tells.")

    @staticmethod
    def _what_was_done_to(entry: Any, chain: dict[int, Any], places: dict[str, int]) -> str:
        """Whether an entry that does not prove itself was moved or changed."""
        written_as = places.get(entry["before"], 0) + 1
        if written_as != entry["number"] and entry_digest({**entry, "number": written_as}) == entry["sha256"]:
            is_copy = chain.get(written_as, {}).get("sha256") == entry["sha256"]
            if is_copy:
                return f"Forged: {named(entry)} is a copy of entry {written_as}."
            return f"Reordered: {named(entry)} was written as entry {written_as}."
        return f"Changed: {named(entry)} is not as it was written."

    def _check_checkpoints(self, published: list[Any]) -> None:
        before = START
        for day in sorted(self._checkpoints):
            checkpoint = self._checkpoints[day]
            if checkpoint_digest(checkpoint) != checkpoint["sha256"]:
                self.findings.append(f"Changed: the checkpoint of {day} is not as it was made.")
            elif checkpoint["before"] != before:
                self.findings.append(f"Replaced: the checkpoint of {day} was not made after the one that stands before it now.")
            before = checkpoint["sha256"]
            self._check_heads(checkpoint, f"the checkpoint of {day}")
        for checkpoint in published:
            self._check_published(checkpoint)

    def _check_published(self, checkpoint: Any) -> None:
        day, kept = checkpoint["day"], self._checkpoints.get(checkpoint["day"])
        if checkpoint_digest(checkpoint) != checkpoint["sha256"]:
            self.findings.append(f"Changed: the checkpoint of {day} that you gave is not as it was made.")
            return
        if kept is None:
            self.findings.append(f"Removed: the checkpoint of {day}, which was published, is not there any more.")
        elif kept["sha256"] != checkpoint["sha256"]:
            self.findings.append(f"Replaced: the checkpoint of {day} is not the one that was published.")
        if kept is None or kept["sha256"] != checkpoint["sha256"]:
            self._check_heads(checkpoint, f"the checkpoint of {day} that was published")

    def _check_heads(self, checkpoint: Any, called: str) -> None:
        for head in checkpoint["heads"]:
            chain, number = self._entries.get(head["chain"], {}), head["number"]
            if number not in chain:
                have = f"{max(chain)} are left" if chain else "none is left"
                self.findings.append(f"Cut short: by {called} the ledger of {head['chain']} had {number} entries; {have}.")
            elif chain[number]["sha256"] != head["sha256"]:
                self.findings.append(f"Rewritten: {named(chain[number])} is not the one that {called} names.")

    def _check_records(self) -> None:
        last: dict[int, Any] = {}
        moments: dict[tuple[int, str], set[str]] = defaultdict(set)
        for entry in self._in_order():
            moments[entry["page"], entry["event"]].add(entry["at"])
            if entry["subject"] in {"record", "former"} and _is_later(entry, last.get(entry["page"], entry)):
                last[entry["page"]] = entry
        for page, entry in last.items():
            if entry["event"] != "withdrawn" and page not in self._records:
                self.findings.append(f"Removed: {named(entry)} says a record is public, and it is not there.")
        for page, record in self._records.items():
            self._check_record(record, last.get(page))
            for event, at in record.get("dated", {}).items():
                if (at is None and moments[page, event]) or (at is not None and at not in moments[page, event]):
                    self.findings.append(
                        f"Changed: {self._called(record)} has a day for “{event}” that the ledger does not tell."
                    )

    def _check_record(self, record: Any, entry: Any) -> None:
        is_digest = "content" not in record
        now = record["content_sha256"] if is_digest else digest(record["content"])
        if entry is None:
            self.findings.append(f"Forged: {self._called(record)} is public, and the ledger has no entry of it.")
        elif entry["event"] == "withdrawn":
            self.findings.append(f"Forged: {self._called(record)} is public, although {named(entry)} says it was withdrawn.")
        elif entry["subject"] == "former":
            self.counts["not compared"] += 1
        elif now != entry["content_sha256"]:
            self.findings.append(f"Changed: {self._called(record)} does not say what it said by {named(entry)}.")

    def _check_files(self) -> None:
        told: dict[int, set[str]] = defaultdict(set)
        for entry in self._in_order():
            if entry["subject"] == "file":
                told[entry["page"]].add(entry["content_sha256"])
        for file in self._files:
            now = self._digest_of(file)
            if now is None:
                self.findings.append(f"Missing: the file of {file['what']} ({file['name']}).")
            elif now not in told[file["page"]] or now != (file["expected"] or now):
                self.findings.append(
                    f"Changed: the file of {file['what']} ({file['name']}) is not the one the ledger tells of."
                )

    def _digest_of(self, file: Any) -> "str | None":
        if self._folder is None:
            return file["sha256"]
        path = self._folder / file["name"]
        return digest_of_file(path) if path.is_file() else None

    def _in_order(self) -> Iterator[Any]:
        for chain in self._entries.values():
            for number in sorted(chain):
                yield chain[number]

    @staticmethod
    def _called(record: Any) -> str:
        return f"{record['reference'] or 'page ' + str(record['page'])} (“{record['title']}”)"


def _is_later(entry: Any, other: Any) -> bool:
    """Whether an entry was written after another: by its place in their ledger, because a clock may have been set back.

    A record that passed to another board has entries in two ledgers; these are told apart by their moments alone.
    """
    by = "number" if entry["chain"] == other["chain"] else "at"
    return bool(entry[by] >= other[by])


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file, read block by block."""
    found = hashlib.sha256()
    with path.open("rb") as opened:
        for block in iter(lambda: opened.read(BLOCK), b""):
            found.update(block)
    return found.hexdigest()


def lines_of(path: Path) -> Iterator[Any]:
    """The lines of an export.

    Raises:
        Unreadable: a line is no JSON.
    """
    with path.open(encoding="utf-8") as opened:
        for number, line in enumerate(opened, start=1):
            try:
                yield json.loads(line)
            except ValueError:
                raise Unreadable(f"Line {number} of the export cannot be read.") from None


def checkpoints_in(paths: Iterable[Path]) -> list[Any]:
    """The checkpoints of files as they were saved from the body's site.

    Raises:
        Unreadable: a file holds none.
    """
    found: list[Any] = []
    for path in paths:
        try:
            found += json.loads(path.read_text(encoding="utf-8"))["checkpoints"]
        except (OSError, ValueError, KeyError, TypeError):
            raise Unreadable(f"{path} holds no checkpoints. Save the JSON of the page “Checkpoints”.") from None
    return found


def summary(checker: Checker) -> str:
    """What was looked at, in a sentence."""
    counts = checker.counts
    looked = (
        f"{counts['entry']} entries, {counts['record']} records, {counts['file']} files, {counts['checkpoint']} checkpoints"
    )
    older = counts["not compared"]
    more = (
        f" {older} records were last published before their content was hashed this way and were not compared." if older else ""
    )
    verdict = "Everything agrees." if not checker.findings else f"{len(checker.findings)} things do not agree."
    return f"Looked at {looked}. {verdict}{more}"


def main(arguments: "list[str] | None" = None) -> int:
    """Check one export and say what was found."""
    parser = argparse.ArgumentParser(description="Check the records of a public body from an export of their ledger.")
    parser.add_argument("export", type=Path, help="the file that manage.py export_ledger wrote")
    parser.add_argument("--checkpoints", type=Path, nargs="*", default=[], help="checkpoints saved from the body's site")
    parser.add_argument("--files", type=Path, help="a folder with the files themselves")
    asked = parser.parse_args(arguments)
    checker = Checker(asked.files)
    try:
        for line in lines_of(asked.export):
            checker.take(line)
        findings = checker.finish(checkpoints_in(asked.checkpoints))
    except (Unreadable, OSError, KeyError) as problem:
        words = f"The export lacks {problem}." if isinstance(problem, KeyError) else str(problem)
        sys.stderr.write(f"{words}{os.linesep}")
        return 2
    sys.stdout.writelines(f"{sentence}\n" for sentence in [*checker.told, *findings])
    sys.stdout.write(f"{summary(checker)}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
