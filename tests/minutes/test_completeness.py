"""What an agenda lacks before it goes out."""

from typing import Any

import pytest

from governance.enums import StandingKind
from minutes.completeness import Finding, ItemFacts, Public, Severity, findings

WHOLE: dict[str, Any] = {"presenters": ["Sue Wilson"], "minutes_planned": 10, "purpose": "discussion"}


def found(public: Public | None = None, **fields: Any) -> list[Finding]:
    """What is found in one item that has everything else."""
    return findings([ItemFacts(1, "5", "Home care", **{**WHOLE, **fields})], public or Public())


def test_an_item_that_has_everything_has_no_finding() -> None:
    assert found(body="<p>How care is planned. <a linktype='page' id='3'>More</a></p>", public=Public(pages={3})) == []


@pytest.mark.parametrize(
    ("fields", "severity", "words"),
    [
        ({"presenters": []}, Severity.MISSING, "nobody who presents it"),
        ({"papers": [("Report", "to_follow")]}, Severity.MISSING, "still to follow"),
        ({"papers": [("Report", "received")]}, Severity.MISSING, "not checked"),
        ({"is_urgent": True}, Severity.SERIOUS, "the chair's reason is not given"),
        ({"exempt": True}, Severity.SERIOUS, "in private, and why is not given"),
        ({"body": "<p><img src='x'></p>"}, Severity.MISSING, "image without words"),
        ({"body": "<embed embedtype='image' id='1' alt=' '/>"}, Severity.MISSING, "image without words"),
        ({"body": "<a linktype='page' id='3'>More</a>"}, Severity.SERIOUS, "something that is not public"),
        ({"body": "<a linktype='document' id='3'>More</a>"}, Severity.SERIOUS, "something that is not public"),
        ({"body": "<a href='https://example.org/admin/pages/3/'>More</a>"}, Severity.SERIOUS, "the public cannot open"),
        ({"body": "<p>NHS number 943 476 5919</p>"}, Severity.SERIOUS, "looks like an NHS number"),
        ({"recommendations": "<p>Ask jo@example.org</p>"}, Severity.SERIOUS, "an e-mail address"),
        ({"urgency_reason": "AB 12 34 56 C"}, Severity.SERIOUS, "National Insurance"),
        ({"purpose": "decision"}, Severity.LOOK, "recommends nothing"),
        ({"minutes_planned": None}, Severity.LOOK, "no minutes planned"),
    ],
)
def test_each_lack_is_a_sentence_that_names_the_item(fields: dict[str, Any], severity: Severity, words: str) -> None:
    (finding,) = found(**fields)
    assert (finding.severity, finding.item) == (severity, 1)
    assert finding.words.startswith("Item 5 ")
    assert words in finding.words


def test_what_is_kept_of_a_finding_holds_no_personal_data() -> None:
    (finding,) = found(body="<p>Write to <b>jo</b>@example.org or jo@example.org</p>")
    assert "jo@" not in finding.words
    assert finding.quoted == "jo@example.org"
    assert found(body="<p>jo@example.org</p>", public=Public(contact="Jo, jo@example.org")) == []


def test_the_chair_takes_some_items_and_those_of_one_agenda_link_to_each_other() -> None:
    assert found(presenters=[], standing_kind=StandingKind.WELCOME) == []
    other = ItemFacts(2, "6", "Transport", **WHOLE)
    linking = ItemFacts(1, "5", "Home care", **WHOLE, body="<a linktype='page' id='2'>Item 6</a>")
    assert findings([linking, other], Public()) == []


def test_the_heaviest_come_first() -> None:
    facts = [ItemFacts(1, "1", "One"), ItemFacts(2, "2", "Two", is_urgent=True)]
    assert [finding.severity for finding in findings(facts, Public())] == [
        Severity.SERIOUS,
        Severity.MISSING,
        Severity.MISSING,
        Severity.LOOK,
        Severity.LOOK,
    ]
