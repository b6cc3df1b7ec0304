"""The states of meetings and what they leave behind, and the named groups that code asks about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingStatus(models.TextChoices):
    """Where a meeting stands."""

    SCHEDULED = "scheduled", _("Scheduled")
    AGENDA_PUBLISHED = "agenda_published", _("Agenda published")
    HELD = "held", _("Held")
    DRAFT_MINUTES = "draft_minutes", _("Draft minutes published")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    ADJOURNED = "adjourned", _("Adjourned")
    INQUORATE = "inquorate", _("Held without a quorum")


UPCOMING = frozenset({MeetingStatus.SCHEDULED, MeetingStatus.AGENDA_PUBLISHED})
NOT_HELD = frozenset({MeetingStatus.POSTPONED, MeetingStatus.CANCELLED})
TOOK_PLACE = frozenset(
    {
        MeetingStatus.HELD,
        MeetingStatus.DRAFT_MINUTES,
        MeetingStatus.CONFIRMED,
        MeetingStatus.ADJOURNED,
        MeetingStatus.INQUORATE,
    }
)
STATUS_NEEDS_REASON = frozenset(
    {MeetingStatus.POSTPONED, MeetingStatus.CANCELLED, MeetingStatus.ADJOURNED, MeetingStatus.INQUORATE}
)


class MeetingKind(models.TextChoices):
    """What sort of meeting it is; minutes are confirmed at the next ordinary one."""

    ORDINARY = "ordinary", _("Ordinary")
    ANNUAL = "annual", _("Annual")
    EXTRAORDINARY = "extraordinary", _("Extraordinary")
    WORKSHOP = "workshop", _("Workshop")


class ItemOutcome(models.TextChoices):
    """What became of an item at the meeting."""

    DECIDED = "decided", _("Decided")
    NOTED = "noted", _("Noted")
    DEFERRED = "deferred", _("Deferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFERRED = "referred", _("Referred")
    ADJOURNED = "adjourned", _("Adjourned")
    NOT_REACHED = "not_reached", _("Not reached")


CARRIED_OUTCOMES = frozenset(
    {ItemOutcome.DEFERRED, ItemOutcome.WITHDRAWN, ItemOutcome.REFERRED, ItemOutcome.ADJOURNED, ItemOutcome.NOT_REACHED}
)
"""Outcomes after which an item may come to another meeting."""


class DecisionManner(models.TextChoices):
    """How a decision was taken. General assent is the usual case."""

    ASSENT = "assent", _("By general assent")
    SHOW_OF_HANDS = "show_of_hands", _("On a show of hands")
    NAMED = "named", _("By a named vote")
    CASTING = "casting", _("On the chair's casting vote")


class MotionOutcome(models.TextChoices):
    """What became of a motion."""

    CARRIED = "carried", _("Carried")
    LOST = "lost", _("Lost")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    AMENDED = "amended", _("Carried as amended")


ADOPTING_OUTCOMES = frozenset({MotionOutcome.CARRIED, MotionOutcome.AMENDED})


class ResolutionStanding(models.TextChoices):
    """Whether a resolution still holds."""

    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")
    RESCINDED = "rescinded", _("Rescinded")


ENDED = frozenset({ResolutionStanding.SUPERSEDED, ResolutionStanding.RESCINDED})


class Ending(models.TextChoices):
    """What a later resolution does to an earlier one."""

    SUPERSEDED = "superseded", _("Replaces it")
    RESCINDED = "rescinded", _("Rescinds it")


class CallIn(models.TextChoices):
    """Where a decision of an executive board stands with those who may call it in."""

    OPEN = "open", _("Published, can be called in")
    EXEMPT = "exempt", _("Urgent, cannot be called in")
    CALLED_IN = "called_in", _("Called in")
    STANDS = "stands", _("The decision stands")
    REFERRED_BACK = "referred_back", _("Referred back to the board")
    REFERRED_TO_COUNCIL = "referred_to_council", _("Referred to full council")
    CONFIRMED = "confirmed", _("Confirmed again")
    CHANGED = "changed", _("Changed")
    RESCINDED = "rescinded", _("Rescinded")


NOT_SETTLED = frozenset({CallIn.CALLED_IN, CallIn.REFERRED_BACK, CallIn.REFERRED_TO_COUNCIL})
"""A decision in one of these waits, and is not carried out."""


class Verb(models.TextChoices):
    """What a clause does. One clause may hold several."""

    NOTE = "note", _("note")
    RECEIVE = "receive", _("receive")
    AGREE = "agree", _("agree")
    APPROVE = "approve", _("approve")
    ENDORSE = "endorse", _("endorse")
    ADOPT = "adopt", _("adopt")
    DEFER = "defer", _("defer")
    REFER = "refer", _("refer")
    DELEGATE = "delegate", _("delegate")
    REQUEST = "request", _("request")
    INSTRUCT = "instruct", _("instruct")
    RECOMMEND = "recommend", _("recommend")
    APPOINT = "appoint", _("appoint")
    EXCLUDE = "exclude", _("exclude the public")
    ARRANGE = "arrange", _("arrange")
    CASCADE = "cascade", _("pass on within organisations")


class LinkKind(models.TextChoices):
    """What a resolution does to an action."""

    ORDERS = "orders", _("orders")
    CHANGES = "changes", _("changes")
    CLOSES = "closes", _("closes")


class DecisionKind(models.TextChoices):
    """What a minute says was done: `resolved` is final, `recommended` waits for another body."""

    RESOLVED = "resolved", _("Resolved")
    AGREED = "agreed", _("Agreed")
    RECOMMENDED = "recommended", _("Recommended")
    NOTED = "noted", _("Noted")
    NONE = "none", _("No decision")


class MinuteState(models.TextChoices):
    """Where a minute stands. `confirmed` is final; a correction is recorded beside it."""

    DRAFT = "draft", _("Being written")
    PUBLISHED = "published", _("Draft, subject to confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Confirmed, with a correction")


class Settled(models.TextChoices):
    """What the clerk did about a comment on a draft minute."""

    TAKEN_UP = "taken_up", _("Taken up in the draft")
    LEFT = "left", _("Left as it is")


class Presence(models.TextChoices):
    """In what capacity somebody was at a meeting, or was not."""

    PRESENT = "present", _("Present")
    REMOTE = "remote", _("Present remotely")
    SUBSTITUTE = "substitute", _("Substitute")
    APOLOGIES = "apologies", _("Apologies")
    ABSENT = "absent", _("Absent")
    IN_ATTENDANCE = "in_attendance", _("In attendance")
    OBSERVER = "observer", _("Observer")


class InterestAction(models.TextChoices):
    """What somebody did who declared an interest."""

    LEFT = "left", _("Left the meeting")
    SPOKE_AND_LEFT = "spoke_and_left", _("Spoke, then left")
    STAYED = "stayed", _("Stayed, did not vote")
    VOTED = "voted", _("Stayed and voted")


WITHDREW = frozenset({InterestAction.LEFT, InterestAction.SPOKE_AND_LEFT})
DID_NOT_VOTE = WITHDREW | {InterestAction.STAYED}


class DeclaredWhen(models.TextChoices):
    """When an interest was declared."""

    START = "start", _("At the start of the meeting")
    ITEM = "item", _("When the item was reached")
    LATE = "late", _("After the item had begun")


class VoteCast(models.TextChoices):
    """How a member voted."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstained")


class PaperKind(models.TextChoices):
    """What sort of paper it is."""

    REPORT = "report", _("Report")
    APPENDIX = "appendix", _("Appendix")
    BACKGROUND = "background", _("Background paper")
    CONSULTATION = "consultation", _("Consultation report")
    CASE_STUDIES = "case_studies", _("Case studies")
    SIGNED = "signed", _("Signed minutes")


class PaperState(models.TextChoices):
    """Where a paper stands. It becomes public with the agenda or supplement it belongs to, never by upload."""

    TO_FOLLOW = "to_follow", _("To follow")
    RECEIVED = "received", _("Received")
    CHECKED = "checked", _("Checked")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")


class FileCheck(models.TextChoices):
    """How far the check of an uploaded file is."""

    WAITING = "waiting", _("Waiting to be checked")
    CHECKING = "checking", _("Being checked")
    CLEAN = "clean", _("Can be published")
    FINDINGS = "findings", _("Needs a decision")
    BLOCKED = "blocked", _("Cannot be published")
    FAILED = "failed", _("Could not be checked")


# Where the check of a file has ended, with a copy that may be published: at once, or once somebody answers for it.
CHECK_LEAVES_A_COPY = frozenset({FileCheck.CLEAN, FileCheck.FINDINGS})
CHECK_ENDED = frozenset({FileCheck.CLEAN, FileCheck.FINDINGS, FileCheck.BLOCKED, FileCheck.FAILED})
PAPER_WAS_PUBLIC = frozenset({PaperState.PUBLISHED, PaperState.SUPERSEDED, PaperState.WITHDRAWN})
PAPER_NEEDS_REASON = frozenset({PaperState.WITHDRAWN, PaperState.REFUSED})


class PackKind(models.TextChoices):
    """What a pack is for."""

    AGENDA = "agenda", _("Agenda pack")
    SUPPLEMENT = "supplement", _("Supplement")
    CONSOLIDATED = "consolidated", _("Agenda pack with its supplements")
    MINUTES = "minutes", _("Minutes")
    DECISIONS = "decisions", _("Decision sheet")
    ITEM = "item", _("One item")
    ACTIONS = "actions", _("Actions report")
    ANNUAL = "annual", _("Annual report")


PACKS_OF_A_MEETING = tuple(kind for kind in PackKind if kind is not PackKind.ANNUAL)
"""What is made of one meeting. The annual report is of a board's year."""


class PackAudience(models.TextChoices):
    """Whom a pack is for. The members' pack differs by rule, never by a second document."""

    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members")


class PackEdition(models.TextChoices):
    """How the same pack is printed."""

    STANDARD = "standard", _("Standard")
    LARGE_PRINT = "large_print", _("Large print")
    PRINT_SET = "print_set", _("Two-sided print set")


class PackState(models.TextChoices):
    """Where a pack stands. The row is the job: a queued pack is built by the worker."""

    QUEUED = "queued", _("Waiting to be built")
    BUILDING = "building", _("Being built")
    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


SERVED = frozenset({PackState.ISSUED, PackState.SUPERSEDED})
OPEN_PACKS = frozenset({PackState.QUEUED, PackState.BUILDING})


class DispatchRole(models.TextChoices):
    """Why somebody is sent a pack."""

    MEMBER = "member", _("Member")
    SUBSTITUTE = "substitute", _("Substitute")
    AUTHOR = "author", _("Report author")


class QuestionState(models.TextChoices):
    """Where a public question stands."""

    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted for the meeting")
    ANSWERED = "answered", _("Published with its answer")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn by who asked")


QUESTION_OPEN = frozenset({QuestionState.RECEIVED, QuestionState.ACCEPTED})
QUESTION_SHOWN = frozenset({QuestionState.ACCEPTED, QuestionState.ANSWERED, QuestionState.DECLINED})


class ReportState(models.TextChoices):
    """Where an annual report stands. What was ready stays to be read while it is looked at again."""

    WAITING = "waiting", _("Waiting to be put together")
    BUILDING = "building", _("Being put together")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class QuestionPart(models.TextChoices):
    """What of a question has words of its own."""

    SUBJECT = "subject", _("The subject")
    TEXT = "text", _("The words")
    ANSWER = "answer", _("The answer")
    SUPPLEMENTARY = "supplementary", _("The supplementary question")
    SUPPLEMENTARY_ANSWER = "supplementary_answer", _("The answer to the supplementary question")
    REPLY = "reply", _("The written reply")
