"""What many records written at once ask of memory, and what they refuse. That they are the same records, `tests/minutes/operations/bulk/` shows."""

import gc

from wagtail.search import index

import pytest

from governance.models import ActionPage
from governance.operations.bulk.batch import held_in_memory
from governance.operations.bulk.searched import Text, searched_fields, texts_of


def test_the_search_for_garbage_goes_on_after_a_batch_that_fails() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="wrong"), held_in_memory():
        assert not gc.isenabled()
        raise ValueError("wrong")
    assert gc.isenabled()


def test_it_goes_on_resting_where_it_rested_before() -> None:
    with held_in_memory():
        with held_in_memory():
            pass
        assert not gc.isenabled()


def test_what_is_known_is_not_asked_for_and_stands_once_more_as_folded_words() -> None:
    page = ActionPage(title="Siân’s walk", promise="We walk.")
    fields = [field for field in searched_fields(ActionPage) if field.field_name in {"title", "promise"}]
    texts = texts_of(page, fields, {"promise": "We run, Siân."})
    said = {(text.column, text.words) for text in texts}
    assert said == {
        *(("title", "Siân’s walk"), ("autocomplete", "Siân’s walk"), ("title", "sian s walk")),
        *(("body", "We run, Siân."), ("body", "we run sian")),
    }
    assert Text("body", 2, "We run, Siân.") in texts


def test_a_class_that_is_found_by_words_of_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActionPage, "get_search_fields", lambda: [index.RelatedFields("board", [index.SearchField("title")])])
    with pytest.raises(TypeError, match="words of other records"):
        searched_fields(ActionPage)
