"""An item with a part that is not for publication, for every test that needs one."""

from datetime import date
from typing import Any

import pikepdf

from governance.enums import Role
from governance.models import BoardPage, Membership, Person, User
from governance.operations.publishing import publish_record
from governance.operations.roles import give_role
from home.operations.opening import open_site
from minutes.models import (
    AgendaItemPage,
    DeclaredInterest,
    ExemptionGround,
    MeetingPage,
    Paper,
    RestrictedPaper,
    RestrictedPart,
    RestrictedWords,
)
from minutes.operations.releasing import propose_release, release_proposed
from minutes.operations.releasing_papers import propose_paper_release, release_paper
from minutes.operations.restricted import Restriction, write_part
from minutes.operations.restricted_checking import check_restricted_paper
from minutes.operations.restricted_papers import take_restricted_paper
from tests import building
from tests.minutes.paper_stage import upload
from tests.minutes.papers import samples

CANARY = "Quinquefoil"
WORDS = RestrictedWords(
    title=f"{CANARY} title", text=f"{CANARY} text\n\nand more", resolved=f"{CANARY} resolved", minute=f"{CANARY} minute"
)
REVIEW = date(2100, 1, 1)


def ground(number: int = 3) -> ExemptionGround:
    """A paragraph of Schedule 12A, as the site has it when it opens."""
    open_site(name="Ashmere Council")
    return ExemptionGround.objects.get(short_name__startswith=f"Paragraph {number},")


def confidential() -> ExemptionGround:
    """The ground that leaves no choice."""
    open_site(name="Ashmere Council")
    found = ExemptionGround.objects.filter(compulsory=True).first()
    assert found is not None
    return found


def restriction(**changed: Any) -> Restriction:
    """A restriction that breaks no rule."""
    usual = {
        "grounds": [ground()],
        "public_interest": "It would weaken the council's hand.",
        "decided_by": "Monitoring Officer",
        "review_on": REVIEW,
        "public_summary": "The Board agreed how to buy home care.",
    }
    return Restriction(**{**usual, **changed})


def make_private_item(
    board: BoardPage, by: User, publish: bool = True, meeting: MeetingPage | None = None, **fields: Any
) -> AgendaItemPage:
    """An item of a public agenda that is taken in private."""
    meeting = meeting or MeetingPage.objects.child_of(board).first() or building.make_meeting(board, by)
    fields = {
        "title": "A contract",
        "exempt_ground": ground(),
        "exempt_reason": "It would weaken the council's hand.",
        **fields,
    }
    # What was taken in private is published by another than its writer.
    item = building.make_item(meeting, by, publish=False, **fields)
    return publish_by_another(item) if publish else item


def publish_by_another(page: Any) -> Any:
    """Publish what somebody else has to have read."""
    other = User.objects.filter(username="reader").first() or building.make_user("reader")
    return publish_record(page=page.get_latest_revision_as_object(), by=other)


def release(part: RestrictedPart, words: RestrictedWords, because: str, by: User) -> Any:
    """Release words that somebody proposes: another person reads them."""
    other = User.objects.filter(username="reader").first() or building.make_user("reader")
    return release_proposed(proposal=propose_release(part=part, words=words, because=because, by=by), by=other)


def make_part(item: AgendaItemPage, by: User, words: RestrictedWords = WORDS, **changed: Any) -> RestrictedPart:
    """The part of an item."""
    before = RestrictedPart.objects.filter(item=item).first()
    return write_part(item=item, words=words, restriction=restriction(**changed), seen=before.version if before else 0, by=by)


def paper_saying(word: str = CANARY, change: Any = None) -> bytes:
    """A PDF that says a word on its page and in what it tells of itself."""

    def told(made: pikepdf.Pdf) -> None:
        made.docinfo[pikepdf.Name.Title] = f"{word} within"
        made.docinfo[pikepdf.Name.Subject] = f"{word} besides"
        if change is not None:
            change(made)

    return samples.pdf(f"BT /F1 12 Tf 72 700 Td ({word} page) Tj ET", change=told)


def bring_paper(part: RestrictedPart, by: User, data: bytes | None = None, **more: Any) -> RestrictedPaper:
    """A paper of a part, as it is brought."""
    more = {"title": f"{CANARY} paper", **more}
    name = f"{CANARY} file.pdf"
    return take_restricted_paper(part=part, upload=upload(paper_saying() if data is None else data, name), by=by, **more)


def checked_paper(part: RestrictedPart, by: User, data: bytes | None = None, **more: Any) -> RestrictedPaper:
    """A paper of a part, checked."""
    found = check_restricted_paper(paper=bring_paper(part, by, data, **more).pk)
    assert found is not None
    return found


def release_to_all(paper: RestrictedPaper, by: User, title: str = "The contract", because: str = "It is signed.") -> Paper:
    """The public paper that is made of a restricted one: another person reads it."""
    other = User.objects.filter(username="reader").first() or building.make_user("reader")
    return release_paper(proposal=propose_paper_release(paper=paper, title=title, because=because, by=by), by=other)


def somebody(name: str, board: BoardPage | None = None, role: Role | None = None, seat: str = "") -> User:
    """A person with a log-in, with a role, a seat, or neither."""
    person = Person.objects.create(name=f"Siân {name.title()}")
    user = building.make_user(name, is_superuser=False, is_staff=False, person=person)
    if role and board:
        give_role(user=user, role=role, **building.holder_of(role, board))
    if seat and board:
        Membership.objects.create(person=person, board=board, role=seat, from_date=date(2026, 1, 1))
    return User.objects.get(pk=user.pk)


def declare(item: AgendaItemPage, by: User, did: str, person: Person | None = None, name: str = "") -> None:
    """A declaration of interest in an item, in the draft of its minute."""
    minute = building.make_minute(item, by, publish=False)
    minute.interests = [
        DeclaredInterest(name=name or str(person), person=person, category="Financial", what_they_did=did, declared="item")
    ]
    minute.save_revision(user=by)
