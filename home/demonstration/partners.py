"""Partners who were asked for news by a link, and what they answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from governance.operations.moderation import approve_answer
from governance.operations.partner_answers import receive_answer
from governance.operations.partner_links import send_link
from governance.operations.partners import ask_for_news
from home.demonstration.documents import Document, document
from home.demonstration.stage import Stage, Step

Do = Callable[[Stage, datetime], Any]


def steps(stage: Stage) -> list[Step]:
    """Every request in the order it went: asked, answered, approved."""
    found = []
    for wish in document("partners")["wishes"]:
        words = f"News wanted from {wish['organisation']}"
        found.append(Step(stage.moment(wish["asked"]), words, _ask(wish)))
        if "answered" in wish:
            found.append(Step(stage.moment(wish["answered"]), words, _answer(wish)))
        if "approved" in wish:
            found.append(Step(stage.moment(wish["approved"]), words, _approve(wish)))
    return found


def _name(wish: Document) -> str:
    return f"wish {wish['action']} {wish['organisation']}"


def _ask(wish: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        organisation, by = stage.find(wish["organisation"]), stage.by(wish)
        due_on = stage.day(wish["due_on"])
        asked = ask_for_news(action=stage.find(wish["action"]), organisation=organisation, due_on=due_on, by=by, at=at)
        stage.keep(_name(wish), send_link(request=asked, email=organisation.request_email, by=by, at=at))

    return do


def _answer(wish: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        given = {name: stage.text(text) for name, text in wish["given"].items()}
        answer = receive_answer(link=stage.find(_name(wish)), kind=wish["kind"], given=given, at=at)
        stage.keep(f"answer to {_name(wish)}", answer)

    return do


def _approve(wish: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        approve_answer(answer=stage.find(f"answer to {_name(wish)}"), by=stage.users["approver"], at=at)

    return do
