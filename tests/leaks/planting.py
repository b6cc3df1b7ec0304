"""A site with a word of its own in every field that is not public."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from wagtail.admin.models import FormState
from wagtail.fields import StreamField
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry
from wagtail.models import Comment as EditorsComment
from wagtail.models import CommentReply as EditorsReply

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from governance import models as governance
from governance.models import BoardPage, User
from governance.models.partner_answers import WORDS as PARTNER_WORDS
from home.models import AccessibilityStatementPage, HomePage, PrivacyNoticePage, Subscription
from minutes import models as minutes
from minutes.enums import PackAudience, PackEdition, PackKind, PackState
from minutes.models.restricted import WORDS
from minutes.operations.closed_parts import make_closed_part
from minutes.operations.pack_contents import gather_pack
from minutes.operations.restricted_checking import check_restricted_paper
from minutes.operations.restricted_papers import take_restricted_paper
from minutes.operations.sealed_packs import keep_closed_part, make_copy
from tests import building
from tests.leaks.planting_brought import plant_brought
from tests.leaks.verdicts import PLANTED, WITHOUT_WORDS, texts, verdicts
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import make_part, make_private_item, restriction
from tests.small_site import SmallSite

COMMON = "Quokka"
"""Stands beside every planted word, so that a search finds them all."""
SHORTEST = 14


@dataclass
class Planted:
    """The site, and what was planted where.

    Attributes:
        words: the field, by its word.
        rows: every planted row, by its model; addresses are made of their keys.
        private: pages with something in them that is not public.
    """

    site: SmallSite
    foreign: BoardPage
    words: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    private: list[Any] = field(default_factory=list)

    def word(self, name: str) -> str:
        """A new word for a field."""
        made = f"zq{len(self.words):04d}x"
        self.words[made] = name
        return made

    def value(self, column: models.Field, name: str) -> Any:
        """What is written into a field, with its word in it."""
        word = self.word(name)
        if isinstance(column, models.EmailField):
            return f"{word}@{COMMON.lower()}.example.org"
        if isinstance(column, models.URLField):
            return f"https://{COMMON.lower()}.example.org/{word}"
        if isinstance(column, StreamField):
            return [("heading", f"{COMMON} {word}")]
        if isinstance(column, models.ImageField):
            return ContentFile(picture_saying(word), name=f"{self.word(name)}.png")
        if isinstance(column, models.FileField):
            return ContentFile(f"{COMMON} {word}".encode(), name=f"{self.word(name)}.txt")
        if isinstance(column, models.JSONField):
            return [f"{COMMON} {word}"] if column.default is list else {"reason": f"{COMMON} {word}"}
        return f"{COMMON} {word}"

    def told(self, model: Any, given: Mapping[str, Any]) -> dict[str, Any]:
        """The planted fields of a model, but those that are given."""
        table = verdicts()
        found = {}
        for kind, column in texts():
            name = f"{model._meta.label}.{column.name}"
            is_of_model = kind in {model, *model._meta.get_parent_list()} and not isinstance(column, WITHOUT_WORDS)
            if is_of_model and table[name] in PLANTED and column.name not in given:
                found[column.name] = self.value(column, name)
        return found

    def row(self, model: Any, **given: Any) -> Any:
        """A row with its words."""
        made = model.objects.create(**given, **self.told(model, given))
        self.rows.setdefault(model._meta.label, []).append(made)
        return made

    def onto(self, row: Any) -> Any:
        """Write words over what a row says."""
        type(row).objects.filter(pk=row.pk).update(**self.told(type(row), {}))
        self.rows.setdefault(row._meta.label, []).append(row)
        return row

    def draft_of(self, page: Any) -> None:
        """Write words into a draft of a page, that is public or never was."""
        page = page.specific
        for name, value in self.told(type(page), {}).items():
            setattr(page, name, value)
        page.save_revision(user=self.site.clerk, clean=False)
        self.rows.setdefault(page._meta.label, []).append(page)
        self.private.append(page)


def picture_saying(word: str) -> bytes:
    """A picture whose file says a word beside what it shows."""
    besides = PngInfo()
    besides.add_text("Comment", word)
    made = io.BytesIO()
    Image.new("RGB", (1, 1)).save(made, "PNG", pnginfo=besides)
    return made.getvalue()


def plant(site: SmallSite) -> Planted:
    """Write a word into every field that somebody may not read."""
    foreign = building.make_board(site.clerk, "CYP", "Children's Board")
    planted = Planted(site, foreign)
    for make in (
        _drafts,
        _of_drafts,
        _of_meetings,
        _of_papers,
        _of_promises,
        _of_rule_books,
        _registers,
        _of_the_admin,
        _sealed,
        plant_brought,
    ):
        make(planted)
    return planted


def _drafts(planted: Planted) -> None:
    """A draft of one public page of every type, and of each page that was never public."""
    seen = set()
    for page in Page.objects.filter(depth__gt=1).specific().order_by("path"):
        # What is final has no draft.
        if getattr(page, "is_frozen", False) or (page.live and type(page) in seen):
            continue
        planted.draft_of(page)
        if page.live:
            seen.add(type(page))


def _statements(planted: Planted) -> None:
    """Statements that nobody has filled yet."""
    home = HomePage.objects.get()
    for number, model in enumerate((AccessibilityStatementPage, PrivacyNoticePage)):
        page = home.add_child(instance=model(title="Not told yet", slug=f"statement-{number}", live=False))
        planted.draft_of(page)


def draft(model: Any) -> Any:
    """A page that was never public."""
    return model.objects.filter(live=False, first_published_at=None).order_by("pk").first()


def _of_drafts(planted: Planted) -> None:
    """What belongs to a page that is not public."""
    minute, action = draft(minutes.MinutePage), draft(governance.ActionPage)
    item = building.make_item(planted.site.ahead, planted.site.clerk, "Not told yet", publish=False)
    planted.draft_of(item)
    planted.row(minutes.ItemPresenter, item=item)
    for model in (minutes.NamedVote, minutes.Amendment, minutes.DeclaredInterest):
        planted.row(model, minute=minute)
    planted.row(governance.Milestone, action=action)
    planted.row(governance.Evidence, action=action, consent_recorded=True)
    planted.row(governance.Involvement, action=action, group=governance.PeopleGroup.objects.first())
    planted.row(governance.PrincipleAnswer, action=action, principle=governance.CoproductionPrinciple.objects.first())
    planted.row(governance.Alternative, page=action)
    shop = governance.WorkshopPage.objects.get()
    hidden = governance.WorkshopPage(title="Not told yet", slug="not-told-yet", starts_at=shop.starts_at, live=False)
    shop.get_parent().add_child(instance=hidden)
    planted.draft_of(hidden)
    planted.row(governance.WorkshopGroup, workshop=hidden, group=governance.PeopleGroup.objects.first())


def _of_meetings(planted: Planted) -> None:
    site, now = planted.site, timezone.now()
    item, ahead = minutes.AgendaItemPage.objects.child_of(site.ahead).live().first(), site.ahead
    planted.rows["minutes.MeetingPage"].append(ahead)
    planted.row(minutes.Attendance, meeting=ahead)
    planted.row(minutes.FollowUp, item=item)
    planted.row(minutes.ProgrammeEntry, board=site.board)
    planted.row(minutes.Clearance, item=item, step="Draft report", at=now)
    planted.row(minutes.ChairNote, meeting=ahead, changed_at=now)
    planted.row(minutes.AgendaSection, meeting=draft(minutes.MeetingPage))
    question = planted.row(minutes.PublicQuestion, meeting=ahead, received_on=now.date(), replied_on=now.date())
    planted.row(minutes.QuestionContact, question=question, keep_until=now.date() + timedelta(days=90))
    planted.row(minutes.DraftRound, meeting=ahead, sent_at=now, sent_by=site.clerk)
    minute = draft(minutes.MinutePage)
    member = governance.Person.objects.order_by("pk").first()
    planted.row(minutes.DraftComment, minute=minute, person=member, made_at=now)
    planted.row(minutes.MinutesSource, minute=minute, read_at=now)
    taken: dict[str, list[int]] = {"pages": [], "papers": [], "packs": []}
    gone = planted.row(
        minutes.EmergencyWithdrawal, meeting=ahead, target="meeting", reason="A name.", pressed_at=now, taken=taken
    )
    planted.row(minutes.EmergencyChannel, emergency=gone, channel="pages")


def _of_papers(planted: Planted) -> None:
    site, now = planted.site, timezone.now()
    item = minutes.AgendaItemPage.objects.child_of(site.ahead).live().first()
    paper = planted.row(minutes.Paper, item=item, state="received")
    planted.rows["minutes.AgendaItemPage"].append(item)
    planted.row(minutes.PaperRequest, wanted_paper=paper, due_on=now.date(), asked_at=now)
    original = ContentFile(f"%PDF-1.7 {planted.word('minutes.PaperFile.original')}".encode(), name="original.pdf")
    copy = ContentFile(f"%PDF-1.7 {planted.word('minutes.PaperFile.copy')}".encode(), name="copy.pdf")
    found = [{"code": "comments", "page": 1, "edition": 1, "detail": f"{COMMON} {planted.word('minutes.PaperFile.findings')}"}]
    planted.row(minutes.PaperFile, paper=paper, uploaded_at=now, original=original, copy=copy, findings=found)
    given = {"meeting": site.held, "version": 1, "asked_at": now, "slug": "members-pack", "reference": "MEMBERS-PACK"}
    known = {"sha512": "0" * 128, "bytes": 20, "pages": 1}
    file = ContentFile(f"%PDF-1.7 {planted.word('minutes.Pack.file')}".encode(), name="members-pack.pdf")
    pack = planted.row(
        minutes.Pack,
        **given,
        **_told_of_a_pack(planted),
        **known,
        state=PackState.ISSUED,
        kind=PackKind.AGENDA,
        audience=PackAudience.MEMBERS,
        file=file,
        issued_at=now,
    )
    planted.row(minutes.Dispatch, pack=pack, made_at=now)


def _told_of_a_pack(planted: Planted) -> dict[str, Any]:
    """What the row of a members' pack tells of its inside, as it is kept with it."""

    def title(column: str) -> str:
        return f"{COMMON} {planted.word(f'minutes.Pack.{column}')}"

    section = {"key": "item-9", "level": 1, "digest": "0" * 64, "labels": ["1"], "unused": []}
    change = {"how": "added", "key": "item-9", "words": "New", "page": "1", "was": ""}
    return {
        "contents": {"sections": [{"key": "item-9", "title": title("contents"), "pages": ["1"]}]},
        "layout": [{**section, "title": title("layout")}],
        "changes": [{**change, "title": title("changes")}],
    }


def _of_promises(planted: Planted) -> None:
    site, now = planted.site, timezone.now()
    live, hidden = site.action, draft(governance.ActionPage)
    planted.row(
        governance.Comment, about=live, received_at=now, state="not_published", settled_at=now, reason="It names a person."
    )
    planted.row(governance.Point, about=live, source="comment", raised_on=now.date())
    planted.row(governance.ApprovalRequest, page=hidden, asked_at=now)
    asked = planted.row(
        governance.PartnerRequest, action=live, organisation=building.make_organisation("Beckside Homes"), asked_on=now.date()
    )
    expires = {"created_at": now, "expires_at": now + timedelta(days=9)}
    link = planted.row(governance.PartnerLink, partner_request=asked, token_hash="0" * 64, **expires)
    answered = {"partner_request": asked, "link": link, "received_at": now}
    planted.row(governance.PartnerAnswer, **answered, kind="news", confidential="")
    planted.row(governance.PartnerAnswer, **answered, kind="stuck", **dict.fromkeys(PARTNER_WORDS, ""))
    planted.row(governance.Delivery, key="leak", created_at=now, headers={})


def _of_rule_books(planted: Planted) -> None:
    board = planted.site.board
    for model, given in (
        (governance.PreparationStep, {}),
        (governance.StandingItem, {}),
        (governance.YearlyBusiness, {"month": 9}),
        (governance.InterestCategory, {}),
    ):
        planted.row(model, board=board, **given)


def _registers(planted: Planted) -> None:
    planted.row(governance.Person)
    planted.row(governance.Standard)
    now = timezone.now()
    known = {"received_on": now.date(), "due_on": now.date(), "recorded_at": now, "decided_at": now}
    planted.row(governance.PersonRequest, kind="erasure", decision="refused", decided_by=planted.site.clerk, **known)
    planted.row(governance.Backup, made_at=now, engine="sqlite")
    planted.onto(building.make_organisation("Ashmere Ambulance Service"))
    planted.row(User)
    planted.row(Subscription, asked_at=timezone.now(), confirm_digest="leak")
    root = Collection.get_first_root_node()
    hidden = root.add_child(instance=Collection(name=f"{COMMON} {planted.word('wagtailcore.Collection.name')}"))
    planted.row(governance.ContentDocument, collection=hidden)
    planted.row(governance.ContentImage, collection=hidden, width=1, height=1)


def _of_the_admin(planted: Planted) -> None:
    site, now = planted.site, timezone.now()
    hidden = draft(governance.ActionPage)
    comment = planted.row(EditorsComment, page=hidden, user=site.clerk, contentpath="promise")
    planted.row(EditorsReply, comment=comment, user=site.clerk)
    of_action = ContentType.objects.get_for_model(governance.ActionPage)
    planted.row(PageLogEntry, page=hidden, content_type=of_action, action="wagtail.edit", timestamp=now, user=site.clerk)
    planted.row(FormState, user=site.clerk, content_type=of_action, object_id=str(hidden.pk), last_updated_at=now)
    of_person = ContentType.objects.get_for_model(governance.Person)
    planted.row(ModelLogEntry, content_type=of_person, object_id="1", action="wagtail.edit", timestamp=now, user=site.clerk)


def _sealed(planted: Planted) -> None:
    """An item taken in private, with a word in each of its parts."""
    site = planted.site
    item = make_private_item(site.board, site.clerk)
    names = ("public_interest", "decided_by", "public_summary")
    said = {name: f"{COMMON} {planted.word(f'minutes.RestrictedPart.{name}')}" for name in names}
    words = {name: f"{COMMON} {planted.word(f'minutes.RestrictedPart.{name}')}" for name in WORDS}
    part = make_part(item, site.clerk, minutes.RestrictedWords(**words), **said)
    planted.rows["minutes.RestrictedPart"] = [part]
    planted.rows["minutes.AgendaItemPage"].append(item)
    # The minutes of that meeting are confirmed, so what it said is final; a paper is brought for one to come.
    ahead = make_private_item(site.board, site.clerk, meeting=site.ahead, title="Another contract")
    planted.rows["minutes.AgendaItemPage"].append(ahead)
    _sealed_paper(planted, make_part(ahead, site.clerk))
    settled = {"settled_at": timezone.now(), "settled_by": site.clerk, "version": 1}
    planted.row(minutes.ReleaseProposal, part=part, at=timezone.now(), **settled)
    planted.row(minutes.RestrictionReview, part=part, review_on=restriction().review_on, at=timezone.now())
    planted.private.append(item)
    planted.row(governance.Removal, kind="restrict", page=item, asked_at=timezone.now(), settled_at=timezone.now())
    told = {"confirmed_on": timezone.localdate(), "at": timezone.now(), "is_corrected": True}
    confirmed = minutes.ClosedConfirmation(
        part=part, **told, **planted.told(minutes.ClosedConfirmation, {**told, "sealed_draft": ""})
    )
    confirmed.keep_draft(f"{COMMON} {planted.word('minutes.ClosedConfirmation.sealed_draft')}")
    confirmed.save()
    # Its words once more, in the part of a members' pack that is not for publication.
    given = {"meeting": site.held, "version": 1, "asked_at": timezone.now(), "slug": "members-prints", "reference": "PRINTS"}
    issued = {"state": PackState.ISSUED, "issued_at": timezone.now(), "sha512": "0" * 128, "bytes": 20, "pages": 1}
    file = ContentFile(samples.pdf(), name="members-prints.pdf")
    audience, edition = PackAudience.MEMBERS, PackEdition.PRINT_SET
    pack = minutes.Pack.objects.create(**given, **issued, kind=PackKind.AGENDA, audience=audience, edition=edition, file=file)
    sections = make_closed_part(row=pack, content=gather_pack(pack, timezone.now()), before=None)
    keep_closed_part(pack, sections, at=timezone.now())
    made = make_copy(copy=minutes.SealedPack.objects.get(pack=pack).pk)
    assert made is not None and made.state == "ready", "no copy was made"
    planted.rows["minutes.Pack"].append(pack)


def _sealed_paper(planted: Planted, part: minutes.RestrictedPart) -> None:
    """A paper of it, with a word on its page, in what it tells of itself, in its title and in its name."""

    def word(name: str) -> str:
        return f"{COMMON} {planted.word(f'minutes.RestrictedPaper.{name}')}"

    def told(made: pikepdf.Pdf) -> None:
        made.docinfo[pikepdf.Name.Subject] = word("original")

    data = samples.pdf(f"BT /F1 12 Tf 72 700 Td ({word('copy')}) Tj ET", change=told)
    upload = ContentFile(data, name=f"{word('sealed_text')}.pdf")
    paper = take_restricted_paper(part=part, title=word("sealed"), upload=upload, by=planted.site.clerk)
    checked = check_restricted_paper(paper=paper.pk)
    assert checked is not None and checked.copy, "the paper was not checked"
    planted.rows["minutes.RestrictedPaper"] = [checked]
