"""Who may read each text that the database holds. A field without a verdict fails the test, so nobody adds one in silence."""

from collections.abc import Iterator
from enum import Enum

from django.apps import apps
from django.db import models

from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

OURS = ("home", "minutes", "governance")
WAGTAILS = ("wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages")


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


PLANTED = frozenset(
    {Readers.STAFF, Readers.TITLE, Readers.DRAFT, Readers.BOARD, Readers.REGISTER, Readers.SITE, Readers.SEALED}
)
# One line a model: what holds for each of its fields, then the exceptions.
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
governance.PartnerAnswer board earlier=code
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
governance.Removal board sealed=code counts=code
governance.Service public
governance.Standard register version=code
governance.StandingItem board
governance.StrategyPage staff reference=code
governance.SuitabilityReview public
governance.User site password=code
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
minutes.Pack code file=draft
minutes.Paper board reference=code slug=code withdrawn_because=public released_because=public
minutes.PaperFile board original_sha256=code copy_sha256=code free_feet=code language=code findings=code
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
wagtailadmin.EditingSession code
wagtailadmin.FormState site object_id=code parent_object_id=code
wagtailcore.APIToken code
wagtailcore.Collection register path=code
wagtailcore.CollectionViewRestriction code
wagtailcore.Comment board contentpath=code position=code
wagtailcore.CommentReply board
wagtailcore.Locale code
wagtailcore.ModelLogEntry register action=code object_id=code
wagtailcore.Page draft title=title draft_title=title path=code slug=code url_path=code
wagtailcore.PageLogEntry title action=code
wagtailcore.PageViewRestriction code
wagtailcore.ReferenceIndex code
wagtailcore.Revision code
wagtailcore.Site public
wagtailcore.Task code
wagtailcore.TaskState code
wagtailcore.UploadedFile code
wagtailcore.Workflow code
wagtailcore.WorkflowState code
wagtaildocs.Document code
wagtailimages.Image code
wagtailimages.Rendition code
"""


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field of the database that holds words or files."""
    kinds = (models.CharField, models.TextField, models.FileField, models.JSONField, StreamField)
    for model in apps.get_models():
        if model._meta.app_label in (*OURS, *WAGTAILS):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, kinds) and not field.choices:
                    yield model, field


def usual() -> dict[str, tuple[Readers, dict[str, Readers]]]:
    """What holds for the fields of each model, and the exceptions."""
    found = {}
    for row in TABLE.strip().splitlines():
        label, readers, *others = row.split()
        exceptions = dict(other.split("=") for other in others)
        found[label] = Readers(readers), {name: Readers(word) for name, word in exceptions.items()}
    return found


def verdicts() -> dict[str, Readers]:
    """The readers of each field, by `app.Model.field`; of those that pages of the whole site inherit too.

    Raises:
        KeyError: a field has none.
    """
    table, found = usual(), {}
    for model, field in texts():
        readers, exceptions = table[model._meta.label]
        found[f"{model._meta.label}.{field.name}"] = exceptions.get(field.name, readers)
        if model is Page:
            inherited = ((label, table[label][0]) for label in (child._meta.label for child in page_classes()))
            for label, of_child in inherited:
                verdict = exceptions.get(field.name, readers)
                is_shared = of_child is Readers.STAFF and verdict is not Readers.CODE
                found[f"{label}.{field.name}"] = of_child if is_shared else verdict
    return found


def page_classes() -> list[type[Page]]:
    """Every type of page of ours."""
    return [model for model in get_page_models() if model._meta.app_label in OURS]


def stale() -> set[str]:
    """What the table names and the database does not have."""
    known = {f"{model._meta.label}.{field.name}" for model, field in texts()}
    models_known = {name.rpartition(".")[0] for name in known}
    rows = [row.split() for row in TABLE.strip().splitlines()]
    gone = {label for label, *_rest in rows if label not in models_known}
    named = {f"{label}.{other.split('=')[0]}" for label, _usual, *others in rows for other in others}
    return gone | {name for name in named if name not in known}
