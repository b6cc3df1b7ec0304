"""Reading minutes: from the text of a council's page to title, clauses, kind of decision, owners and doubts.

Pure: no database, no settings, no clock. ``decode`` turns a file's bytes to text, ``read`` reads one item from it.
"""

from minutes.reading.actions import Action
from minutes.reading.clauses import Clause
from minutes.reading.dates import PrintedDate
from minutes.reading.decoding import LIMIT, check_size, decode
from minutes.reading.exceptions import (
    BinaryFile,
    EmptyMinutes,
    FileTooLarge,
    OnlyPageFurniture,
    PdfGivenAsText,
    UnreadableMinutes,
)
from minutes.reading.motions import Votes
from minutes.reading.narrative import Quotation
from minutes.reading.reader import read
from minutes.reading.reading import Reading
from minutes.reading.sections import Meeting

__all__ = [
    "LIMIT",
    "Action",
    "BinaryFile",
    "Clause",
    "EmptyMinutes",
    "FileTooLarge",
    "Meeting",
    "OnlyPageFurniture",
    "PdfGivenAsText",
    "PrintedDate",
    "Quotation",
    "Reading",
    "UnreadableMinutes",
    "Votes",
    "check_size",
    "decode",
    "read",
]
