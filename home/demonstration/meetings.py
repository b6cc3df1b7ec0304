"""A meeting from its notice to its confirmed minutes, as steps."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from governance.enums import QuestionKind
from governance.operations.publishing import add_record
from home.demonstration.documents import Document, documents
from home.demonstration.papers import bring_paper
from home.demonstration.private import keep_back
from home.demonstration.stage import Stage, Step
from minutes.enums import MeetingStatus
from minutes.models import (
    AgendaItemPage,
    Amendment,
    Attendance,
    DeclaredInterest,
    FollowUp,
    ItemPresenter,
    MeetingPage,
    MinutePage,
    NamedVote,
    ResolutionPage,
)
from minutes.operations.adoption import say_no_action_needed
from minutes.operations.attendance import record_attendance
from minutes.operations.corrections import record_correction
from minutes.operations.ending import record_call_in
from minutes.operations.follow_ups import add_follow_up, finish_follow_up
from minutes.operations.meetings import add_item, publish_agenda, schedule_meeting, set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from minutes.operations.packing import ask_for_pack
from minutes.operations.planning import move_meeting
from minutes.operations.questions import accept_question, answer_question, receive_question, withdraw_question
from minutes.operations.recommendations import record_answer
from minutes.rewording import Rewording

Do = Callable[[Stage, datetime], Any]


def steps(stage: Stage) -> list[Step]:
    """Everything that happened around every meeting."""
    return [
        Step(stage.moment(at), f"{meeting['board']}: {meeting['key']}", do)
        for meeting in documents("meetings")
        for at, do in _course(meeting)
    ]


def _course(meeting: Document) -> Iterator[tuple[str, Do]]:
    key = meeting["key"]
    yield meeting["scheduled"], _schedule(meeting)
    for item in meeting.get("items", []):
        yield item.get("added", meeting.get("drafted", meeting["scheduled"])), _add_item(key, item)
    for question in meeting.get("questions", []):
        yield question["received_on"], _receive(key, question)
        for word, operation in SETTLED_BY.items():
            if word in question:
                yield question[word], _settle(question, operation)
        if "answered_on" in question:
            yield question["answered_on"], _answer(question)
    if "agenda_published" in meeting:
        yield (
            meeting["agenda_published"],
            lambda stage, at: publish_agenda(meeting=stage.find(key), by=stage.users["approver"], at=at),
        )
    for pack in meeting.get("packs", []):
        yield pack["asked"], _ask_for_pack(key, pack)
    for move in meeting.get("moves", []):
        yield move["at"], _move(key, move)
    for change in meeting.get("changes", []):
        yield change["at"], _set_status(key, change["status"], change.get("reason", ""))
    if "held" in meeting:
        yield meeting["held"], _set_status(key, MeetingStatus.HELD)
        yield from _afterwards(meeting)


def _afterwards(meeting: Document) -> Iterator[tuple[str, Do]]:
    key = meeting["key"]
    yield meeting["written"], _attendance(meeting)
    for item in meeting["items"]:
        yield meeting["written"], _write(item)
    yield (
        meeting["minutes_published"],
        lambda stage, at: publish_minutes(meeting=stage.find(key), by=stage.users["approver"], at=at),
    )
    for resolution in (clause for item in meeting["items"] for clause in item.get("resolutions", [])):
        yield from _what_became_of(resolution, meeting)
    for follow_up in (row for item in meeting["items"] for row in item.get("follow_ups", [])):
        if "done_on" in follow_up:
            yield follow_up["done_on"], _finish(follow_up)
    if "confirmed" in meeting:
        yield meeting["confirmed"], _confirm(key, meeting.get("confirmation", {}))
    for correction in meeting.get("corrections", []):
        yield correction["at"], _correct(correction)


def _what_became_of(resolution: Document, meeting: Document) -> Iterator[tuple[str, Do]]:
    if "no_action" in resolution:
        yield meeting["minutes_published"], _no_action(resolution)
    if "answered" in resolution:
        yield resolution["answered"]["at"], _answer_recommendation(resolution)
    for step in resolution.get("call_in_steps", []):
        yield step["at"], _call_in(resolution, step)


def _schedule(meeting: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        fields = stage.fields(MeetingPage, meeting["meeting"], "starts_at")
        starts_at = stage.moment(meeting["meeting"]["starts_at"])
        board = stage.find(meeting["board"])
        page = schedule_meeting(board=board, starts_at=starts_at, by=stage.by(meeting), at=at, **fields)
        stage.keep(meeting["key"], page)

    return do


def _move(meeting: str, move: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        starts_at, reason = stage.moment(move["starts_at"]), stage.text(move["reason"])
        move_meeting(meeting=stage.find(meeting), starts_at=starts_at, reason=reason, by=stage.users["approver"], at=at)

    return do


def _add_item(meeting: str, item: Document) -> Do:
    parts = ("added", "presenters", "papers", "minute", "resolutions", "follow_ups", "private")

    def do(stage: Stage, at: datetime) -> None:
        page = AgendaItemPage(**stage.fields(AgendaItemPage, item, *parts))
        page.presenters = [
            ItemPresenter(name=name.strip(), role=role.strip())
            for name, _, role in (row.partition(",") for row in item.get("presenters", []))
        ]
        by = stage.by(item)
        stage.keep(item["key"], add_item(meeting=stage.find(meeting), item=page, by=by, at=at, publish="added" in item))
        for paper in item.get("papers", []):
            bring_paper(stage, stage.find(item["key"]), paper, by=by, at=at)
        if "private" in item:
            keep_back(stage, stage.find(item["key"]), item["private"], by=by, at=at)

    return do


def _ask_for_pack(meeting: str, pack: Document) -> Do:
    """A pack is only asked for: the worker builds and issues it."""
    asked = {name: value for name, value in pack.items() if name != "asked"}

    def do(stage: Stage, at: datetime) -> None:
        ask_for_pack(meeting=stage.find(meeting), by=stage.users["editor"], at=at, **asked)

    return do


def _receive(meeting: str, question: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        received = receive_question(
            meeting=stage.find(meeting),
            asked_by=question["asked_by"],
            text=stage.text(question.get("text", "")),
            received_on=at.date(),
            kind=question.get("kind", QuestionKind.QUESTION),
            subject=stage.text(question.get("subject", "")),
            signatures=question.get("signatures"),
            by=stage.by(question),
            at=at,
        )
        stage.keep(question["key"], received)

    return do


SETTLED_BY: dict[str, Callable[..., None]] = {"accepted_on": accept_question, "withdrawn_on": withdraw_question}
"""What became of a question before it was answered, by the word that gives the moment."""


def _settle(question: Document, operation: Callable[..., None]) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        operation(question=stage.find(question["key"]), by=stage.by(question), at=at)

    return do


def _answer(question: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        answer_question(
            question=stage.find(question["key"]),
            answer=stage.text(question["answer"]),
            on=at.date(),
            declined=question.get("declined", False),
            by=stage.by(question),
            at=at,
        )

    return do


def _set_status(meeting: str, status: str, reason: str = "") -> Do:
    def do(stage: Stage, at: datetime) -> None:
        set_status(meeting=stage.find(meeting), status=status, reason=stage.text(reason), by=stage.users["editor"], at=at)

    return do


def _attendance(meeting: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        rows = []
        for record in meeting["attendance"]:
            fields = stage.fields(Attendance, record)
            if person := fields.get("person"):
                fields.setdefault("name", f"{person}, {person.role}" if person.role else str(person))
            rows.append(Attendance(**fields))
        record_attendance(meeting=stage.find(meeting["key"]), rows=rows, by=stage.by(meeting), at=at)

    return do


def _write(item: Document) -> Do:
    parts = ("votes", "amendments", "interests")

    def do(stage: Stage, at: datetime) -> None:
        page, minute, by = stage.find(item["key"]), item["minute"], stage.by(item["minute"])
        written = MinutePage(title=page.title, slug="minute", **stage.fields(MinutePage, minute, *parts))
        written.presented_by = "\n".join(item.get("presenters", []))
        kinds: tuple[Any, ...] = (NamedVote, Amendment, DeclaredInterest)
        for name, model in zip(parts, kinds, strict=True):
            setattr(written, name, [model(**stage.fields(model, row)) for row in minute.get(name, [])])
        stage.keep(f"{item['key']} minute", add_record(parent=page, page=written, by=by, at=at))
        for position, clause in enumerate(item.get("resolutions", []), start=1):
            fields = stage.fields(ResolutionPage, clause, "no_action", "answered", "call_in_steps")
            resolution = ResolutionPage(
                title=f"Resolution {position}", slug=f"resolution-{position}", position=position, **fields
            )
            stage.keep(clause["key"], add_record(parent=stage.find(item["key"]), page=resolution, by=by, at=at))
        for row in item.get("follow_ups", []):
            fields = stage.fields(FollowUp, row, "done_on", "note")
            stage.keep(row["key"], add_follow_up(item=page, by=by, at=at, **fields))

    return do


def _no_action(resolution: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        say_no_action_needed(
            resolution=stage.find(resolution["key"]), reason=resolution["no_action"], by=stage.users["editor"], at=at
        )

    return do


def _answer_recommendation(resolution: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        answer = stage.text(resolution["answered"]["answer"])
        record_answer(resolution=stage.find(resolution["key"]), answer=answer, by=stage.users["editor"], at=at)

    return do


def _finish(follow_up: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        note = stage.text(follow_up.get("note", ""))
        finish_follow_up(follow_up=stage.find(follow_up["key"]), done_on=at.date(), note=note, by=stage.users["editor"], at=at)

    return do


def _confirm(meeting: str, how: Document) -> Do:
    """At which meeting, and with which corrections; nothing is known of either where the data says nothing."""

    def do(stage: Stage, at: datetime) -> None:
        where = {name: stage.find(how[name]) for name in ("at_meeting", "item") if name in how}
        changes = [Rewording(stage.text(row["old"]), stage.text(row["new"])) for row in how.get("corrections", [])]
        signed = {"presided_by": how.get("presided_by", ""), "signed_on": at.date() if how else None}
        by = stage.users["approver"]
        confirm_minutes(meeting=stage.find(meeting), corrections=changes, by=by, at=at, **where, **signed)

    return do


def _call_in(resolution: Document, step: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        record_call_in(
            resolution=stage.find(resolution["key"]),
            state=step["state"],
            who=stage.text(step["who"]),
            reason=stage.text(step["reason"]),
            by=stage.users["approver"],
            at=at,
        )

    return do


def _correct(correction: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        words = {name: stage.text(correction[name]) for name in ("old_words", "new_words", "reason")}
        record_correction(minute=stage.find(f"{correction['item']} minute"), by=stage.users["approver"], at=at, **words)

    return do
