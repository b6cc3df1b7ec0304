"""An item's heading: its title, its number, and the paper attached to the heading."""

import re
from dataclasses import dataclass, field

from minutes.reading.lines import Line
from minutes.reading.sections import Meeting, Page

_NUMBER = (
    r"(?:[A-Z]{2,5}/\d{2,4}/\d{1,4}|[A-Z]{2,5} \d{2}/\d{3}|[A-Z]{2,5}-\d{1,4}|[A-Z]{2,5}\d{1,4}/\d{2,4}|\d{1,4}/\d{2,4}(?:/\d{1,4})?|\d{1,3}\(\d{1,2}\)|"
    r"\d{1,3}\.\d{1,2}|\d{1,4}[A-Za-z]?|[IVXL]{1,6})"
)
_ALONE = re.compile(
    rf"(?:(?:agenda )?item(?: no\.?)? )?(?P<number>{_NUMBER})(?: ?\((?P<agenda>\d{{1,3}})\))?[.:]?", re.IGNORECASE
)
_LEADING = re.compile(
    rf"(?:(?P<item>(?:Agenda )?Item(?: No\.?)? )(?=\S{{1,8}}[:.]? )|)(?P<number>{_NUMBER})(?: \((?P<agenda>\d{{1,3}})\))?(?P<stop>[.:]?) (?P<rest>\S.*)"
)
_PAPER = re.compile(r"[ ,]*(?:pdf icon ?)?\b(?:PDF|DOCX?|XLSX?) \d[\d.,]* ?[KM]B$|[ ,]*pdf icon(?: PDF)?$", re.IGNORECASE)
_DATED = re.compile(r"\d{1,2}/\d{1,2}/\d{4} ?[-–] ?(?P<rest>\S.*)")
_AGENDA_NOTE = re.compile(r" ?\((?:Agenda )?item (?P<number>\w{1,6})\)+$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?P<item>\d{1,3})\.(?P<paragraph>\d{1,2})\.? +(?=[A-Z“\"(])")
_SENTENCE = re.compile(
    r"(?:[\w’'./&-]+ ){0,14}(?:was|were|had|has been|have been|be|is|are|will|would|introduced|presented|submitted|considered|received|moved|"
    r"proposed|seconded|noted|agreed|resolved|reported|advised|welcomed|declared|explained|asked|outlined|thanked|announced|looked)\b"
)
_OPENING = re.compile(
    r"(?:it was|that|resolved|agreed|decisions?|recommended|there (?:was|were)|consideration|apologies (?:for absence )?were|proposed by|"
    r"moved by|seconded|to (?:consider|receive|note|approve|agree|confirm|hear|invite|determine|discuss|review|put|settle|sign)\b|"
    r"reports? (?:of|by|from) the|presented by|further to|pursuant|in accordance|following|members|councillor|the (?:committee|board|"
    r"cabinet|council|panel|chair|leader|mayor) \w+ed\b|none\b|reasons?\b|action\b|\()",
    re.IGNORECASE,
)

_CUT_SHORT = ("…", "...", "***")
"""How a page ends a title that it does not print whole, or with its date blotted out."""


@dataclass
class Heading:
    """The title as printed (without its number and paper), numbers, and the titles of papers hung on the heading."""

    title: str | None = None
    number: str | None = None
    agenda_number: str | None = None
    papers: list[str] = field(default_factory=list)


def without_paper(text: str) -> tuple[str, bool]:
    """A heading or document line without its ``pdf icon PDF 118 KB``, and whether it had one."""
    bare = _PAPER.sub("", text).strip()
    return bare, bare != text


def _is_year(number: str) -> bool:
    """Whether what looks like a number is a year, or a financial year as 2031/32, at the head of a title."""
    if years := re.fullmatch(r"20(\d\d)/(?:20)?(\d\d)", number):
        return int(years[2]) == int(years[1]) + 1
    return bool(re.fullmatch(r"(?:19|20)\d\d", number))


def _numbered(text: str, meeting: Meeting | None, *, announced: bool) -> tuple[str | None, str | None, str]:
    """The number a heading begins with, the agenda number in brackets after it, and the rest.

    Pages that announce a heading print no number unless they name the meeting, so a bare number there belongs to the title.
    """
    match = _LEADING.fullmatch(text)
    if match is None or (_is_year(match["number"]) and not match["stop"]):
        return None, None, text
    number, rest = match["number"], match["rest"]
    named = bool(match["item"] or match["stop"] or any(mark in number for mark in "/-("))
    if number.isalpha() and (not number.isupper() or not (rest.isupper() or match["stop"])):
        return None, None, text
    if named or (meeting is not None and number == meeting.number):
        return number, match["agenda"], rest
    if meeting is not None or announced or not (rest[0].isupper() or rest[0] in "‘“\"'("):
        return None, None, text
    return number, match["agenda"], rest


def _is_title(text: str, *, announced: bool, has_paper: bool) -> bool:
    """Whether a line reads as a heading and not as the first sentence of a text."""
    if has_paper:
        return True
    if len(text) > 250 or text.endswith((",", ";", ":", ":-")) or text[0] in '“"(•·-':
        return False
    if announced and not text.endswith("."):
        return True
    if _OPENING.match(text):
        return False
    if text.endswith("."):
        return (
            announced
            and len(text) <= 120
            and not _SENTENCE.match(text)
            and not re.search(r"\bto (?:receive|consider|note|hear)\b", text)
        )
    return len(text) <= 160


def _take_title(heading: Heading, line: Line, meeting: Meeting | None, *, announced: bool) -> bool:
    """Read ``line`` as the heading where it can be one; a paper hung on it is noted too."""
    text, has_paper = without_paper(line.text)
    if dated := _DATED.fullmatch(text):
        text, announced = dated["rest"], True
    number, agenda, rest = _numbered(text, meeting, announced=announced)
    if _PARAGRAPH.match(text) and not has_paper and _SENTENCE.match(rest):
        return False
    if note := _AGENDA_NOTE.search(rest):
        agenda, rest = note["number"], rest[: note.start()]
    announced = announced or (number is not None and "." not in number and heading.title is None)
    if not rest or not _is_title(rest, announced=announced, has_paper=has_paper):
        return False
    if heading.title is None or heading.title.endswith(_CUT_SHORT):
        heading.title = rest
    elif not (has_paper or number or dated) and rest.lower() != heading.title.lower():
        return False
    heading.number = heading.number or number
    heading.agenda_number = heading.agenda_number or agenda
    if has_paper:
        heading.papers.append(rest)
    return True


def heading_of(page: Page, *, announced: bool) -> Heading:
    """Take the heading off the top of ``page.head``; ``announced`` where the page said that a heading comes first.

    The number is the printed one, else the one the page gives for its meeting, else the one its paragraph numbers imply.
    """
    heading = Heading()
    lines = page.head if page.head else page.agenda
    while lines:
        alone = _ALONE.fullmatch(lines[0].text) if heading.number is None and not heading.title else None
        if alone and len(lines) > 1 and not _starts_list(lines):
            heading.number, heading.agenda_number = alone["number"], alone["agenda"]
            announced = True
        elif not _take_title(heading, lines[0], page.meeting, announced=announced):
            break
        del lines[0]
        if lines and heading.title and not _repeats(lines[0].text, heading):
            break
    if heading.number is None and page.meeting is not None:
        heading.number = page.meeting.number
    if heading.number is None:
        heading.number = _implied_number(page)
    return heading


def _starts_list(lines: list[Line]) -> bool:
    """Whether a number alone on its line is the first of a list, its words below, and so no item number."""
    return lines[0].text.startswith("(") or bool(re.match(r"(?:That|To)\b", lines[1].text))


def _repeats(text: str, heading: Heading) -> bool:
    """Whether the next line prints the heading once more, with its number or paper."""
    bare, has_paper = without_paper(text)
    words = (heading.title or "").rstrip("….* -–").lower()
    return bool(words) and len(bare) <= 300 and words[:60] in bare.lower() and (has_paper or len(bare) <= len(words) + 20)


def _implied_number(page: Page) -> str | None:
    """``7`` where the paragraphs are numbered 7.1, 7.2 and so on."""
    lines = page.minutes or page.decision or page.head
    items = {match["item"] for line in lines if (match := _PARAGRAPH.match(line.text))}
    return items.pop() if len(items) == 1 else None


def without_paragraph_number(text: str) -> str:
    """A paragraph without its running number, as ``7.1``."""
    return _PARAGRAPH.sub("", text, count=1) if _PARAGRAPH.match(text) else text
