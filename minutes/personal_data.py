"""Personal data that may stand in a text by mistake, told by its form. Pure. It warns: only a person knows whether it belongs there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What it looks like."""

    NHS_NUMBER = "nhs_number"
    DATE_OF_BIRTH = "date_of_birth"
    NATIONAL_INSURANCE = "national_insurance"
    TELEPHONE = "telephone"
    EMAIL = "email"
    HOME_ADDRESS = "home_address"


@dataclass(frozen=True)
class Trace:
    """One place in a text.

    Attributes:
        sort: what it looks like.
        words: as they stand there. They are shown to who may read the text, and kept nowhere else.
    """

    sort: Sort
    words: str


_NHS = re.compile(r"(?<![\w+-])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\w-])")
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_BORN = re.compile(rf"\b(?:date of birth|d\.?o\.?b\.?|born(?: on)?(?: the)?)[\s:,(]{{0,4}}{_DAY}", re.IGNORECASE)
_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ \u00a0]?\d{2}[ \u00a0]?\d{2}[ \u00a0]?\d{2}[ \u00a0]?[A-D]\b"
)
_TELEPHONE = re.compile(
    r"(?<![\w/-])(?:\+44[ \u00a0]?(?:\(0\)[ \u00a0]?)?|\(?0)(?=[1-9])(?:\d[ \u00a0()-]{0,2}){8,9}\d(?![\w-])"
)
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_ADDRESS = re.compile(r"\b\d{1,4}[A-Za-z]?,? (?=[A-Z])[^\n\d]{3,80}?\b(?:[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]?\d[A-Z]{2})\b")
_WEIGHTS = range(10, 1, -1)


def traces(text: str, known: str = "") -> list[Trace]:
    """What looks like personal data in a text, in the order of `Sort`.

    Args:
        text: plain text.
        known: what is public anyway, such as the board's contact: an address or a number that stands there is no finding.
    """
    return [trace for trace in _every(text) if not _is_known(trace, known)]


def is_nhs_number(words: str) -> bool:
    """Whether ten digits are an NHS number: the last one is computed from the others, modulo 11."""
    digits = [int(letter) for letter in words if letter.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits[-1] == (0 if check == 11 else check)


def _every(text: str) -> Iterator[Trace]:
    yield from (Trace(Sort.NHS_NUMBER, found[0]) for found in _NHS.finditer(text) if is_nhs_number(found[0]))
    patterns = {
        Sort.DATE_OF_BIRTH: _BORN,
        Sort.NATIONAL_INSURANCE: _INSURANCE,
        Sort.TELEPHONE: _TELEPHONE,
        Sort.EMAIL: _EMAIL,
        Sort.HOME_ADDRESS: _ADDRESS,
    }
    for sort, pattern in patterns.items():
        for found in pattern.finditer(text):
            if sort != Sort.TELEPHONE or not is_nhs_number(found[0]):
                yield Trace(sort, found[0])


def _is_known(trace: Trace, known: str) -> bool:
    if trace.sort == Sort.EMAIL:
        return trace.words.lower() in known.lower()
    if trace.sort == Sort.TELEPHONE:
        return _digits(trace.words) in _digits(known)
    return False


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words.replace("+44", "0", 1).replace("(0)", ""))
