"""What happened, meeting by meeting: meetings, agendas, papers, minutes, resolutions and packs."""

from minutes.models.agenda import AgendaItemPage, ExemptionGround, ItemPresenter
from minutes.models.annual_reports import AnnualReport
from minutes.models.attendance import Attendance
from minutes.models.call_in import CallInStep
from minutes.models.closed_confirming import ClosedConfirmation
from minutes.models.confirming import AgendaCorrection, Confirmation, DraftMinute
from minutes.models.dates import FormerDate, JointBoard
from minutes.models.declarations import Amendment, DeclaredInterest, NamedVote
from minutes.models.drafts import DraftComment, DraftRound
from minutes.models.emergencies import EmergencyChannel, EmergencyWithdrawal
from minutes.models.meetings import MeetingPage
from minutes.models.minutes import Correction, MinutePage, MinutesSource
from minutes.models.packs import Dispatch, Pack
from minutes.models.paper_requests import PaperRequest
from minutes.models.papers import Paper, PaperFile, Supplement
from minutes.models.programme import Clearance, ProgrammeEntry
from minutes.models.questions import PublicQuestion, QuestionContact, QuestionCorrection
from minutes.models.resolutions import FollowUp, ResolutionAction, ResolutionPage
from minutes.models.restricted import (
    ReleaseProposal,
    RestrictedPart,
    RestrictedReading,
    RestrictedRelease,
    RestrictedWords,
    RestrictionReview,
)
from minutes.models.restricted_papers import PaperSecrets, RestrictedPaper
from minutes.models.running_order import AgendaSection, ChairNote
from minutes.models.sealed_packs import SealedPack, SealedSection, SealedWords

__all__ = [
    "AgendaCorrection",
    "AgendaItemPage",
    "AgendaSection",
    "Amendment",
    "AnnualReport",
    "Attendance",
    "CallInStep",
    "ChairNote",
    "Clearance",
    "ClosedConfirmation",
    "Confirmation",
    "Correction",
    "DeclaredInterest",
    "Dispatch",
    "DraftComment",
    "DraftMinute",
    "DraftRound",
    "EmergencyChannel",
    "EmergencyWithdrawal",
    "ExemptionGround",
    "FollowUp",
    "FormerDate",
    "ItemPresenter",
    "JointBoard",
    "MeetingPage",
    "MinutePage",
    "MinutesSource",
    "NamedVote",
    "Pack",
    "Paper",
    "PaperFile",
    "PaperRequest",
    "PaperSecrets",
    "ProgrammeEntry",
    "PublicQuestion",
    "QuestionContact",
    "QuestionCorrection",
    "ReleaseProposal",
    "ResolutionAction",
    "ResolutionPage",
    "RestrictedPaper",
    "RestrictedPart",
    "RestrictedReading",
    "RestrictedRelease",
    "RestrictedWords",
    "RestrictionReview",
    "SealedPack",
    "SealedSection",
    "SealedWords",
    "Supplement",
]
