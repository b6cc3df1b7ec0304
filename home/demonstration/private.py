"""What an item of the demonstration says in private: made up like everything else, and sealed as with every board."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files import File

from home.demonstration.documents import Document, document
from home.demonstration.papers import ENDINGS, made
from home.demonstration.stage import Stage
from minutes.enums import FileCheck
from minutes.models import AgendaItemPage, RestrictedPart, RestrictedWords
from minutes.operations.restricted import Restriction, write_part
from minutes.operations.restricted_checking import check_restricted_paper
from minutes.operations.restricted_papers import accept_restricted_paper, take_restricted_paper
from minutes.operations.work_folders import own_folder


def keep_back(stage: Stage, item: AgendaItemPage, private: Document, *, by: Any, at: datetime) -> RestrictedPart:
    """Keep back what the data says of an item, with its papers, on the ground and for the reason that the item gives."""
    # Lines are broken in the data where they are long, not where a reader should see it.
    paragraphs = [" ".join(paragraph.split()) for paragraph in stage.text(private["text"]).split("\n\n")]
    words = RestrictedWords(title=stage.text(private["title"]), text="\n\n".join(paragraphs))
    restriction = Restriction(
        grounds=[item.exempt_ground] if item.exempt_ground else [],
        public_interest=item.exempt_reason,
        decided_by=private["decided_by"],
        review_on=stage.day(private["review_on"]),
    )
    part = write_part(item=item, words=words, restriction=restriction, seen=0, by=by, at=at)
    for paper in private.get("papers", []):
        _bring(stage, part, paper, by=by, at=at)
    return part


def _bring(stage: Stage, part: RestrictedPart, paper: Document, *, by: Any, at: datetime) -> None:
    """Bring a paper, made in a folder that is gone afterwards, and have it checked and answered for."""
    words = document(f"papers/{paper['file']}")
    with own_folder() as folder:
        content = made(words["form"], paper["title"], words, cache=folder / "sections")
    upload = File(BytesIO(content), name=f"{paper['file']}.{ENDINGS[words['form']]}")
    told = {"title": paper["title"], "kind": paper["kind"]}
    taken = take_restricted_paper(part=part, upload=upload, by=by, at=at, **told)
    checked = check_restricted_paper(paper=taken.pk, at=at)
    if checked is not None and checked.check_state == FileCheck.FINDINGS:
        because = "It was made on a machine without the means to do better."
        accept_restricted_paper(paper=checked, because=because, by=stage.users["approver"], at=at)
