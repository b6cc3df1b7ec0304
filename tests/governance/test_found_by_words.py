"""Every page stands in the index as it is written and as folded words."""

from wagtail.models import Page, get_page_models
from wagtail.search import index

import pytest

from governance.models import ActionPage, BoardPage
from governance.models.found_by_words import FoldedField, FoundByWords


def test_every_page_type_is_found_by_folded_words() -> None:
    ours = [model for model in get_page_models() if model is not Page]
    assert [model.__name__ for model in ours if not issubclass(model, FoundByWords)] == [], (
        "let it inherit FoundByWords, then Page"
    )


def test_each_searched_field_is_there_once_as_it_is_and_once_folded() -> None:
    fields = [field for field in ActionPage.get_search_fields() if isinstance(field, index.SearchField)]
    plain = [(field.field_name, field.boost) for field in fields if not isinstance(field, FoldedField)]
    assert plain == [(field.field_name, field.boost) for field in fields if isinstance(field, FoldedField)]
    assert ("title", 2) in plain


@pytest.mark.django_db
def test_rich_text_is_folded_without_its_tags() -> None:
    page = BoardPage(title="Tŷ Dŵr", reference=None, purpose="<p>Siân</p><p>Ŵyn</p>")
    folded = {name: FoldedField(name).get_value(page) for name in ("title", "reference", "purpose")}
    assert folded == {"title": "ty dwr", "reference": "", "purpose": "sian wyn"}
