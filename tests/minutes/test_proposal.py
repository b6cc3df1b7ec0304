"""What would be kept of minutes that were read: what the minute says and nothing else."""

from dataclasses import fields

import pytest

from minutes.enums import DecisionKind
from minutes.proposal import Proposal, ProposedClause, propose
from minutes.reading import Reading, read
from minutes.reading.actions import Action
from minutes.reading.clauses import Clause

PAGE = """Agenda item

Care at home

Minutes:

Siân Ŵyn, Head of Care, presented a report, which told how the Living Well work stream of the Health and Wellbeing Strategy
had a priority around co-production of services.

A key action which underpinned this work was:-

“We will plan care at home with the people who use it.”

Resolved:-  (1)  That the report be received and the contents noted.

(2)  That partner organisations be asked to cascade the report within their organisations.

(3)  That a workshop be arranged to consider this further.
"""


def test_a_page_is_proposed_clause_by_clause() -> None:
    proposal = propose(read(PAGE))
    assert proposal.title == "Care at home"
    assert [clause.label for clause in proposal.clauses] == ["(1)", "(2)", "(3)"]
    assert [clause.verbs for clause in proposal.clauses] == [("receive", "note"), ("request", "cascade"), ("arrange",)]
    assert [clause.starts_action for clause in proposal.clauses] == [False, True, True]
    assert proposal.commitments == ("We will plan care at home with the people who use it.",)
    assert (proposal.workstream, proposal.strategy) == ("Living Well", "Health and Wellbeing Strategy")
    assert proposal.is_coproduction


def test_no_owner_and_no_date_is_made_up() -> None:
    assert {(clause.owner, clause.due_words) for clause in propose(read(PAGE)).clauses} == {("", "")}


def test_a_printed_owner_and_date_are_taken_as_they_stand() -> None:
    clause = Clause(label="(1)", text="To report on this by 5 December 2026.")
    action = Action(text=clause.text, owner="the Director of Care", due="5 December 2026")
    only = propose(Reading(clauses=(clause,), actions=(action,))).clauses[0]
    assert only.starts_action
    assert (only.owner, only.due_words) == ("the Director of Care", "5 December 2026")


def test_of_nothing_nothing_is_proposed() -> None:
    assert propose(Reading()) == Proposal(title="")


def test_what_the_reader_doubted_is_told_but_is_not_part_of_what_is_kept() -> None:
    doubted = propose(Reading(warnings=("The marker has no clauses.",)))
    assert doubted.warnings == ("The marker has no clauses.",)
    assert doubted == propose(Reading())


@pytest.mark.parametrize("words", ["co-production", "coproduced", "Co-produce"])
def test_co_production_is_offered_only_where_the_words_stand(words: str) -> None:
    assert propose(Reading(minute_text=(f"The Board spoke of {words}.",))).is_coproduction
    assert not propose(Reading(minute_text=("The Board spoke of production.",))).is_coproduction


def test_every_kind_of_decision_that_is_read_can_be_kept() -> None:
    assert propose(Reading()).decision_kind in DecisionKind.values
    for kind in DecisionKind:
        assert propose(Reading(decision_kind=kind.value)).decision_kind == kind


def test_an_empty_clause_claims_nothing() -> None:
    clause = ProposedClause(label="", text="That all be well")
    assert [getattr(clause, each.name) for each in fields(clause)][2:] == [(), "", "", False]
