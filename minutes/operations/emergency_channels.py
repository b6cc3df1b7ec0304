"""How each channel that minutes knows is emptied, and what nobody can take back."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from governance.acting import acting
from governance.exceptions import Refused
from governance.models import Delivery, Withdrawal
from governance.operations.mail import give_up
from minutes.emergencies import EmergencyTarget
from minutes.enums import SERVED, PackKind, PackState, PaperState
from minutes.models import (
    AgendaItemPage,
    Dispatch,
    EmergencyWithdrawal,
    MeetingPage,
    Pack,
    Paper,
    ResolutionAction,
    Supplement,
)
from minutes.operations.pack_withdrawal import withdraw_pack
from minutes.operations.packing import ask_for_pack
from minutes.operations.papers import index_again, withdraw_paper

SHOWN_PAPERS = frozenset({PaperState.PUBLISHED, PaperState.SUPERSEDED})


def keys_to_take(emergency: EmergencyWithdrawal) -> dict[str, list[int]]:
    """The keys of what has to go with what is withdrawn: whatever lies below it, and every pack that tells of it."""
    top = {EmergencyTarget.MEETING: emergency.meeting, EmergencyTarget.ITEM: emergency.item}.get(emergency.target)  # type: ignore[call-overload]
    pages = list(top.get_descendants(inclusive=True).live().order_by("path").values_list("pk", flat=True)) if top else []
    papers = Paper.objects.addressed().filter(Q(item__in=pages) | Q(pk=emergency.taken_paper_id))
    return {
        "pages": pages,
        "papers": list(papers.order_by("pk").values_list("pk", flat=True)),
        "packs": [pack.pk for pack in _packs_that_tell(emergency)],
    }


def _packs_that_tell(emergency: EmergencyWithdrawal) -> list[Pack]:
    """Those that are served. A pack lists the whole agenda, so that all of a meeting go, but for those of other items alone."""
    served = Pack.objects.filter(meeting=emergency.meeting_id, state__in=SERVED).order_by("pk")
    if emergency.target == EmergencyTarget.PACK:
        return [pack for pack in served if pack.pk == emergency.pack_id]
    item = emergency.taken_paper.item_id if emergency.taken_paper else emergency.item_id
    return [pack for pack in served if item is None or pack.kind != PackKind.ITEM or pack.item_id == item]


def take_out_pages(emergency: EmergencyWithdrawal) -> str:
    """Withdraw each page, those below first, final ones too. One whose consequences fail is shut all the same, and named."""
    shut = []
    pages = sorted(emergency.pages(), key=lambda page: page.depth, reverse=True)
    for page in pages:
        try:
            with transaction.atomic(), acting(by=emergency.by, at=emergency.pressed_at, reason=emergency.reason):
                UnpublishPageAction(page, user=emergency.by).execute(skip_permission_checks=True)
        except Exception:  # noqa: BLE001  # Whatever goes wrong, the page must not stay public.
            _shut(page, emergency)
            shut.append(str(page.reference or page.pk))
    Withdrawal.objects.filter(page__in=emergency.taken["pages"], restored_at=None).update(hides_title=True)
    said = ngettext("%(n)d page was withdrawn.", "%(n)d pages were withdrawn.", len(pages)) % {"n": len(pages)}
    if shut:
        said += " " + _("What follows from a withdrawal failed for %(pages)s: they are shut all the same.") % {
            "pages": ", ".join(shut)
        }
    return said


def _shut(page: Any, emergency: EmergencyWithdrawal) -> None:
    Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
    Withdrawal.objects.create(page_id=page.pk, reason=emergency.reason, at=emergency.pressed_at, by=emergency.by)


def take_out_packs(emergency: EmergencyWithdrawal) -> str:
    """Withdraw every pack that tells of it, for members too, and ask for those anew that can be made without it."""
    packs = emergency.packs()
    current = [pack for pack in packs if pack.state == PackState.ISSUED]
    for pack in packs:
        withdraw_pack(pack=pack, by=emergency.by, reason=emergency.reason, at=emergency.pressed_at)
    said = ngettext("%(n)d pack was withdrawn.", "%(n)d packs were withdrawn.", len(packs)) % {"n": len(packs)}
    anew = sum(_ask_again(pack, emergency) for pack in current)
    if anew:
        words = ngettext("%(n)d is made anew without it.", "%(n)d are made anew without it.", anew)
        said += " " + words % {"n": anew}
    return said


def _ask_again(pack: Pack, emergency: EmergencyWithdrawal) -> bool:
    lasting = emergency.target in {EmergencyTarget.ITEM, EmergencyTarget.PAPER} and pack.kind != PackKind.SUPPLEMENT
    if not lasting or (emergency.target == EmergencyTarget.ITEM and pack.kind == PackKind.ITEM):
        return False
    same: dict[str, Any] = {"kind": pack.kind, "audience": pack.audience, "edition": pack.edition, "item": pack.item}
    try:
        with transaction.atomic():
            ask_for_pack(meeting=emergency.meeting, by=emergency.by, **same)
    except Refused:
        return False
    return True


def take_out_files(emergency: EmergencyWithdrawal) -> str:
    """Withdraw the paper; the papers of items that are withdrawn are shut with them. The search forgets their words."""
    paper = emergency.taken_paper
    if paper is not None:
        withdraw_paper(paper=paper, by=emergency.by, reason=emergency.reason, at=emergency.pressed_at)
    for item in AgendaItemPage.objects.filter(pk__in=emergency.taken["pages"]):
        index_again(item)
    number = len(emergency.taken["papers"])
    return ngettext("%(n)d paper was shut.", "%(n)d papers were shut.", number) % {"n": number}


def take_out_mails(emergency: EmergencyWithdrawal) -> str:
    """Give up every mail that waits and tells of it, of its meeting's agenda, or of a pack that was withdrawn."""
    waiting = _mails_about(emergency).filter(sent_at=None)
    leased = waiting.filter(lease_until__gt=emergency.pressed_at).count()
    number = give_up(
        deliveries=waiting, because=_("What it tells of was withdrawn at once: %(why)s") % {"why": emergency.reason}
    )
    said = ngettext("%(n)d mail was stopped.", "%(n)d mails were stopped.", number) % {"n": number}
    if leased:
        words = ngettext("%(n)d was being sent at that moment.", "%(n)d were being sent at that moment.", leased)
        said += " " + words % {"n": leased}
    return said


def mails_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Mails that wait still."""
    number = _mails_about(emergency).filter(sent_at=None).exclude(next_try_at=None).count()
    words = ngettext("%(n)d mail waits still.", "%(n)d mails wait still.", number)
    return [words % {"n": number}] if number else []


def _mails_about(emergency: EmergencyWithdrawal) -> Any:
    """Mail about what was withdrawn, and about its meeting, whose news lists its items. A pack that is made anew has mail of its own."""
    dispatched = Dispatch.objects.filter(pack__in=emergency.taken["packs"]).exclude(delivery=None).values("delivery")
    if emergency.target == EmergencyTarget.PACK:
        return Delivery.objects.filter(pk__in=dispatched)
    about = [emergency.meeting_id, *emergency.taken["pages"]]
    later = Dispatch.objects.filter(pack__asked_at__gte=emergency.pressed_at).exclude(delivery=None).values("delivery")
    told = Delivery.objects.filter(about__in=about, created_at__lte=emergency.pressed_at).exclude(pk__in=later)
    return Delivery.objects.filter(Q(pk__in=told.values("pk")) | Q(pk__in=dispatched))


def beyond_reach(emergency: EmergencyWithdrawal) -> list[str]:
    """What cannot be taken back, each in a sentence. It is named, so that somebody can do what is left to do."""
    found = []
    sent = _mails_about(emergency).exclude(sent_at=None).count()
    if sent:
        words = ngettext(
            "%(n)d mail that may tell of it was sent before.", "%(n)d mails that may tell of it were sent before.", sent
        )
        found.append(words % {"n": sent})
    posted = Dispatch.objects.filter(pack__in=emergency.taken["packs"]).exclude(posted_at=None).count()
    if posted:
        words = ngettext("%(n)d paper copy of a pack was posted.", "%(n)d paper copies of packs were posted.", posted)
        found.append(words % {"n": posted})
    links = ResolutionAction.objects.filter(resolution__in=emergency.taken["pages"], action__live=True)
    found += [
        _("The action “%(action)s” came of it and is still public. Look whether its words have to go too.") % {"action": action}
        for action in dict.fromkeys(str(link.action) for link in links.select_related("action"))
    ]
    for supplement in _supplements_still_shown(emergency):
        words = _("The meeting’s page still says what %(supplement)s brought: “%(says)s”")
        found.append(words % {"supplement": supplement, "says": supplement.says})
    found.append(
        _("Whoever saved a page or a file has it still; so do backups, and copies of the site that were exported before.")
    )
    return found


def _supplements_still_shown(emergency: EmergencyWithdrawal) -> list[Supplement]:
    if not MeetingPage.objects.live().filter(pk=emergency.meeting_id).exclude(pk__in=emergency.taken["pages"]).exists():
        return []
    with_it = Q(items__in=emergency.taken["pages"]) | Q(papers__in=emergency.taken["papers"])
    return list(Supplement.objects.filter(with_it, meeting=emergency.meeting_id).exclude(published_at=None).distinct())
