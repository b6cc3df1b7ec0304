"""What is wrong with a document of a word processor: tracked changes, comments, hidden text, parts fetched from elsewhere."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from minutes.papers.codes import Code, Fault

MOST_OF_A_PART = 150_000_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CHANGES = frozenset(
    f"{WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel")
)
WORD_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
FETCHED = re.compile(r"/(?:image|oleObject|frame|subDocument|video|audio)$")
FETCHING = ("}image", "}object", "}object-ole", "}section-source")
OFF = frozenset({"0", "false", "off"})


class Unreadable(Exception):
    """The document cannot be read: it is damaged, or its parts are not what they say."""


def faults_of_docx(source: Path) -> Iterator[Fault]:
    """Everything found in a Word document (ECMA-376).

    Raises:
        Unreadable: it is damaged.
    """
    counted: Counter[Code] = Counter()
    with _opened(source) as archive:
        for name in archive.namelist():
            if WORD_PARTS.fullmatch(name) or name == "word/styles.xml":
                counted.update(_in_word_part(archive, name))
            elif name == "word/comments.xml":
                counted[Code.OFFICE_COMMENTS] += _number_of(archive, name, f"{WORD}comment")
            elif name.startswith("word/embeddings/"):
                counted[Code.EMBEDDED_OBJECTS] += 1
            elif name.endswith(".rels"):
                counted[Code.FETCHED_PARTS] += _fetched(archive, name)
    yield from ((code, None, "") for code in Code if counted[code])


def faults_of_odt(source: Path) -> Iterator[Fault]:
    """Everything found in an OpenDocument text (ISO/IEC 26300).

    Raises:
        Unreadable: it is damaged.
    """
    counted: Counter[Code] = Counter()
    with _opened(source) as archive:
        for name in ("content.xml", "styles.xml"):
            if name in archive.namelist():
                counted.update(_in_open_text(archive, name))
        for name in archive.namelist():
            counted[Code.MACROS] += name.startswith(("Basic/", "Scripts/"))
            counted[Code.EMBEDDED_OBJECTS] += bool(re.fullmatch(r"Object \d+/content\.xml", name))
    yield from ((code, None, "") for code in Code if counted[code])


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise Unreadable from problem


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[ElementTree.Element]:
    """The elements of one part, each when it is complete. A part that declares entities of its own is refused."""
    try:
        with archive.open(name) as part:
            if b"<!DOCTYPE" in part.read(4096):
                raise Unreadable
        if archive.getinfo(name).file_size > MOST_OF_A_PART:
            raise MemoryError
        with archive.open(name) as part:
            for _event, element in ElementTree.iterparse(part):  # noqa: S314 (no document type, expat limits entities)
                yield element
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Unreadable from problem


def _in_word_part(archive: zipfile.ZipFile, name: str) -> Iterator[Code]:
    for element in _elements(archive, name):
        if element.tag in CHANGES:
            yield Code.TRACKED_CHANGES
        elif element.tag == f"{WORD}r" and _is_hidden(element) and any(part.text for part in element.iter(f"{WORD}t")):
            yield Code.HIDDEN_TEXT
        if element.tag == f"{WORD}p":
            element.clear()


def _is_hidden(run: ElementTree.Element) -> bool:
    mark = run.find(f"{WORD}rPr/{WORD}vanish")
    return mark is not None and mark.get(f"{WORD}val", "true") not in OFF


def _in_open_text(archive: zipfile.ZipFile, name: str) -> Iterator[Code]:
    for element in _elements(archive, name):
        if element.tag == f"{TEXT}changed-region":
            yield Code.TRACKED_CHANGES
        elif element.tag == f"{OFFICE}annotation":
            yield Code.OFFICE_COMMENTS
        elif element.tag in {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"} or element.get(f"{TEXT}display") in {
            "none",
            "condition",
        }:
            # On a section or a style it is the attribute that hides; a style without use is worth a look all the same.
            yield Code.HIDDEN_TEXT
        elif element.tag.endswith(FETCHING) and any(_leads_away(key, value) for key, value in element.items()):
            yield Code.FETCHED_PARTS


def _leads_away(key: str, value: str) -> bool:
    return key.endswith("}href") and value.startswith(("http:", "https:", "file:"))


def _number_of(archive: zipfile.ZipFile, name: str, tag: str) -> int:
    return sum(element.tag == tag for element in _elements(archive, name))


def _fetched(archive: zipfile.ZipFile, name: str) -> int:
    return sum(
        element.get("TargetMode") == "External" and bool(FETCHED.search(element.get("Type", "")))
        for element in _elements(archive, name)
    )
