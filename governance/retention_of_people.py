"""How long governance keeps personal data."""

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from axes.models import AccessAttempt

from governance.models import Backup, Comment, Delivery, PartnerLink, Person, PersonRequest, RecentSender, User
from governance.operations.mail import KEPT
from governance.retention import Kept, kept_rows


def kept_by_governance() -> list[Kept]:
    """People, log-ins, mail, comments, requests and backups."""
    task = _("A public task: who decides and who is answerable is told for good (UK GDPR, article 6(1)(e)).")
    return [
        Kept(
            what=_("People of boards, and who presents reports"),
            until=_("for as long as the records"),
            why=task,
            by_itself=False,
            **kept_rows(Person.objects.all()),
        ),
        Kept(
            what=_("Log-ins"),
            until=_("until an administrator shuts them; who did what stays with the records"),
            why=_("So that every step has somebody who took it."),
            by_itself=False,
            **kept_rows(User.objects.filter(is_active=True)),
        ),
        Kept(
            what=_("Sessions of people who are logged in"),
            until=_("until they log out, and for half a day at most"),
            why=_("So that they need not log in for each page."),
            **kept_rows(Session.objects.all(), "expire_date"),
        ),
        Kept(
            what=_("Wrong passwords, with the place they came from"),
            until=_("until the person logs in, or an administrator clears them"),
            why=_("So that nobody tries passwords without end."),
            by_itself=False,
            **kept_rows(AccessAttempt.objects.all()),
        ),
        Kept(
            what=_("Mails with their addresses"),
            until=_("for %(days)d days after they were sent") % {"days": KEPT.days},
            why=_("So that it can be told whether somebody was written to."),
            **kept_rows(Delivery.objects.exclude(to="")),
        ),
        *_from_outside(),
    ]


def _from_outside() -> list[Kept]:
    return [
        Kept(
            what=_("What the public wrote of actions, without a name"),
            until=_("for as long as the records"),
            why=_("It is answered in public. Who writes is not asked."),
            by_itself=False,
            **kept_rows(Comment.objects.all()),
        ),
        Kept(
            what=_("A mark of who wrote lately, from which nobody can be told"),
            until=_("for a day"),
            why=_("So that nobody floods the form."),
            **kept_rows(RecentSender.objects.all()),
        ),
        Kept(
            what=_("Addresses of partners that were sent a secret link"),
            until=_("for as long as what they answered"),
            why=_("So that it can be told who answered for a partner."),
            by_itself=False,
            **kept_rows(PartnerLink.objects.exclude(email="")),
        ),
        Kept(
            what=_("Who asked about what is held on them"),
            until=_("for six years after the decision"),
            why=_("Claims about it can be brought until then (Limitation Act 1980, section 9)."),
            **kept_rows(PersonRequest.objects.exclude(sealed=""), "forget_on"),
        ),
        Kept(
            what=_("Backups of everything"),
            until=_("until somebody destroys them and says so"),
            why=_("So that records outlive a fault. The site cannot reach them."),
            by_itself=False,
            **kept_rows(Backup.objects.filter(destroyed_at=None)),
        ),
    ]
