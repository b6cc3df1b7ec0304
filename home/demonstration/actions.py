"""An action from its first day to its latest news, as steps."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from governance.models import (
    ActionPage,
    ActionPartner,
    Evidence,
    Involvement,
    Milestone,
    MilestoneDone,
    PrincipleAnswer,
    ProgressIndexPage,
    ProgressUpdatePage,
    WorkshopAction,
    WorkshopGroup,
    WorkshopPage,
)
from governance.operations.partners import ask_partners, record_acknowledgement, record_cascade, record_report
from governance.operations.points import answer_point, record_point
from governance.operations.publishing import add_record, publish_record
from home.demonstration.documents import Document, document, documents
from home.demonstration.stage import Stage, Step
from minutes.operations.adoption import link_action

Do = Callable[[Stage, datetime], Any]
PARTS: tuple[tuple[str, Any], ...] = (
    ("partners", ActionPartner),
    ("milestones", Milestone),
    ("principle_answers", PrincipleAnswer),
    ("involvements", Involvement),
    ("evidence", Evidence),
)


def steps(stage: Stage) -> list[Step]:
    """Everything that happened around every action, and what people said."""
    found = [
        Step(stage.moment(at), action["action"]["title"], do) for action in documents("actions") for at, do in _course(action)
    ]
    for point in document("points")["points"]:
        found.append(Step(stage.moment(point["raised_on"]), "A point people raised", _raise(point)))
        if "answered_on" in point:
            found.append(Step(stage.moment(point["answered_on"]), "An answer", _answer(point)))
    return found


def _course(action: Document) -> Iterator[tuple[str, Do]]:
    key = action["key"]
    yield action["published"], _publish(action)
    for link in action.get("links", []):
        yield link["at"], _link(key, link)
    for change in action.get("changes", []):
        yield change["at"], _change(key, change)
    for update in action.get("updates", []):
        yield update["date"], _update(key, update)
    for workshop in action.get("workshops", []):
        yield workshop["announced"], _announce(key, workshop)
        if "afterwards" in workshop:
            yield workshop["afterwards"]["at"], _report_workshop(workshop)
    for asked in action.get("requests", []):
        yield from _asked(key, asked)


def _asked(action: str, asked: Document) -> Iterator[tuple[str, Do]]:
    yield asked["asked_on"], _ask(action, asked)
    for row in asked["organisations"]:
        for field in ("acknowledged", "cascaded", "reported"):
            if field in row:
                yield row[field], _record(action, row, field)


def _parts(stage: Stage, record: Document) -> dict[str, list[Any]]:
    return {name: [model(**stage.fields(model, row)) for row in record[name]] for name, model in PARTS if name in record}


def _publish(action: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = ActionPage(**stage.fields(ActionPage, action["action"]))
        for name, rows in _parts(stage, action).items():
            setattr(page, name, rows)
        index = ProgressIndexPage.objects.get()
        stage.keep(action["key"], add_record(parent=index, page=page, by=stage.by(action), at=at, publish=True))

    return do


def _link(action: str, link: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        resolution, page = stage.find(link["resolution"]), stage.find(action)
        link_action(resolution=resolution, action=page, kind=link.get("kind", "orders"), by=stage.by(link), at=at)

    return do


def _change(action: str, change: Document) -> Do:
    """What became known later: answers to the principles, who was involved, evidence. Each is added to what is there."""

    def do(stage: Stage, at: datetime) -> None:
        page = stage.find(action)
        for name, value in stage.fields(ActionPage, change, "at", *(name for name, _ in PARTS)).items():
            setattr(page, name, value)
        for name, rows in _parts(stage, change).items():
            getattr(page, name).add(*rows)
        publish_record(page=page, by=stage.by(change), at=at)

    return do


def _update(action: str, update: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        parent = stage.find(action)
        done = [
            MilestoneDone(milestone=parent.milestones.get(name=row["milestone"]), done_on=stage.day(row["on"]))
            for row in update.get("done", [])
        ]
        page = ProgressUpdatePage(**stage.fields(ProgressUpdatePage, update, "done"))
        page.milestones_done.add(*done)
        page = add_record(parent=parent, page=page, by=stage.by(update, "partner"), at=at, publish=True)
        if "key" in update:
            stage.keep(update["key"], page)

    return do


def _announce(action: str, workshop: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = WorkshopPage(**stage.fields(WorkshopPage, workshop, "announced", "afterwards"))
        parent = stage.find(action)
        stage.keep(workshop["key"], add_record(parent=parent, page=page, by=stage.by(workshop), at=at, publish=True))

    return do


def _report_workshop(workshop: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page, told = stage.find(workshop["key"]), workshop["afterwards"]
        for name, value in stage.fields(WorkshopPage, told, "at", "groups", "following").items():
            setattr(page, name, value)
        page.groups = [WorkshopGroup(**stage.fields(WorkshopGroup, row)) for row in told.get("groups", [])]
        page.following = [WorkshopAction(**stage.fields(WorkshopAction, row)) for row in told.get("following", [])]
        publish_record(page=page, by=stage.by(workshop), at=at)

    return do


def _ask(action: str, asked: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        ask_partners(
            action=stage.find(action),
            organisations=[stage.find(row["name"]) for row in asked["organisations"]],
            asked_on=at.date(),
            due_on=stage.day(asked["due_on"]) if "due_on" in asked else None,
            report_to=asked["report_to"],
            by=stage.by(asked),
            at=at,
        )

    return do


def _record(action: str, row: Document, field: str) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        request = stage.find(action).partner_requests.get(organisation=stage.find(row["name"]))
        by = stage.by(row, "partner")
        if field == "reported":
            record_report(request=request, on=at.date(), response=stage.text(row["response"]), by=by, at=at)
        elif field == "cascaded":
            record_cascade(request=request, on=at.date(), by=by, at=at)
        else:
            record_acknowledgement(request=request, on=at.date(), by=by, at=at)

    return do


def _raise(point: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        recorded = record_point(
            about=stage.find(point["about"]),
            text=stage.text(point["text"]),
            raised_by=point["raised_by"],
            source=point["source"],
            raised_on=at.date(),
            publish=True,
            by=stage.by(point),
            at=at,
        )
        stage.keep(point["key"], recorded)

    return do


def _answer(point: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        answer_point(
            point=stage.find(point["key"]),
            kind=point["answer_kind"],
            answer=stage.text(point["answer"]),
            on=at.date(),
            by=stage.by(point),
            at=at,
        )

    return do
