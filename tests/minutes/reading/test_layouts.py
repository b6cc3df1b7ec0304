"""Every layout that councils print is read as a careful reader reads it."""

import pytest

from minutes.reading import read
from tests.minutes.reading.labelled import Layout, layouts

LAYOUTS = list(layouts())


def split(value: str, parts: int) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|", parts - 1))


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_reads_as_labelled(layout: Layout) -> None:
    reading = read(layout.page)

    assert [(clause.label, clause.text) for clause in reading.clauses] == [split(said, 2) for said in layout.found("clause")]
    assert reading.decision_kind == layout.one("kind")
    assert reading.stem == layout.one("stem")
    assert reading.title == layout.one("title")
    assert reading.item_number == layout.one("number")
    assert list(reading.presenters) == layout.found("presenter")
    assert list(reading.documents) == layout.found("document")
    assert [(action.text, action.owner, action.due or "") for action in reading.actions] == [
        split(said, 3) for said in layout.found("action")
    ]
    assert reading.declared_exempt is (layout.one("exempt") == "yes")


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_finds_what_else_the_label_names(layout: Layout) -> None:
    reading = read(layout.page)
    vote = reading.vote
    told = " ".join(
        "-" if part is None else str(part) for part in (vote.votes_for, vote.votes_against, vote.abstentions, vote.outcome)
    )

    assert reading.mover == layout.one("mover")
    assert reading.seconder == layout.one("seconder")
    assert told == (layout.one("votes") or "- - - -")
    assert vote.unanimous is (layout.one("unanimous") == "yes")
    assert [quotation.text for quotation in reading.quotations] == layout.found("quotation")
    assert len(reading.concerns) == int(layout.one("concerns") or 0)
    assert " ".join(reading.exempt_paragraphs) == (layout.one("paragraphs") or "")
    for words in layout.found("warns"):
        assert any(words in warning for warning in reading.warnings), reading.warnings
    for said in layout.found("date"):
        printed, iso, _ = split(said, 3)
        assert (printed, iso, True) in [(date.printed, date.iso, date.in_clause) for date in reading.dates]


def test_there_are_layouts_of_every_family() -> None:
    assert len(LAYOUTS) >= 80
