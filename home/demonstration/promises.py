"""Strategies, workstreams and commitments; services and their yearly reviews; case studies; plain pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from governance.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Commitment,
    CoproductionPrinciple,
    Service,
    StrategyPage,
    SuitabilityReview,
    WorkstreamPage,
)
from governance.operations.publishing import add_record
from governance.operations.services import review_service
from home.demonstration import texts
from home.demonstration.documents import Document, document
from home.demonstration.stage import Stage, Step
from home.models import AccessibilityStatementPage, ContentPage, HomePage, PrivacyNoticePage

Do = Callable[[Stage, datetime], Any]
STATEMENTS: dict[str, Any] = {"accessibility": AccessibilityStatementPage, "privacy": PrivacyNoticePage}


def steps(stage: Stage) -> list[Step]:
    """Everything that is neither a meeting nor an action."""
    makers: tuple[tuple[str, str, Callable[[Document], Do]], ...] = (
        ("promises", "strategies", _strategy),
        ("promises", "workstreams", _workstream),
        ("promises", "commitments", _commitment),
        ("services", "services", _service),
        ("services", "reviews", _review),
        ("case_studies", "case_studies", _case_study),
        ("pages", "pages", _page),
        ("pages", "statements", _statement),
        ("pages", "introductions", _introduce),
    )
    return [
        Step(stage.moment(record["at"]), record.get("title") or record.get("name") or rows, make(record))
        for file, rows, make in makers
        for record in document(file)[rows]
    ]


def _strategy(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = StrategyPage(**stage.fields(StrategyPage, record, "at"))
        stage.keep(
            record["key"], add_record(parent=HomePage.objects.get(), page=page, by=stage.by(record), at=at, publish=True)
        )

    return do


def _workstream(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = WorkstreamPage(**stage.fields(WorkstreamPage, record, "at", "strategy"))
        strategy = stage.find(record["strategy"])
        stage.keep(record["key"], add_record(parent=strategy, page=page, by=stage.by(record), at=at, publish=True))

    return do


def _commitment(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        commitment = Commitment(**stage.fields(Commitment, record, "at"))
        commitment.full_clean()
        commitment.save()
        stage.keep(record["key"], commitment)

    return do


def _service(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        service = Service(**stage.fields(Service, record, "at"))
        service.full_clean()
        service.save()
        stage.keep(record["name"], service)

    return do


def _review(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        fields = stage.fields(SuitabilityReview, record, "at")
        review_service(reviewed_on=at.date(), by=stage.by(record, "partner"), **fields)

    return do


def _case_study(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = CaseStudyPage(**stage.fields(CaseStudyPage, record, "at", "principles"))
        page.principles = list(CoproductionPrinciple.objects.filter(name__in=record["principles"]))
        index = CaseStudyIndexPage.objects.get()
        stage.keep(record["key"], add_record(parent=index, page=page, by=stage.by(record), at=at, publish=True))

    return do


def _page(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        body: list[tuple[str, str]] = []
        for heading, html in texts.sections(record["text"]):
            body += [("heading", heading)] if heading else []
            body.append(("text", stage.rich_html(html)))
        page = ContentPage(title=record["title"], slug=record["slug"], body=body, live=False, owner=stage.by(record))
        page.search_description = record["description"]
        HomePage.objects.get().add_child(instance=page)
        stage.keep(record["key"], page)
        _publish(page, stage.by(record), at)

    return do


def _statement(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        model = STATEMENTS[record["kind"]]
        page = model(**stage.fields(model, record, "at", "kind", "purposes"), live=False, owner=stage.by(record))
        if "purposes" in record:
            page.purposes = [("purpose", purpose) for purpose in record["purposes"]]
        HomePage.objects.get().add_child(instance=page)
        stage.keep(record["key"], page)
        _publish(page, stage.by(record), at)

    return do


def _introduce(record: Document) -> Do:
    def do(stage: Stage, at: datetime) -> None:
        page = Page.objects.get(slug=record["slug"], depth__lte=3).specific
        for name, value in stage.fields(type(page), record, "at", "slug").items():
            setattr(page, name, value)
        _publish(page, stage.by(record), at)

    return do


def _publish(page: Any, by: Any, at: datetime) -> None:
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    Page.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at, latest_revision_created_at=at)
