"""What people wrote on the site, standards written with people, and other forms of pages, as steps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from governance.models import Alternative, Standard
from governance.operations.comments import decline_comment, publish_comment, receive_comment
from governance.operations.publishing import publish_record
from governance.operations.standards import record_standard
from home.demonstration.documents import Document, document
from home.demonstration.stage import Stage, Step

Do = Callable[[Stage, datetime], Any]


def steps(stage: Stage) -> list[Step]:
    """Every comment with what became of it, every standard and every other form of a page."""
    rows = document("voices")
    found = []
    for number, comment in enumerate(rows["comments"]):
        name = f"comment {number}"
        found.append(Step(stage.moment(comment["at"]), "A comment on the site", _receive(name, comment)))
        if "settled" in comment:
            found.append(
                Step(stage.moment(comment["settled"]["at"]), "A comment is settled", _settle(name, comment["settled"]))
            )
    found += [Step(stage.moment(row["at"]), row["title"], _standard(row)) for row in rows["standards"]]
    found += [Step(stage.moment(row["at"]), row["title"], _alternative(row)) for row in rows["alternatives"]]
    return found


def _receive(name: str, comment: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        action = stage.find(comment["about"])
        text = stage.text(comment["text"])
        stage.keep(name, receive_comment(action=action, text=text, raised_by=comment.get("raised_by", ""), at=at))

    return do


def _settle(name: str, settled: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        comment, by = stage.find(name), stage.by(settled)
        if "declined" in settled:
            decline_comment(comment=comment, reason=stage.text(settled["declined"]), by=by, at=at)
        else:
            words = {word: stage.text(settled[word]) for word in ("text", "answer") if word in settled}
            publish_comment(comment=comment, kind=settled["kind"], by=by, at=at, **words)

    return do


def _standard(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        fields = stage.fields(Standard, record, "at", "groups")
        groups = [stage.find(name) for name in record["groups"]]
        stage.keep(record["key"], record_standard(groups=groups, agreed_on=at.date(), by=stage.by(record), at=at, **fields))

    return do


def _alternative(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = stage.find(record["page"])
        page.alternatives.add(Alternative(**stage.fields(Alternative, record, "at", "page")))
        publish_record(page=page, by=stage.by(record), at=at)

    return do
