"""One list of everything people raised, wherever they raised it, by group and never by name, with its answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import CharField, Min, Q, QuerySet, Value
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.enums import PointAnswer, PointSource
from governance.models import BoardPage, Point
from governance.narrowing import Chosen, narrowing, read
from governance.progress_list import Filter
from minutes.enums import QuestionState
from minutes.models import PublicQuestion

ON_A_PAGE = 20
_BOARD_PATH = Page.steplen * 4
"""Where a board stands in the tree: root, front page, list of boards, board."""


@dataclass(frozen=True)
class Said:
    """One thing that people raised.

    Attributes:
        text: what they said, without names.
        who: the group they are of.
        source: how it was raised, in words.
        on: when.
        answer_kind: what came of it, in words; empty while it waits.
        page: the record it is about.
    """

    text: str
    who: str
    source: str
    on: date
    answer_kind: str
    answer: str
    answered_on: date | None
    page: Page


@dataclass(frozen=True)
class Points:
    """One view of the list, with an address of its own."""

    page: ListPage
    said: list[Said]
    filters: tuple[Filter, ...]
    query: str
    total: int
    every: int
    waiting: int
    waiting_since: date | None


def points(request: HttpRequest) -> HttpResponse:
    """The page of the list."""
    return render(request, "home/points.html", {"listing": listing(request.GET)})


def listing(asked: Mapping[str, str]) -> Points:
    """The view that an address asks for.

    Args:
        asked: the query of the address, untrusted.
    """
    boards = list(BoardPage.objects.live().order_by("title"))
    labels = {"board": {board.code: board.title for board in boards}, "answer": _answers(), "source": dict(PointSource.choices)}
    chosen = read(asked, labels)
    rows = _values_of_points() + _values_of_questions({board.path: board.code for board in boards})
    filters = tuple(
        narrowing(name, words, labels[name], _counts(rows, chosen, name), chosen)
        for name, words in (("board", _("Board")), ("answer", _("Answer")), ("source", _("How it was raised")))
    )
    pages = Paginator(_keys(chosen, {board.code: board for board in boards}), ON_A_PAGE)
    page = pages.get_page(asked.get("page"))
    waiting = Point.objects.public().filter(answer_kind=PointAnswer.WAITING).aggregate(since=Min("raised_on"))
    return Points(
        page=page,
        said=_said(list(page)),
        filters=filters,
        query=chosen.query(),
        total=pages.count,
        every=sum(rows.values()),
        waiting=sum(number for (_b, answer, _s), number in rows.items() if answer == PointAnswer.WAITING),
        waiting_since=waiting["since"],
    )


def _answers() -> dict[str, Any]:
    """The ways in which something is answered; a question at a meeting has two of its own."""
    questions = {QuestionState.ANSWERED.value: _("Answered at a meeting"), QuestionState.DECLINED.value: _("Not taken")}
    return {**dict(PointAnswer.choices), **questions}


def _values_of_points() -> Counter[tuple[str, str, str]]:
    """How many points there are of each board, answer and source, in one query."""
    columns = Point.objects.public().order_by().values_list("board__code", "answer_kind", "source")
    return Counter((code or "", answer, source) for code, answer, source in columns)


def _values_of_questions(codes: Mapping[str, str]) -> Counter[tuple[str, str, str]]:
    """The same of public questions, in one query."""
    placed = PublicQuestion.objects.public().settled().annotate(place=Substr("meeting__path", 1, _BOARD_PATH))
    columns = placed.order_by().values_list("place", "state")
    return Counter((codes.get(place, ""), state, PointSource.QUESTION.value) for place, state in columns)


def _counts(rows: Counter[tuple[str, str, str]], chosen: Chosen, name: str) -> dict[str, int]:
    """What each value of one filter would leave, with the other filters as chosen."""
    names = ("board", "answer", "source")
    counts: Counter[str] = Counter()
    for values, number in rows.items():
        row = dict(zip(names, values, strict=True))
        if all(row[other] == value for other, value in chosen.values.items() if other != name):
            counts[row[name]] += number
    return counts


def _keys(chosen: Chosen, boards: Mapping[str, BoardPage]) -> QuerySet[Any]:
    """What is left, as (day, key, which table), the latest first; those that wait, the longest wait first."""
    board, answer, source = (chosen.get(name) for name in ("board", "answer", "source"))
    points = Point.objects.public().annotate(table=Value("point", CharField()))
    questions = PublicQuestion.objects.public().settled().annotate(table=Value("question", CharField()))
    if board:
        points = points.filter(board=boards[board])
        questions = questions.filter(meeting__path__startswith=boards[board].path)
    if answer:
        points, questions = points.filter(answer_kind=answer), questions.filter(state=answer)
    if source:
        points = points.filter(source=source)
        questions = questions.filter(Q() if source == PointSource.QUESTION else Q(pk=None))
    order = "raised_on" if answer == PointAnswer.WAITING else "-raised_on"
    left = points.order_by().values_list("raised_on", "pk", "table")
    return left.union(questions.order_by().values_list("received_on", "pk", "table"), all=True).order_by(order, "-pk")


def _said(keys: list[tuple[date, int, str]]) -> list[Said]:
    """What stands on one page of the list, in two queries."""
    by_key: dict[tuple[str, int], Said] = {}
    for point in (
        Point.objects.public().filter(pk__in=[key for _day, key, table in keys if table == "point"]).select_related("about")
    ):
        by_key["point", point.pk] = _of_point(point)
    wanted = [key for _day, key, table in keys if table == "question"]
    for question in PublicQuestion.objects.public().settled().filter(pk__in=wanted).select_related("meeting"):
        by_key["question", question.pk] = _of_question(question)
    return [by_key[table, key] for _day, key, table in keys if (table, key) in by_key]


def _of_point(point: Point) -> Said:
    kind = "" if point.answer_kind == PointAnswer.WAITING else str(point.get_answer_kind_display())
    return Said(
        text=point.text,
        who=point.raised_by,
        source=str(point.get_source_display()),
        on=point.raised_on,
        answer_kind=kind,
        answer=point.answer,
        answered_on=point.answered_on,
        page=point.about,
    )


def _of_question(question: PublicQuestion) -> Said:
    """A question at a meeting. Who asked stands on the meeting's page alone, as the person agreed to be named there."""
    return Said(
        text=question.public_words or question.public_subject or _("A question whose words are not shown."),
        who=_("A member of the public"),
        source=str(PointSource.QUESTION.label),
        on=question.received_on,
        answer_kind=str(_answers()[question.state]),
        answer=question.public_answer or _("An answer in writing was promised. It stands on the page of the meeting."),
        answered_on=question.answered_on,
        page=question.meeting,
    )
