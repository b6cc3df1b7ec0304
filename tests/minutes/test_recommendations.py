"""The recommendations of a report, taken apart into clauses."""

import pytest

from minutes.recommendations import RecommendedClause, recommended_clauses


def whole(rich_text: str) -> list[str]:
    """The clauses as they read alone."""
    return [clause.full_text for clause in recommended_clauses(rich_text)]


def test_a_list_gives_one_clause_for_each_entry_with_the_words_before_it() -> None:
    assert recommended_clauses("<p>That the Board:</p><ol><li>note the report; and</li><li>agree the plan.</li></ol>") == [
        RecommendedClause("(1)", "That the Board:", "note the report."),
        RecommendedClause("(2)", "That the Board:", "agree the plan."),
    ]


def test_one_clause_alone_has_no_label() -> None:
    assert recommended_clauses("<p>That the Board <b>note</b> the report.</p>") == [
        RecommendedClause("", "", "That the Board note the report.")
    ]


@pytest.mark.parametrize(
    ("rich_text", "clauses"),
    [
        ("", []),
        ("<p> </p><ul><li></li></ul>", []),
        (
            "<ul><li>that the plan be agreed,</li><li>That it be published</li></ul>",
            ["That the plan be agreed.", "That it be published."],
        ),
        ("<p>The Board is asked to:</p><ul><li>note it</li></ul>", ["That the Board: note it."]),
        ("<p>Members are recommended to agree the plan.</p>", ["That Members agree the plan."]),
        ("<p>It is RECOMMENDED that the plan be agreed.</p>", ["That the plan be agreed."]),
        ("<p>That the Board:</p><ol><li>note it</li></ol><p>Reasons are in section 3.</p>", ["That the Board: note it."]),
        ("<p>Agree the plan.</p><p>Note the risks.</p>", ["Agree the plan.", "Note the risks."]),
        ("<p>That one be done.</p><p>This is why.</p><p>That two be done.</p>", ["That one be done.", "That two be done."]),
        (
            "<p>That the Board agree:</p><ol><li>to ask <i>partners</i>:<ul><li>the trust;</li><li>the police.</li></ul></li></ol>",
            ["That the Board agree: to ask partners: (a) the trust; (b) the police."],
        ),
        ("<p>Board:</p><ul><li>a</li></ul><p>Council:</p><ul><li>b</li></ul>", ["Board: a.", "Council: b."]),
        ("<p>not &lt;closed</p><ul><li>x<b>y</b>", ["x y."]),
    ],
)
def test_the_words_of_reports_become_motions(rich_text: str, clauses: list[str]) -> None:
    assert whole(rich_text) == clauses


def test_labels_that_are_printed_stay() -> None:
    found = recommended_clauses("<p>(a) That one be done.</p><p>(b) That two be done.</p>")
    assert [clause.label for clause in found] == ["(a)", "(b)"]
    twice = recommended_clauses("<p>1. That one be done.</p><p>1. That two be done.</p>")
    assert [clause.label for clause in twice] == ["(1)", "(2)"]
    assert [clause.label for clause in recommended_clauses("<p>2.1 That it be.</p><p>2.2 That it go.</p>")] == ["2.1", "2.2"]
