"""Who there is before anything is decided: log-ins, organisations, people, groups, boards and their members."""

from datetime import datetime
from typing import Any

from governance.enums import Role
from governance.models import (
    BoardIndexPage,
    BoardPage,
    Membership,
    Organisation,
    PeopleGroup,
    Person,
    QuorumGroup,
    User,
)
from governance.operations.membership import end_membership, seat_member
from governance.operations.publishing import add_record
from governance.operations.roles import give_role
from governance.roles import MATRIX, Scope
from home.demonstration.documents import Document, document
from home.demonstration.stage import Stage, Step


def gather(stage: Stage) -> None:
    """Make the log-ins, organisations, people and groups."""
    rows = document("people")
    for model, name in ((Organisation, "organisations"), (Person, "people"), (PeopleGroup, "groups")):
        for record in rows[name]:
            _plain(stage, model, record)
    for record in rows["accounts"]:
        stage.users[record["username"]] = _account(stage, record)


def _plain(stage: Stage, model: Any, record: Document) -> None:
    row = model(**stage.fields(model, record))
    row.full_clean()
    row.save()
    stage.keep(record.get("key", row.name), row)


def _account(stage: Stage, record: Document) -> User:
    first, last = record["name"].rsplit(" ", 1)
    person = stage.find(record["person"]) if "person" in record else None
    # Commands that name nobody act for the first administrator.
    installs = record["role"] == Role.ADMINISTRATOR
    fields = {"first_name": first, "last_name": last, "person": person, "is_staff": installs, "is_superuser": installs}
    user = User.objects.create_user(record["username"], password=record["password"], **fields)
    if MATRIX[Role(record["role"])].scope is Scope.SITE:
        give_role(user=user, role=record["role"])
    if MATRIX[Role(record["role"])].scope is Scope.ORGANISATION and person is not None:
        give_role(user=user, role=record["role"], organisation=person.organisation)
    return user


def steps(stage: Stage) -> list[Step]:
    """Boards are set up, seats are taken and given up."""
    found = []
    for board in document("boards")["boards"]:
        found.append(Step(stage.moment(board["set_up"]), board["title"], _set_up(board)))
        for seat in board["members"]:
            found.append(Step(stage.moment(seat["from_date"]), seat["person"], _seat(board["code"], seat)))
            if "leaves" in seat:
                found.append(Step(stage.moment(seat["leaves"]), seat["person"], _leave(board["code"], seat)))
    return found


def _set_up(board: Document) -> Any:
    def do(stage: Stage, at: datetime) -> None:
        page = BoardPage(**stage.fields(BoardPage, board, "set_up", "members", "quorum_groups"))
        page.quorum_groups = [QuorumGroup(**group) for group in board.get("quorum_groups", [])]
        index = BoardIndexPage.objects.get()
        page = stage.keep(page.code, add_record(parent=index, page=page, by=stage.by(board), at=at, publish=True))
        for account in document("people")["accounts"]:
            if MATRIX[Role(account["role"])].scope is Scope.BOARD:
                give_role(user=stage.users[account["username"]], role=account["role"], board=page)

    return do


def _seat(code: str, seat: Document) -> Any:
    def do(stage: Stage, at: datetime) -> None:
        fields = stage.fields(Membership, seat, "leaves")
        fields.setdefault("organisation", fields["person"].organisation)
        seat_member(board=stage.find(code), by=stage.by(seat), at=at, **fields)

    return do


def _leave(code: str, seat: Document) -> Any:
    def do(stage: Stage, at: datetime) -> None:
        membership = stage.find(code).memberships.get(person=stage.find(seat["person"]), to_date=None)
        end_membership(membership=membership, to_date=at.date(), by=stage.by(seat), at=at)

    return do
