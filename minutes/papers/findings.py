"""What each finding means to an editor: how heavy it is, in a plain sentence, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from minutes.papers.codes import Code


class Weight(StrEnum):
    """What a finding asks for.

    `blocks`: another file. `decision`: a named person who answers for publishing it anyway. `note`: nothing, because the published
    copy is written without it.
    """

    BLOCKS = "blocks"
    DECISION = "decision"
    NOTE = "note"


@dataclass(frozen=True)
class Meaning:
    """What a finding means.

    Attributes:
        weight: what it asks for.
        sentence: what was found.
        advice: what to do, or what has been done.
    """

    weight: Weight
    sentence: Any
    advice: Any


REMOVED = _("The checked copy is written without it.")
MEANINGS: Mapping[Code, Meaning] = {
    Code.DAMAGED: Meaning(
        Weight.BLOCKS,
        _("The file is damaged and cannot be read."),
        _("Make it again from the original document and upload it again."),
    ),
    Code.TRUNCATED: Meaning(
        Weight.BLOCKS, _("The end of the file is missing."), _("It was probably cut off on its way. Upload it again.")
    ),
    Code.ENCRYPTED: Meaning(Weight.BLOCKS, _("The file opens only with a password."), _("Save it without a password.")),
    Code.TOO_LARGE: Meaning(
        Weight.BLOCKS, _("The file is far too large."), _("Make its pictures smaller, or split it into parts.")
    ),
    Code.TOO_HEAVY: Meaning(
        Weight.BLOCKS,
        _("Opening the file takes more memory or time than a paper may."),
        _("Print the document to a new PDF, or split it into parts."),
    ),
    Code.TOO_MANY_PAGES: Meaning(
        Weight.BLOCKS, _("The file has more pages than a paper may."), _("Split it into parts: a report and its appendices.")
    ),
    Code.REPAIRED: Meaning(
        Weight.DECISION,
        _("The file has faults that were put right as far as possible."),
        _("Read the copy through: a part may be missing. It is safer to make the file again."),
    ),
    Code.PROTECTED: Meaning(
        Weight.NOTE,
        _("The file forbids copying or printing."),
        _("The checked copy allows both: screen readers need it, and whoever may read a paper may keep it."),
    ),
    Code.JAVASCRIPT: Meaning(Weight.DECISION, _("The file holds a program (JavaScript)."), REMOVED),
    Code.LAUNCH: Meaning(Weight.DECISION, _("The file starts programs, sends forms or opens other files."), REMOVED),
    Code.EMBEDDED_FILES: Meaning(
        Weight.DECISION,
        _("Other files are attached inside this one."),
        _("The checked copy is written without them. What readers should have, upload as papers of their own."),
    ),
    Code.FORM: Meaning(
        Weight.DECISION,
        _("The file is a form that can be filled in."),
        _("The checked copy shows the fields as they were filled in, and they can no longer be changed."),
    ),
    Code.COMMENTS: Meaning(
        Weight.DECISION,
        _("There are comments, marks or notes on the pages."),
        _("The checked copy is written without them. Look at it: a note may have been part of the page."),
    ),
    Code.HIDDEN_LAYERS: Meaning(
        Weight.DECISION,
        _("The file has layers that are switched off. Anybody can switch them on."),
        _("Save the document without the hidden layers and upload it again, unless everybody may see them."),
    ),
    Code.COVERED_TEXT: Meaning(
        Weight.BLOCKS,
        _("There is text under a box. It looks blacked out, and everybody can copy it."),
        _("Take the words out of the original document, make the PDF again and upload that."),
    ),
    Code.INVISIBLE_TEXT: Meaning(
        Weight.DECISION,
        _("There is text that cannot be seen, such as white on white. Everybody can copy it."),
        _("Take it out of the original document and upload it again, unless everybody may read it."),
    ),
    Code.OUTSIDE_TEXT: Meaning(
        Weight.DECISION,
        _("There is text outside the visible part of the page. Everybody can copy it."),
        _("Print the document to a new PDF and upload that, unless everybody may read it."),
    ),
    Code.EARLIER_REVISIONS: Meaning(
        Weight.NOTE,
        _("Earlier states of the document are still inside the file."),
        _("The checked copy holds only the last."),
    ),
    Code.PERSONAL_METADATA: Meaning(Weight.NOTE, _("The file says who made it, with what, or in which folder."), REMOVED),
    Code.UNTAGGED: Meaning(
        Weight.DECISION,
        _("The file has no tags, so a screen reader cannot read it well."),
        _(
            "Save it from the word processor as a tagged PDF, or upload the document itself. Used as it is, readers are told to ask for another format."
        ),
    ),
    Code.NO_LANGUAGE: Meaning(
        Weight.DECISION,
        _("The file does not say in which language it is, so a screen reader may read it in the wrong voice."),
        _("Set the language in the original document and make the PDF again."),
    ),
    Code.NO_TITLE: Meaning(
        Weight.NOTE, _("The file has no title of its own."), _("The checked copy is given the paper's title.")
    ),
    Code.ODD_SIZES: Meaning(
        Weight.NOTE, _("Some pages are neither A4 nor A3."), _("They are printed smaller or larger in the pack.")
    ),
    Code.FONTS_NOT_EMBEDDED: Meaning(
        Weight.DECISION,
        _("Some fonts are not in the file, so that it looks different on other machines."),
        _("Save it with its fonts embedded."),
    ),
    Code.SCANNED: Meaning(
        Weight.DECISION,
        _("There are pages that are only a picture. Nobody can search them, and no screen reader can read them."),
        _("Upload the document itself, or a copy with recognised text."),
    ),
    Code.LOCAL_LINKS: Meaning(
        Weight.NOTE,
        _("Links lead to files on somebody's own machine."),
        _("The checked copy keeps the words without the links. Give the address that everybody can reach."),
    ),
    Code.TRACKED_CHANGES: Meaning(
        Weight.BLOCKS,
        _("The document holds tracked changes: what was taken out is still in it."),
        _("Accept or reject every change in the word processor, save the document and upload it again."),
    ),
    Code.OFFICE_COMMENTS: Meaning(
        Weight.NOTE, _("The document holds comments."), _("The checked copy is written without them.")
    ),
    Code.HIDDEN_TEXT: Meaning(
        Weight.DECISION,
        _("The document holds hidden text."),
        _("The checked copy is made without it. Look at the copy: nothing that is needed may be missing."),
    ),
    Code.MACROS: Meaning(Weight.NOTE, _("The document holds macros."), REMOVED),
    Code.FETCHED_PARTS: Meaning(
        Weight.BLOCKS,
        _("The document fetches pictures or parts from elsewhere when it is opened."),
        _("Put them into the document itself and upload it again."),
    ),
    Code.EMBEDDED_OBJECTS: Meaning(
        Weight.NOTE,
        _("There are other files inside the document, such as the spreadsheet behind a chart."),
        _("The checked copy shows them as pictures, without what is behind them."),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing found in one file, as it is kept.

    Attributes:
        code: what it is.
        page: on which page, counted from 1; none where it concerns the whole file.
        detail: the words or names it concerns.
        edition: the edition of the checks that found it first.
    """

    code: Code
    page: int | None = None
    detail: str = ""
    edition: int = 0

    @property
    def meaning(self) -> Meaning:
        """How heavy it is and what it says."""
        return MEANINGS[self.code]

    def kept(self) -> dict[str, Any]:
        """As a row of JSON."""
        return {"code": self.code.value, "page": self.page, "detail": self.detail, "edition": self.edition}


def findings_kept(rows: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Findings as they were kept, the heaviest first. A code that later checks no longer know is left out."""
    known = [
        Finding(Code(row["code"]), row.get("page"), row.get("detail", ""), row.get("edition", 0))
        for row in rows
        if row["code"] in set(Code)
    ]
    order = list(Weight)
    return sorted(known, key=lambda finding: (order.index(finding.meaning.weight), finding.page or 0))


def heaviest(findings: Iterable[Finding]) -> Weight | None:
    """The weight of the heaviest finding; none where there is none."""
    weights = {finding.meaning.weight for finding in findings}
    return next((weight for weight in Weight if weight in weights), None)


def newly_found(before: Iterable[Finding], now: Iterable[Finding]) -> list[Finding]:
    """What checks found that they had not found in the same file before."""
    known = {(finding.code, finding.page) for finding in before}
    return [finding for finding in now if (finding.code, finding.page) not in known]
