"""The list of case studies, narrowed by principle and organisation as plain links."""

from urllib.parse import parse_qsl

from django.test import Client

import pytest

from governance.case_studies_list import CaseStudies, listing
from governance.models import CaseStudyIndexPage, CaseStudyPage, CoproductionPrinciple, User
from governance.operations.publishing import add_record
from tests import building
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(board: object, clerk: User) -> CaseStudyIndexPage:
    return kept("case studies", lambda: make_studies(clerk))


def make_studies(clerk: User) -> CaseStudyIndexPage:
    """Three case studies of two organisations, and a draft."""
    council, trust = building.make_organisation(), building.make_organisation("Ashmere Trust")
    equality, diversity = CoproductionPrinciple.objects.order_by("position")[:2]
    index = CaseStudyIndexPage.objects.get()
    for title, organisation, principles, publish in (
        ("Alarm", council, [equality], True),
        ("Bench", council, [equality, diversity], True),
        ("Café", trust, [diversity], True),
        ("Draft", trust, [equality], False),
    ):
        study = CaseStudyPage(title=title, slug=title[0].lower(), organisation=organisation)
        study.principles = principles
        add_record(parent=index, page=study, by=clerk, publish=publish)
    return index


def _titles(view: CaseStudies) -> list[str]:
    return [study.title for study in view.page]


def test_every_choice_leaves_as_many_as_it_says(index: CaseStudyIndexPage) -> None:
    view = listing(index, {})
    assert _titles(view) == ["Alarm", "Bench", "Café"]
    choices = [choice for one in view.filters for choice in one.choices]
    assert [choice.count for choice in choices] == [2, 2, 2, 1]
    for choice in choices:
        narrowed = listing(index, dict(parse_qsl(choice.query)))
        assert narrowed.total == choice.count
        for one in narrowed.filters:
            for further in one.choices:
                if not further.chosen:
                    assert listing(index, dict(parse_qsl(further.query))).total == further.count


def test_what_means_nothing_is_no_filter(index: CaseStudyIndexPage, client: Client) -> None:
    for value in ("nonsense", "\x00", "-1", "9" * 40, "' OR 1=1"):
        assert listing(index, {"principle": value, "organisation": value, "page": value}).total == 3
    shown = client.get(index.get_url(), {"organisation": building.make_organisation("Ashmere Trust").pk})
    assert "Café" in shown.content.decode()
    assert "Alarm" not in shown.content.decode()
