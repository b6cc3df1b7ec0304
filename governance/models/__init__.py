"""What governance keeps: boards, people, partners, strategies, actions and progress, and the trunk of every record."""

from governance.models.accounts import User
from governance.models.actions import ActionPage, ActionPartner, ProgressIndexPage
from governance.models.alternatives import Alternative
from governance.models.approvals import ApprovalRequest
from governance.models.boards import BoardIndexPage, BoardPage, BodyType, QuorumGroup
from governance.models.case_studies import CaseStudyIndexPage, CaseStudyPage
from governance.models.comments import Comment, RecentSender
from governance.models.deliveries import Delivery
from governance.models.files import ContentDocument, ContentImage, ContentRendition, private_storage
from governance.models.fixity import FileOnRecord, FixityResult, FixityRound
from governance.models.found_by_words import FoundByWords
from governance.models.generations import PublicChange, PublicGeneration
from governance.models.involvement import CoproductionPrinciple, Evidence, Involvement, PeopleGroup, Point, PrincipleAnswer
from governance.models.ledger import LedgerChain, LedgerCheckpoint, LedgerEntry, LedgerEvent, LedgerSubject
from governance.models.milestones import Milestone, MilestoneDone
from governance.models.organisations import Membership, Organisation, OrganisationType, Person
from governance.models.partner_answers import PartnerAnswer
from governance.models.partner_links import PartnerLink
from governance.models.partner_requests import PartnerRequest
from governance.models.person_requests import Backup, PersonDecision, PersonRequest, PersonRequestKind
from governance.models.pulse import WorkerPulse
from governance.models.record_page import RecordPage
from governance.models.references import Counter, PublicAddress, Reference, Withdrawal
from governance.models.removals import LedgerErasure, Removal, RemovalKind
from governance.models.rule_book import (
    DecliningReason,
    FreeDay,
    InterestCategory,
    PreparationStep,
    QuestionRule,
    StandingItem,
    YearlyBusiness,
)
from governance.models.services import Service, SuitabilityReview
from governance.models.standards import Standard
from governance.models.strategies import Commitment, StrategyPage, WorkstreamPage
from governance.models.updates import ProgressUpdatePage
from governance.models.workshops import WorkshopAction, WorkshopGroup, WorkshopPage

__all__ = [
    "ActionPage",
    "ActionPartner",
    "Alternative",
    "ApprovalRequest",
    "Backup",
    "BoardIndexPage",
    "BoardPage",
    "BodyType",
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "Comment",
    "Commitment",
    "ContentDocument",
    "ContentImage",
    "ContentRendition",
    "CoproductionPrinciple",
    "Counter",
    "DecliningReason",
    "Delivery",
    "Evidence",
    "FileOnRecord",
    "FixityResult",
    "FixityRound",
    "FoundByWords",
    "FreeDay",
    "InterestCategory",
    "Involvement",
    "LedgerChain",
    "LedgerCheckpoint",
    "LedgerEntry",
    "LedgerErasure",
    "LedgerEvent",
    "LedgerSubject",
    "Membership",
    "Milestone",
    "MilestoneDone",
    "Organisation",
    "OrganisationType",
    "PartnerAnswer",
    "PartnerLink",
    "PartnerRequest",
    "PeopleGroup",
    "Person",
    "PersonDecision",
    "PersonRequest",
    "PersonRequestKind",
    "Point",
    "PreparationStep",
    "PrincipleAnswer",
    "ProgressIndexPage",
    "ProgressUpdatePage",
    "PublicAddress",
    "PublicChange",
    "PublicGeneration",
    "QuestionRule",
    "QuorumGroup",
    "RecentSender",
    "RecordPage",
    "Reference",
    "Removal",
    "RemovalKind",
    "Service",
    "Standard",
    "StandingItem",
    "StrategyPage",
    "SuitabilityReview",
    "User",
    "Withdrawal",
    "WorkerPulse",
    "WorkshopAction",
    "WorkshopGroup",
    "WorkshopPage",
    "WorkstreamPage",
    "YearlyBusiness",
    "private_storage",
]
