"""Write a board with an agenda template and its meeting of today into a database file: `python -m tests.browser.make_next_meeting`."""

import json
import sys
from datetime import date

import django
from django.utils import timezone


def main() -> None:
    """Make it in the database that the settings name; print the key of the meeting as JSON."""
    django.setup()
    # Models can only be imported once Django knows its apps.
    from governance.enums import Purpose, Role, StandingKind
    from governance.models import Membership, Person, StandingItem
    from governance.operations.roles import give_role
    from tests import building

    clerk = building.make_user()
    board = building.make_board(clerk)
    template = (
        (StandingKind.WELCOME, "", Purpose.INFORMATION),
        (StandingKind.OTHER, "Home care in winter", Purpose.DECISION),
        (StandingKind.OTHER, "Performance of the partnership", Purpose.DISCUSSION),
    )
    for place, (kind, title, purpose) in enumerate(template):
        StandingItem.objects.create(board=board, sort_order=place, kind=kind, title=title, purpose=purpose)
    for name in ("Anwen Vaughan", "Priya Rao", "Tom Ashby"):
        person = Person.objects.create(name=name, title="Councillor", organisation=building.make_organisation())
        Membership.objects.create(person=person, board=board, role="member", votes=True, from_date=date(2020, 5, 20))
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board, by=clerk)
    starts_at = timezone.localtime().replace(hour=23, minute=0, second=0, microsecond=0)
    meeting = building.make_meeting(board, clerk, starts_at, venue="Town Hall")
    json.dump({"meeting": meeting.pk, "public": meeting.get_url()}, sys.stdout)


if __name__ == "__main__":
    main()
