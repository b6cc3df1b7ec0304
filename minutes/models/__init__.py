"""What happened, meeting by meeting: meetings, agendas, papers, minutes, resolutions and packs."""

from minutes.models.agenda import AgendaItemPage, ExemptionGround, ItemPresenter
from minutes.models.annual_reports import AnnualReport
from minutes.models.attendance import Attendance
from minutes.models.dates import FormerDate, JointBoard
from minutes.models.declarations import Amendment, DeclaredInterest, NamedVote
from minutes.models.meetings import MeetingPage
from minutes.models.minutes import Correction, MinutePage, MinutesSource
from minutes.models.packs import Dispatch, Pack
from minutes.models.papers import Paper, PaperFile, Supplement
from minutes.models.programme import Clearance, ProgrammeEntry
from minutes.models.questions import PublicQuestion
from minutes.models.resolutions import FollowUp, ResolutionAction, ResolutionPage

__all__ = [
    "AgendaItemPage",
    "Amendment",
    "AnnualReport",
    "Attendance",
    "Clearance",
    "Correction",
    "DeclaredInterest",
    "Dispatch",
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
    "ProgrammeEntry",
    "PublicQuestion",
    "ResolutionAction",
    "ResolutionPage",
    "Supplement",
]
