"""What persons ask of what is held on them: recorded, answered in time, and where it is granted, carried out by a second person."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import Site

from governance.exceptions import Refused
from governance.models import Backup, PersonDecision, PersonRequest, PersonRequestKind, Removal, RemovalKind
from governance.offices import holds_office
from governance.operations.removals import ask_for_removal, held, remove_words, words_asked
from governance.passages import Passages
from governance.person_rules import KEPT_YEARS, due_by, months_after, too_short
from governance.sealing import seal

RECORDED, DECIDED, PUT_OFF, EXPORTED = (
    f"governance.person_request_{what}" for what in ("recorded", "decided", "put_off", "exported")
)
"""Acts that stand in the history of a request, which names nobody."""


def person_acts() -> list[tuple[str, str]]:
    """These acts with what the history calls them."""
    return [
        (RECORDED, _("Request of a person recorded")),
        (DECIDED, _("Request of a person decided")),
        (PUT_OFF, _("Request of a person put off")),
        (EXPORTED, _("What is held on a person put together")),
    ]


@transaction.atomic
def record_request(
    *, kind: str, asked_by: str, contact: str, names: str, received_on: date, by: Any, at: datetime | None = None
) -> PersonRequest:
    """Record that somebody asked. The answer is due within a month.

    Args:
        asked_by: their name, or who asks for them.
        contact: how they are answered.
        names: the spellings of the name, and addresses of mail, by which they are looked for, each on a line of its own.

    Raises:
        Refused: something is missing, a name is too short to be looked for, or the day is to come.
    """
    at = at or timezone.now()
    if not (asked_by.strip() and contact.strip() and names.strip()):
        raise Refused(_("Say who asks, how they are answered, and by which names they are looked for."))
    for name in too_short(names):
        raise Refused(_("“%(name)s” is one word and would be found in other names. Give first and last name.") % {"name": name})
    if received_on > timezone.localdate(at):
        raise Refused(_("A request is recorded once it was received."))
    who = {"asked_by": asked_by.strip(), "contact": contact.strip(), "names": names.strip()}
    row = PersonRequest.objects.create(
        kind=kind,
        sealed=seal(who, of=0),
        received_on=received_on,
        due_on=due_by(received_on, put_off=False),
        recorded_at=at,
        recorded_by=by,
    )
    log(instance=row, action=RECORDED, user=by)
    return row


@transaction.atomic
def put_off_request(*, request: PersonRequest, because: str, by: Any, at: datetime | None = None) -> PersonRequest:
    """Take up to two months longer, because the request is complex and the person was told so within the first.

    Raises:
        Refused: it is decided or put off already, the first month is over, or no reason is given.
    """
    row = _undecided(request)
    if row.put_off_because:
        raise Refused(_("It was put off already, and can be once."))
    if not because.strip():
        raise Refused(_("Say why it takes longer, as the person was told."))
    if timezone.localdate(at or timezone.now()) > row.due_on:
        raise Refused(_("The first month is over: the person had to be told within it."))
    row.put_off_because, row.due_on = because.strip(), due_by(row.received_on, put_off=True)
    _check_names_nobody(row, because)
    row.save(update_fields=["put_off_because", "due_on"])
    log(instance=row, action=PUT_OFF, user=by)
    return row


@transaction.atomic
def decide_request(*, request: PersonRequest, decision: str, reason: str, by: Any, at: datetime | None = None) -> PersonRequest:
    """Decide on a request. A refusal says why; the person is told, and that they may complain to the Information Commissioner.

    Raises:
        Refused: it is decided, or no reason is given, or the reason names the person.
    """
    row, at = _undecided(request), at or timezone.now()
    if decision not in PersonDecision.values:
        raise Refused(_("Say whether it is granted, granted in part or refused."))
    if not reason.strip():
        raise Refused(_("Say why it was decided so."))
    _check_names_nobody(row, reason)
    row.decision, row.reason, row.decided_at, row.decided_by = decision, reason.strip(), at, by
    row.forget_on = months_after(timezone.localdate(at), 12 * KEPT_YEARS)
    row.save(update_fields=["decision", "reason", "decided_at", "decided_by", "forget_on"])
    log(instance=row, action=DECIDED, user=by, data={"decision": decision})
    return row


@transaction.atomic
def ask_to_redact_person(
    *, request: PersonRequest, instead: str, office_reason: str = "", by: Any, at: datetime | None = None
) -> Removal:
    """Ask that the names of a request be replaced by neutral words wherever they stand. Another person carries it out.

    Args:
        instead: such as “a member of the public”.
        office_reason: why, although the person acted in public office. Who decides in public is recorded as a public task (UK GDPR,
            article 17(3)(b)), and the Freedom of Information Act gives that to anybody.

    Raises:
        Refused: it is not granted, was carried out, is no erasure or rectification, or the person acted in public office and no reason is given.
    """
    row = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.kind == PersonRequestKind.ACCESS or row.decision not in {PersonDecision.GRANTED, PersonDecision.IN_PART}:
        raise Refused(_("A name is removed once its erasure or rectification is granted."))
    if row.removal_id and not Removal.objects.filter(pk=row.removal_id).exclude(comment="").exists():
        raise Refused(_("It is asked for already, or carried out."))
    names = row.who()["names"]
    if not instead.strip() or Passages.of([names]).count(instead):
        raise Refused(_("Give neutral words to stand in place of the name, such as “a member of the public”."))
    if holds_office(names) and not office_reason.strip():
        raise Refused(
            _(
                "This is the name of somebody who acted in public office or works here. Who decided what is kept as a public task, and "
                "anybody may ask for it. Give the reason why it is removed all the same."
            )
        )
    reason = " ".join(filter(None, [row.reason, office_reason.strip()]))
    words = {"names": names}
    row.removal = ask_for_removal(
        page=None, kind=RemovalKind.PERSON, words=words, reason=reason, by=by, at=at, besides=instead.strip()
    )
    row.save(update_fields=["removal"])
    return row.removal


@transaction.atomic
def redact_person(*, request: PersonRequest, by: Any, at: datetime | None = None) -> Removal:
    """Replace the names wherever they stand, in the registers too.

    Raises:
        Refused: nobody asked for it, it is settled, the same person asked, or the names stand nowhere.
        CannotOpen: no key opens the names.
    """
    row = PersonRequest.objects.select_for_update(of=("self",)).select_related("removal").get(pk=request.pk)
    if row.removal is None:
        raise Refused(_("Nobody asked for the removal of this name."))
    removal = held(row.removal)
    words, instead = words_asked(removal)
    page = Site.objects.get(is_default_site=True).root_page.specific
    names = Passages.of(words.values())
    return remove_words(removal=removal, passages=names, page=page, by=by, at=at, registers=True, instead=instead)


def carry_out_redaction(*, removal: Removal, by: Any, at: datetime | None = None) -> Removal:
    """Replace the names of the request that a removal belongs to.

    Raises:
        Refused: see `redact_person`.
    """
    return redact_person(request=PersonRequest.objects.get(removal=removal), by=by, at=at)


def backups_with(removal: Removal) -> Any:
    """The backups that hold what was removed: those made before, unless they were destroyed."""
    return (
        Backup.objects.filter(made_at__lt=removal.settled_at, destroyed_at=None)
        if removal.settled_at
        else Backup.objects.none()
    )


@transaction.atomic
def destroy_backup(*, backup: Backup, by: Any, at: datetime | None = None) -> Backup:
    """Record that a backup exists no more. Nothing is deleted by it.

    Raises:
        Refused: that is recorded already.
    """
    row = Backup.objects.select_for_update(of=("self",)).get(pk=backup.pk)
    if row.destroyed_at:
        raise Refused(_("That is recorded already."))
    row.destroyed_at, row.destroyed_by = at or timezone.now(), by
    row.save(update_fields=["destroyed_at", "destroyed_by"])
    return row


def forget_who_asked(*, today: date | None = None) -> int:
    """Forget who asked, once the years are over in which claims can be brought. What was decided stays. Returns how many."""
    return PersonRequest.objects.filter(forget_on__lt=today or timezone.localdate()).exclude(sealed="").update(sealed="")


def _undecided(request: PersonRequest) -> PersonRequest:
    row = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.decision:
        raise Refused(_("This request is decided already."))
    return row


def _check_names_nobody(row: PersonRequest, text: str) -> None:
    if Passages.of([row.who()["names"]]).count(text):
        raise Refused(_("Say it without the name: reasons are kept longer than it is."))
