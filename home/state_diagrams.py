"""The states of records as pages for people, drawn from the tables that the code obeys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import override

from governance import enums as governance
from governance.policies import COMMENT_TRANSITIONS, STATUS_TRANSITIONS
from minutes import enums as minutes
from minutes import restriction
from minutes.call_in import CALL_IN_TRANSITIONS
from minutes.pack_policies import PACK_TRANSITIONS
from minutes.policies import CHECK_TRANSITIONS, MEETING_TRANSITIONS, PAPER_TRANSITIONS, QUESTION_TRANSITIONS

INTRODUCTION = """# States

Made by `manage.py draw_states` from the tables that the code obeys; a test fails when this page is not current.
Where there is a diagram there is one table of transitions, and every door asks it. The other states follow from what was
published, issued or recorded, one operation each.
"""


@dataclass(frozen=True)
class Drawn:
    """One sort of record and its states.

    Attributes:
        name: what it is called.
        states: the class of its states.
        explanation: what moves it from one to another.
        table: from each state to those that may follow; none where states follow from something else.
        groups: named groups of states that the code asks about.
    """

    name: str
    states: type[TextChoices]
    explanation: str
    table: Mapping[str, frozenset[Any]] | None = None
    groups: tuple[tuple[str, frozenset[Any]], ...] = ()


ALL = (
    Drawn(
        "Meeting",
        minutes.MeetingStatus,
        "Set by an editor's step, or by what is published of its minutes. `minutes.policies.MEETING_TRANSITIONS`",
        MEETING_TRANSITIONS,
        (
            ("Still to come", minutes.UPCOMING),
            ("Does not take place on its day", minutes.NOT_HELD),
            ("Needs a reason", minutes.STATUS_NEEDS_REASON),
        ),
    ),
    Drawn(
        "Action",
        governance.ActionStatus,
        "Never typed: it is the status of the latest published update. News may always repeat the status. "
        "`governance.policies.STATUS_TRANSITIONS`",
        STATUS_TRANSITIONS,
        (("Open", governance.OPEN_STATUSES), ("Closed", governance.CLOSED_STATUSES)),
    ),
    Drawn(
        "Confidence in an action",
        governance.Confidence,
        "Said by each update.",
        groups=(("Needs a reason and a step", governance.CONFIDENCE_NEEDS_REASON),),
    ),
    Drawn(
        "Outcome of an action", governance.Difference, "Said by an update of an action that has ended; the latest one counts."
    ),
    Drawn("Minute", minutes.MinuteState, "Follows from publishing, confirming and recording a correction."),
    Drawn(
        "Resolution",
        minutes.ResolutionStanding,
        "A carried resolution is adopted, and final, when it is published; superseded or rescinded when a later one that does so is "
        "adopted, or is recorded to have done so.",
    ),
    Drawn(
        "Call-in of a decision",
        minutes.CallIn,
        "Of executive boards only. Begun when the decision is published, with the day until which it can be called in; each step is "
        "recorded with who took it and why. Changed and rescinded follow from a later resolution. "
        "`minutes.call_in.CALL_IN_TRANSITIONS`",
        CALL_IN_TRANSITIONS,
        (("Not carried out meanwhile", minutes.NOT_SETTLED),),
    ),
    Drawn("Motion", minutes.MotionOutcome, "As minuted.", groups=(("Adopts what it moves", minutes.ADOPTING_OUTCOMES),)),
    Drawn("Outcome of an item", minutes.ItemOutcome, "As minuted."),
    Drawn(
        "Paper",
        minutes.PaperState,
        "Received with its file, checked by the worker, public with the agenda or supplement it belongs to, never by upload. "
        "`minutes.policies.PAPER_TRANSITIONS`",
        PAPER_TRANSITIONS,
        (("Was public", minutes.PAPER_WAS_PUBLIC), ("Needs a reason", minutes.PAPER_NEEDS_REASON)),
    ),
    Drawn(
        "Paper not for publication",
        restriction.RestrictedPaperState,
        "Sealed as it comes, read by members once it is checked, public once two people released it. "
        "`minutes.restriction.RESTRICTED_PAPER_TRANSITIONS`",
        restriction.RESTRICTED_PAPER_TRANSITIONS,
        (("In use and kept back", restriction.KEPT_BACK),),
    ),
    Drawn(
        "Check of a paper's file",
        minutes.FileCheck,
        "Done by the worker in a process with limits, and again when the checks improve. `minutes.policies.CHECK_TRANSITIONS`",
        CHECK_TRANSITIONS,
        (("Leaves a copy to publish", minutes.CHECK_LEAVES_A_COPY),),
    ),
    Drawn(
        "Pack",
        minutes.PackState,
        "The row is the job: the worker takes up what is queued. What failed or was cancelled is asked for again under its own "
        "version. `minutes.pack_policies.PACK_TRANSITIONS`",
        PACK_TRANSITIONS,
        (("Can be read", minutes.SERVED),),
    ),
    Drawn("Point that people raised", governance.PointAnswer, "Set by answering it."),
    Drawn(
        "Comment",
        governance.CommentState,
        "Settled once, by those who publish for the board. `governance.policies.COMMENT_TRANSITIONS`",
        COMMENT_TRANSITIONS,
    ),
    Drawn(
        "Question, petition or deputation",
        minutes.QuestionState,
        "Set by the step of somebody who publishes for the board. `minutes.policies.QUESTION_TRANSITIONS`",
        QUESTION_TRANSITIONS,
        (("Shown to the public", minutes.QUESTION_SHOWN),),
    ),
)


def states_page() -> str:
    """The page, as Markdown with Mermaid diagrams, in British English whatever language is on."""
    with override("en-gb"):
        return "\n".join([INTRODUCTION, *(_section(drawn) for drawn in ALL)])


def _section(drawn: Drawn) -> str:
    parts = [f"## {drawn.name}\n\n{drawn.explanation}\n"]
    if drawn.table is not None:
        parts.append(_diagram(drawn))
    parts.append("| state | " + " | ".join(["name in the database", *(name for name, _ in drawn.groups)]) + " |")
    parts.append("|---|" + "---|" * (len(drawn.groups) + 1))
    for state in drawn.states:
        marks = ["yes" if state in group else "" for _, group in drawn.groups]
        parts.append("| " + " | ".join([str(state.label), f"`{state.value}`", *marks]) + " |")
    return "\n".join(parts) + "\n"


def _diagram(drawn: Drawn) -> str:
    table = drawn.table or {}
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {state.value}: {state.label}" for state in drawn.states)]
    lines.append(f"    [*] --> {drawn.states.values[0]}")
    for before in drawn.states:
        after = [state for state in drawn.states if state in table[before] and state != before]
        lines += [f"    {before.value} --> {state.value}" for state in after] or [f"    {before.value} --> [*]"]
    return "\n".join([*lines, "```", ""])
