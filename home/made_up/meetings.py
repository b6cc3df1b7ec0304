"""Made-up meetings of a board: the same for the same seed, in the proportions that a council's boards have.

A board meets eight times a year, on average ten items each. Six items in ten are resolved on, by one to three clauses; about one clause in
four orders an action, and an action has none to seven updates. Half of the items have a paper that is named.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from governance.enums import ActionStatus, Confidence, Difference
from home.made_up.words import FIRST, LAST, NEWS, NOTES, ORDERS, PLACES, REPORTS, ROLES, SENTENCES, SUBJECTS
from minutes.operations.bulk.understood import Promised, ToldNews, UnderstoodMeeting, UnderstoodMinute
from minutes.proposal import Proposal, ProposedClause
from minutes.verbs import verbs_of

MEETINGS_A_YEAR = 8
ITEMS = (6, 14)
RESOLVED, LOST, ORDERED, WITH_PAPER, LED = 0.6, 0.03, 0.27, 0.5, 0.8
MOST_NEWS = 7
ENDINGS = (ActionStatus.COMPLETED, ActionStatus.COMPLETED, ActionStatus.COMPLETED, ActionStatus.CLOSED, ActionStatus.HANDED_ON)
LOOKED_AT_AGAIN = timedelta(days=365)
PUBLISHED_AFTER = timedelta(days=9)
"""Minutes are public so long after the meeting."""


def meetings_of(*, seed: str, first: date, last: date, leads: tuple[int, ...] = ()) -> Iterator[UnderstoodMeeting]:
    """The meetings of one board between two days, the oldest first, without end of the supply of words.

    Args:
        seed: the same makes the same.
        last: nothing is dated later, news of the actions neither.
        leads: the keys of organisations that can lead an action.
    """
    chance = random.Random(seed)  # noqa: S311 - proportions, not secrets
    step = 365.25 / MEETINGS_A_YEAR
    number = 0
    while (day := first + timedelta(days=round(number * step))) + PUBLISHED_AFTER <= last:
        # Never on a weekend.
        day -= timedelta(days=max(0, day.weekday() - 4))
        yield Meeting(chance, day, last, leads).understood()
        number += 1


@dataclass
class Meeting:
    """One meeting that is made up."""

    chance: random.Random
    day: date
    last: date
    leads: tuple[int, ...]
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """When its minutes are public."""
        return datetime.combine(self.day + PUBLISHED_AFTER, time(10), UTC)

    def understood(self) -> UnderstoodMeeting:
        """The meeting with its minutes."""
        items = self.chance.randint(*ITEMS)
        starts_at = datetime.combine(self.day, time(14), UTC)
        minutes = tuple(self._minute(number) for number in range(1, items + 1))
        return UnderstoodMeeting(self.day, self.at, minutes, {"starts_at": starts_at, "venue": "Town Hall, committee room 1"})

    def _pick(self, texts: tuple[str, ...]) -> str:
        return self.chance.choice(texts).format(**self.words)

    def _minute(self, number: int) -> UnderstoodMinute:
        chance = self.chance
        people = chance.randint(8, 90)
        self.words = {
            "subject": chance.choice(SUBJECTS),
            "place": chance.choice(PLACES),
            "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            "role": chance.choice(ROLES),
            "number": people,
            "half": people // 2,
        }
        title = f"{chance.choice(REPORTS)} {self.words['subject']} in {self.words['place']}"
        paragraphs = tuple(
            " ".join(self._pick(SENTENCES) for _sentence in range(chance.randint(2, 4)))
            for _paragraph in range(chance.randint(2, 5))
        )
        is_resolved = chance.random() < RESOLVED
        clauses = self._clauses() if is_resolved else ()
        proposal = Proposal(
            title=title,
            paragraphs=paragraphs,
            agenda_text=(f"To consider a report on {self.words['subject']}.",),
            agenda_number=str(number),
            presenters=(f"{self.words['name']}, {self.words['role']}",),
            stem="",
            decision_kind="resolved" if is_resolved else "noted",
            clauses=clauses,
            documents=(f"Report: {title}",) if chance.random() < WITH_PAPER else (),
            motion_lost=is_resolved and chance.random() < LOST,
        )
        promised = {place: self._promised() for place, clause in enumerate(clauses) if clause.starts_action}
        source = "\n\n".join((title, *paragraphs, *(clause.text for clause in clauses), f"{self.day} {number}"))
        return UnderstoodMinute(proposal, source, "", promised)

    def _clauses(self) -> tuple[ProposedClause, ...]:
        return tuple(self._clause(number) for number in range(1, self.chance.randint(1, 3) + 1))

    def _clause(self, number: int) -> ProposedClause:
        ordered = self.chance.random() < ORDERED
        text = self._pick(ORDERS if ordered else NOTES)
        return ProposedClause(label=f"({number})", text=text, verbs=tuple(verbs_of(text)), starts_action=ordered)

    def _promised(self) -> Promised:
        """An action with a date that the board set, for most of them a lead, and news until it ends or today comes."""
        chance = self.chance
        due = self.day + timedelta(days=chance.randint(90, 500))
        says: dict[str, Any] = {"first_due_on": due, "due_set_by": "the board", "due_set_on": self.day}
        if self.leads and chance.random() < LED:
            says |= {"lead_organisation_id": chance.choice(self.leads), "lead_set_by": "the board", "lead_set_on": self.day}
        return Promised(says, tuple(self._news(chance.randint(0, MOST_NEWS))))

    def _news(self, number: int) -> Iterator[ToldNews]:
        ends = self.chance.choice(ENDINGS) if number and self.chance.random() < 0.7 else None
        day = self.day + PUBLISHED_AFTER
        for turn in range(1, number + 1):
            day += timedelta(days=self.chance.randint(30, 80))
            if day > self.last:
                return
            says = {"title": f"News {turn} of {self.words['subject']} in {self.words['place']}", "date": day}
            says |= {"what_changed": self._pick(NEWS), **self._stands(ends if turn == number else None, day)}
            yield ToldNews(datetime.combine(day, time(11), UTC), says)

    def _stands(self, ends: ActionStatus | None, day: date) -> dict[str, Any]:
        """What one update says of where the action stands."""
        if ends is None:
            if self.chance.random() < 0.1:
                return {"status": ActionStatus.PAUSED, "reason": "The partners wait for the new budget."}
            if self.chance.random() < 0.2:
                late = {"reason": "It takes longer than was thought.", "recovery_step": "Two more people work on it."}
                return {"status": ActionStatus.UNDER_WAY, "confidence": Confidence.AT_RISK, **late}
            return {"status": ActionStatus.UNDER_WAY}
        if ends == ActionStatus.COMPLETED:
            seen = {"what_is_different": "People wait less.", "for_whom": "Those who use it.", "how_known": "They were asked."}
            return {"status": ends, "difference": Difference.SEEN, "look_again_on": day + LOOKED_AT_AGAIN, **seen}
        body = {"handed_to": "Ashmere Integrated Care Board", "handed_to_address": "https://icb.example.org/actions"}
        handed = body if ends == ActionStatus.HANDED_ON else {}
        return {"status": ends, "reason": "Another body carries it now.", **handed}
