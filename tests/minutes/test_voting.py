"""Which votes can have been: every unlawful combination is refused with the sentence a clerk reads."""

from dataclasses import replace

import pytest

from minutes.enums import Presence
from minutes.quorum import Attendee, Interest, QuorumRule, room_at
from minutes.room_words import interest_words, names_heading, vote_words
from minutes.voting import Cast, Vote, problems

MEMBERS = [Attendee(name="Ada Lee", person=1, presided=True), Attendee(name="Ben Rao"), Attendee(name="Cat Hill")]
OTHERS = [
    Attendee(name="Adviser", votes=False),
    Attendee(name="Far", presence=Presence.REMOTE),
    Attendee(name="Late", arrived_at=9),
    Attendee(name="Left Early"),
    Attendee(name="Stayed"),
]
DECLARED = [Interest("Left Early", withdraws=True, may_vote=False), Interest("Stayed", may_vote=False)]
RULE = QuorumRule(needed=2)
ROOM = room_at(2, rule=RULE, attendance=[*MEMBERS, *OTHERS], interests=DECLARED)
NOT_RECORDED = room_at(2, rule=RULE, attendance=[])
HANDS = Vote(manner="show_of_hands", votes_for=2, votes_against=1)
NAMED = Vote(
    manner="named",
    votes_for=1,
    votes_against=1,
    abstentions=1,
    named=(Cast("Ada Lee", "for"), Cast("Ben Rao", "against"), Cast("Cat Hill", "abstain")),
)
TIE = Vote(manner="casting", votes_for=1, votes_against=1, casting_vote="for", casting_vote_by="Ada Lee")


@pytest.mark.parametrize(
    "vote",
    [
        Vote(),
        Vote(manner="assent"),
        Vote(manner="show_of_hands"),
        HANDS,
        replace(HANDS, votes_against=0, unanimous=True),
        replace(HANDS, named=(Cast("Ben Rao", "against"),)),
        NAMED,
        TIE,
        replace(NAMED, casting_vote="against", casting_vote_by="Ada Lee"),
    ],
)
def test_lawful_votes(vote: Vote) -> None:
    assert problems(vote, ROOM) == {}
    assert problems(vote, NOT_RECORDED) == {}


REFUSED = [
    (Vote(manner="assent", votes_for=3), "manner", "Votes were counted. Say how"),
    (Vote(manner="assent", unanimous=True), "unanimous", "said only after a vote"),
    (replace(HANDS, unanimous=True), "unanimous", "somebody voted against or abstained"),
    (replace(HANDS, votes_for=0, votes_against=0, unanimous=True), "unanimous", "Nobody voted for it"),
    (replace(TIE, casting_vote="", casting_vote_by=""), "casting_vote", "Say how the chair cast"),
    (replace(TIE, casting_vote=""), "casting_vote", "Say how the chair cast"),
    (replace(HANDS, casting_vote_by="Ada Lee"), "casting_vote", "but not how it was cast"),
    (replace(TIE, votes_for=None), "casting_vote", "breaks a tie"),
    (replace(TIE, votes_for=2), "casting_vote", "no casting vote without a tie: 2 voted for and 1 against"),
    (replace(TIE, unanimous=True, votes_against=1), "unanimous", "not unanimous"),
    (replace(TIE, casting_vote_by=" "), "casting_vote_by", "Say who had the casting vote"),
    (replace(TIE, casting_vote_by="Ben Rao"), "casting_vote_by", "Ben Rao did not preside at this item: Ada Lee did."),
    (replace(NAMED, named=()), "votes", "A named vote names each member"),
    (replace(NAMED, votes_for=2), "votes", "do not add up: under “for” are 1 names and the count 2"),
    (replace(HANDS, named=(Cast("Ben Rao", "abstain"),)), "votes", "“abstained” (1) than were counted (0)"),
    (replace(NAMED, named=(*NAMED.named, Cast("ben  rao", "for"))), "votes", "votes twice. A member has one vote."),
    (replace(HANDS, named=(Cast("Ada", "for", 1), Cast("Lee", "for", 1))), "votes", "votes twice"),
    (replace(HANDS, votes_for=3), "votes_for", "4 votes were counted, but 3 members with a vote were present at this item."),
]


@pytest.mark.parametrize(("vote", "field", "words"), REFUSED)
def test_votes_that_cannot_have_been(vote: Vote, field: str, words: str) -> None:
    assert words in problems(vote, ROOM)[field]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Left Early", "left because of an interest in this item, so cannot have voted"),
        ("Stayed", "declared an interest and did not vote, but a vote of theirs is written down"),
        ("Late", "was not in the room at this item"),
        ("Far", "joined remotely. Under this board's rules that gives no vote"),
        ("Adviser", "has no vote on this board"),
        ("Nobody", "is not recorded as present"),
    ],
)
def test_who_cannot_have_voted(name: str, words: str) -> None:
    vote = replace(HANDS, named=(Cast(name, "for"),))
    assert words in problems(vote, ROOM)["votes"]


def test_nobody_presided_so_nobody_had_a_casting_vote() -> None:
    room = room_at(2, rule=RULE, attendance=[replace(MEMBERS[0], presided=False), *MEMBERS[1:]])
    assert "Nobody is recorded as presiding" in problems(TIE, room)["casting_vote_by"]


def test_at_a_budget_meeting_each_vote_is_by_name() -> None:
    assert "recorded by name" in problems(HANDS, ROOM, by_name=True)["manner"]
    assert problems(NAMED, ROOM, by_name=True) == {}
    assert problems(Vote(manner="assent"), ROOM, by_name=True) == {}
    everybody = replace(TIE, named=(Cast("Ada Lee", "for"), Cast("Ben Rao", "against")))
    assert problems(everybody, ROOM, by_name=True) == {}


@pytest.mark.parametrize(
    ("vote", "words"),
    [
        (Vote(manner="assent"), ""),
        (replace(HANDS, votes_against=0, unanimous=True), "2 for, 0 against, 0 abstained; unanimous"),
        (TIE, "1 for, 1 against, 0 abstained; the casting vote of Ada Lee was for"),
        (
            replace(TIE, casting_vote="against", casting_vote_by=""),
            "1 for, 1 against, 0 abstained; the casting vote was against",
        ),
    ],
)
def test_a_vote_in_words(vote: Vote, words: str) -> None:
    assert vote_words(vote) == words


def test_the_list_of_names_says_what_it_is() -> None:
    assert names_heading(NAMED) == "How each member voted"
    assert names_heading(replace(HANDS, named=(Cast("Ada Lee", "for"),))) == "A vote recorded because the member asked"


DECLARATION = {
    "name": "Dr Ben Rao",
    "category": "Indirect interest",
    "nature": "His sister works there.",
    "declared": "item",
    "sensitive": False,
    "did": "left",
    "dispensation": "",
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {},
            (
                "Dr Ben Rao declared an interest (Indirect interest): His sister works there. "
                "Dr Ben Rao left the meeting while the item was considered, and took no part in the vote."
            ),
        ),
        (
            {"sensitive": True, "did": "stayed", "item": "6"},
            "Dr Ben Rao declared a sensitive interest in item 6 (Indirect interest). Dr Ben Rao stayed and did not vote.",
        ),
        (
            {"declared": "late", "nature": "", "did": "voted", "dispensation": "Granted until May."},
            (
                "Dr Ben Rao declared an interest (Indirect interest) after the item had begun. Dr Ben Rao stayed and voted. "
                "Dispensation: Granted until May."
            ),
        ),
    ],
)
def test_an_interest_in_words(changed: dict[str, object], words: str) -> None:
    assert interest_words(**{**DECLARATION, **changed}) == words  # type: ignore[arg-type]
