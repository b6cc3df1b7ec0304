"""Who may read each text that the database holds. A field without a verdict fails the test, so nobody adds one in silence."""

from collections.abc import Iterator
from enum import Enum

from django.apps import apps
from django.db import models

from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from tests.leaks.brought import BROUGHT, OF_ONE_DATABASE

OURS = ("home", "minutes", "governance")
WITHOUT_WORDS = (models.GenericIPAddressField,)
"""Kinds of columns in which no word can stand, so that none is planted."""


class Readers(Enum):
    """Who may read what a field holds.

    PUBLIC: everybody, for as long as the row or its page is public.
    STAFF: whoever works in the admin, for any board or partner.
    TITLE: whoever works for democratic services, and report authors of the board: what a draft is called.
    CODE: nobody asks; a machine wrote it, and it says nothing of a person or a decision.
    DRAFT: those who work for the board, until it is published; everybody afterwards.
    BOARD: those who work for the board, and auditors.
    REGISTER: whoever works with the registers of people and bodies, whatever their board.
    SITE: administrators.
    SEALED: whoever the policy of parts not for publication lets in, at its own addresses.
    NOBODY: no person at all; it is a secret between a browser, an authenticator or another server and this one.
    """

    PUBLIC = "public"
    STAFF = "staff"
    TITLE = "title"
    CODE = "code"
    DRAFT = "draft"
    BOARD = "board"
    REGISTER = "register"
    SITE = "site"
    SEALED = "sealed"
    NOBODY = "nobody"


PLANTED = frozenset(Readers) - {Readers.PUBLIC, Readers.CODE}
# One line a model of ours: what holds for each of its fields, then the exceptions.
TABLE = """
governance.ActionPage draft reference=code
governance.Alternative draft language=code
governance.ApprovalRequest board
governance.Backup register engine=code
governance.BoardIndexPage staff
governance.BoardPage draft reference=code code=code
governance.BodyType public
governance.CaseStudyIndexPage staff
governance.CaseStudyPage staff reference=code
governance.Comment board reason=public
governance.Commitment public
governance.ContentDocument register file_hash=code
governance.ContentImage register file_hash=code
governance.ContentRendition code
governance.CoproductionPrinciple public
governance.Counter code
governance.DecliningReason public
governance.Delivery site key=code headers=code kind=code
governance.Evidence draft
governance.FileOnRecord code
governance.FixityRound code
governance.FreeDay public
governance.InterestCategory board
governance.Involvement draft
governance.LedgerChain code
governance.LedgerCheckpoint code
governance.LedgerEntry code
governance.LedgerErasure code
governance.Membership code
governance.Milestone draft
governance.Organisation public request_email=register
governance.OrganisationType public
governance.PartnerAnswer board earlier=code done_milestones=code
governance.PartnerLink board seed=code token_hash=code
governance.PartnerRequest board response=public
governance.PeopleGroup public
governance.Person register
governance.PersonRequest register sealed=code
governance.Point board
governance.PreparationStep board
governance.PrincipleAnswer draft
governance.ProgressIndexPage staff
governance.ProgressUpdatePage draft reference=code
governance.PublicAddress code
governance.QuestionRule public
governance.QuorumGroup code
governance.RecentSender code
governance.Reference code
governance.Removal board sealed=code counts=code files=code
governance.Service public
governance.Standard register version=code
governance.StandingItem board
governance.StrategyPage staff reference=code
governance.SuitabilityReview public
governance.User site password=nobody
governance.Withdrawal public
governance.WorkerPulse code
governance.WorkshopGroup draft
governance.WorkshopPage draft reference=code
governance.WorkstreamPage staff reference=code
governance.YearlyBusiness board
home.AccessibilityStatementPage staff
home.ContentPage staff
home.HomePage staff
home.PrivacyNoticePage staff purposes=public
home.Subscription site confirm_digest=code asked_from=code
minutes.AgendaCorrection public
minutes.AgendaItemPage draft reference=code number=code standing_title=code
minutes.AgendaSection draft
minutes.Amendment draft
minutes.AnnualReport code
minutes.Attendance board arrived_at_item=code left_at_item=code
minutes.CallInStep public
minutes.ChairNote board
minutes.Clearance board step=code
minutes.ClosedConfirmation sealed
minutes.Confirmation public
minutes.Correction public
minutes.DeclaredInterest draft category=code
minutes.Dispatch board
minutes.DraftComment board
minutes.DraftMinute public
minutes.DraftRound board
minutes.EmergencyChannel board
minutes.EmergencyWithdrawal board reason=public taken=code
minutes.ExemptionGround public
minutes.FollowUp board
minutes.FormerDate public
minutes.ItemPresenter draft
minutes.MeetingPage draft reference=code calendar_digest=code
minutes.MinutePage draft reference=code printed_number=code
minutes.MinutesSource board sha256=code
minutes.NamedVote draft
minutes.Pack code file=draft contents=draft layout=draft changes=draft says=draft failure=board
minutes.Paper board reference=code slug=code withdrawn_because=public released_because=public
minutes.PaperFile board original_sha256=code copy_sha256=code free_feet=code language=code
minutes.PaperRequest board
minutes.ProgrammeEntry board
minutes.PublicQuestion board
minutes.QuestionContact board
minutes.QuestionCorrection public
minutes.ReleaseProposal sealed sealed=code
minutes.ResolutionPage draft reference=code label=code verbs=code mark=code
minutes.RestrictedPaper sealed failure=code original_sha256=code copy_sha256=code
minutes.RestrictedPart sealed
minutes.RestrictedRelease public
minutes.RestrictionReview sealed
minutes.SealedPack code
minutes.SealedSection code
minutes.Supplement public
"""


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field of the database that holds words or files, whoever brought its table, and addresses of machines."""
    kinds = (
        models.CharField,
        models.TextField,
        models.FileField,
        models.JSONField,
        models.BinaryField,
        StreamField,
        *WITHOUT_WORDS,
    )
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, kinds) and not field.choices:
                yield model, field


def usual() -> dict[str, tuple[Readers | None, dict[str, Readers]]]:
    """What holds for the fields of each model, and the exceptions; of models that others bring, each field alone."""
    found: dict[str, tuple[Readers | None, dict[str, Readers]]] = {}
    for row in TABLE.strip().splitlines():
        label, readers, *others = row.split()
        found[label] = Readers(readers), _named(others)
    for row in BROUGHT.strip().splitlines():
        label, *columns = row.split()
        _none, before = found.get(label, (None, {}))
        found[label] = None, before | _named(columns)
    return found


def _named(words: list[str]) -> dict[str, Readers]:
    return {name: Readers(readers) for name, readers in (word.split("=") for word in words)}


def verdicts() -> dict[str, Readers]:
    """The readers of each field, by `app.Model.field`; of those that pages of the whole site inherit too.

    Raises:
        KeyError: a field has none.
    """
    table, found = usual(), {}
    for model, field in texts():
        found[f"{model._meta.label}.{field.name}"] = verdict = _verdict(table, model, field.name)
        if model is Page:
            for label in (child._meta.label for child in page_classes()):
                of_child = table[label][0]
                is_shared = of_child is Readers.STAFF and verdict is not Readers.CODE
                found[f"{label}.{field.name}"] = of_child if is_shared and of_child else verdict
    return found


def _verdict(table: dict[str, tuple[Readers | None, dict[str, Readers]]], model: type[models.Model], name: str) -> Readers:
    readers, exceptions = table[model._meta.label]
    found = exceptions.get(name, readers)
    if found is None:
        raise KeyError(f"{model._meta.label}.{name}")
    return found


def planted_names() -> set[str]:
    """The fields in which a word has to be planted."""
    wordless = {f"{model._meta.label}.{field.name}" for model, field in texts() if isinstance(field, WITHOUT_WORDS)}
    return {name for name, readers in verdicts().items() if readers in PLANTED} - wordless


def page_classes() -> list[type[Page]]:
    """Every type of page of ours."""
    return [model for model in get_page_models() if model._meta.app_label in OURS]


def stale() -> set[str]:
    """What the tables name and the database does not have."""
    known = {f"{model._meta.label}.{field.name}" for model, field in texts()}
    models_known = {name.rpartition(".")[0] for name in known}
    table = {label: others for label, (_readers, others) in usual().items() if label not in OF_ONE_DATABASE}
    gone = table.keys() - models_known
    return gone | {
        name for label, others in table.items() for name in (f"{label}.{other}" for other in others) if name not in known
    }
