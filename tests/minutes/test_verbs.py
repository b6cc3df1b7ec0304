"""What a clause does is named only where its words say so."""

import pytest

from minutes.enums import Verb
from minutes.verbs import ORDERING, orders_something, verbs_of

SAID = {
    "That the report be received and its contents noted": [Verb.RECEIVE, Verb.NOTE],
    "That principles be noted and partner organisations cascade the report": [Verb.NOTE, Verb.CASCADE],
    "That a workshop be arranged": [Verb.ARRANGE],
    "To agree the plan": [Verb.AGREE],
    "That the budget be approved": [Verb.APPROVE],
    "That the Board endorses the strategy": [Verb.ENDORSE],
    "That the Board support the strategy": [Verb.ENDORSE],
    "That the code of conduct be adopted": [Verb.ADOPT],
    "That the matter be deferred to the next meeting": [Verb.DEFER],
    "That the matter be referred to Cabinet": [Verb.REFER],
    "That authority be delegated to the Director": [Verb.DELEGATE],
    "That the Director be delegated authority to sign": [Verb.DELEGATE],
    "That officers be asked to report back": [Verb.REQUEST],
    "That the Chief Executive be instructed to write to the Minister": [Verb.INSTRUCT],
    "That Council be recommended to approve the scheme": [Verb.RECOMMEND, Verb.APPROVE],
    "That Councillor Rao be elected Vice-Chair": [Verb.APPOINT],
    "That the press and public be excluded": [Verb.EXCLUDE],
    "That the public be excluded": [Verb.EXCLUDE],
}
# Words that only name something: nobody does anything by them.
NOT_SAID = [
    ("That the request for funding be approved", Verb.REQUEST),
    ("That the agreed plan be noted", Verb.AGREE),
    ("That the recommended option be approved", Verb.RECOMMEND),
    ("That the report be sent to elected members", Verb.APPOINT),
    ("That the invited organisations be thanked", Verb.REQUEST),
    ("That a list of delegated powers be noted", Verb.DELEGATE),
    ("That support for carers be extended", Verb.ENDORSE),
]


@pytest.mark.parametrize(("clause", "verbs"), SAID.items())
def test_the_verbs_of_a_clause_are_named_in_their_order(clause: str, verbs: list[Verb]) -> None:
    assert verbs_of(clause) == verbs


@pytest.mark.parametrize(("clause", "verb"), NOT_SAID)
def test_a_word_that_only_names_something_is_no_verb(clause: str, verb: Verb) -> None:
    assert verb not in verbs_of(clause)


def test_every_verb_on_offer_can_be_read() -> None:
    assert {verb for verbs in SAID.values() for verb in verbs} == set(Verb)


@pytest.mark.parametrize("clause", ["", "That all be well", "The meeting closed at 4pm", "\x00"])
def test_a_clause_that_says_nothing_of_the_kind_does_nothing(clause: str) -> None:
    assert verbs_of(clause) == []
    assert not orders_something(clause)


@pytest.mark.parametrize("clause", SAID)
def test_somebody_has_something_to_do_only_after_certain_verbs(clause: str) -> None:
    assert orders_something(clause) == bool(set(verbs_of(clause)) & ORDERING)


def test_receiving_and_noting_asks_nothing_of_anybody() -> None:
    assert not orders_something("That the consultation report be received and the contents noted")
    assert not orders_something("That the request for funding be approved")
