"""The states of what governance keeps, and the named groups that code asks about. No queries here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """Whose law on meetings a board follows, and whose bank holidays it keeps."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")


class DayCounting(models.TextChoices):
    """How a board counts the clear days of its notice: practice is split, so it is the board's own rule."""

    WORKING_DAYS = "working_days", _("Working days only")
    NOT_SUNDAYS = "not_sundays", _("Every day but Sundays and bank holidays")
    CALENDAR = "calendar", _("Every calendar day")


class Purpose(models.TextChoices):
    """What a board is asked to do with an item."""

    DECISION = "decision", _("For decision")
    DISCUSSION = "discussion", _("For discussion")
    INFORMATION = "information", _("For information")


class StandingKind(models.TextChoices):
    """What sort of standing item it is. The system brings more than the title to most of them."""

    WELCOME = "welcome", _("Welcome and apologies")
    INTERESTS = "interests", _("Declarations of interest")
    MINUTES = "minutes", _("Minutes of the last meeting")
    ACTIONS = "actions", _("Matters arising and actions")
    QUESTIONS = "questions", _("Public questions")
    BUSINESS = "business", _("The business of the meeting")
    FORWARD_PLAN = "forward_plan", _("What is coming")
    NEXT_MEETING = "next_meeting", _("Next meeting")
    OTHER = "other", _("Another item at every meeting")


class SubNumbers(models.TextChoices):
    """How the parts of an item are numbered."""

    LETTERS = "letters", _("5a, 5b")
    DECIMALS = "decimals", _("5.1, 5.2")


class QuestionKind(models.TextChoices):
    """How the public brings something to a meeting."""

    QUESTION = "question", _("Question")
    PETITION = "petition", _("Petition")
    DEPUTATION = "deputation", _("Deputation")


class ActionKind(models.TextChoices):
    """What sort of promise an action is: both kinds have a public page and dated updates."""

    BOARD = "board", _("Board action")
    COPRODUCTION = "coproduction", _("Co-production action")


class ActionOrigin(models.TextChoices):
    """Where an action comes from. The page always says which."""

    RESOLUTION = "resolution", _("A resolution")
    DISCUSSION = "discussion", _("The discussion at a meeting")
    COMMITMENT = "commitment", _("A public commitment made outside any meeting")


class ActionStatus(models.TextChoices):
    """Where an action stands. The public status is always that of its latest live update."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed without completion")
    HANDED_ON = "handed_on", _("Handed on")


OPEN_STATUSES = frozenset({ActionStatus.PROPOSED, ActionStatus.AGREED, ActionStatus.UNDER_WAY, ActionStatus.PAUSED})
CLOSED_STATUSES = frozenset(ActionStatus) - OPEN_STATUSES

STATUS_MEANINGS = {
    ActionStatus.PROPOSED: _("Suggested, and not yet agreed."),
    ActionStatus.AGREED: _("Agreed, and not yet started."),
    ActionStatus.UNDER_WAY: _("Work has started."),
    ActionStatus.PAUSED: _("Work has stopped for now and is meant to go on."),
    ActionStatus.COMPLETED: _("What was promised has been done."),
    ActionStatus.CLOSED: _("It will not be completed; the reason is given."),
    ActionStatus.HANDED_ON: _("Another body now carries it."),
}


class Confidence(models.TextChoices):
    """How sure the lead is that the action will be done in time."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")


CONFIDENCE_NEEDS_REASON = frozenset({Confidence.AT_RISK, Confidence.OFF_TRACK})


class Difference(models.TextChoices):
    """What an action that has ended made different. That nothing is different is an answer."""

    SEEN = "seen", _("A difference is seen")
    NONE = "none", _("No difference seen")
    TOO_EARLY = "too_early", _("Too early to say")


class PartnerRole(models.TextChoices):
    """What a partner organisation does in an action."""

    LEADS = "leads", _("Leads")
    DELIVERS = "delivers", _("Delivers part of it")
    SUPPORTS = "supports", _("Supports")
    ADVISES = "advises", _("Advises")


class RequestKind(models.TextChoices):
    """What an organisation is asked for."""

    NEWS = "news", _("News of an action")
    CASCADE = "cascade", _("Pass on and report back")


class RequestOutcome(models.TextChoices):
    """How an organisation answered for good."""

    REPORTED = "reported", _("Reported back")
    NOTHING_NEW = "nothing_new", _("Nothing new to report")
    NOT_OURS = "not_ours", _("Says that it is not the one to ask")


class AnswerKind(models.TextChoices):
    """What a partner can say through the link it was sent."""

    UPDATE = "update", _("We have something to report")
    HEARD = "heard", _("We have read it")
    PASSED_ON = "passed_on", _("We have passed it on")
    NOTHING_NEW = "nothing_new", _("There is nothing new")
    NOT_OURS = "not_ours", _("This is not ours")
    COLLEAGUE = "colleague", _("Ask this colleague")
    STUCK = "stuck", _("We are stuck, in confidence")


class AnswerState(models.TextChoices):
    """How far a partner's answer has come on its way to the public."""

    RECEIVED = "received", _("Waiting to be read")
    RETURNED = "returned", _("Returned to the partner")
    TO_AGREE = "to_agree", _("Other words wait for the partner's agreement")
    AGREED = "agreed", _("The partner agreed to the other words")
    NOT_AGREED = "not_agreed", _("The partner keeps its own words")
    APPROVED = "approved", _("Approved")


TO_DECIDE = frozenset({AnswerState.RECEIVED, AnswerState.AGREED, AnswerState.NOT_AGREED})
WITH_THE_PARTNER = frozenset({AnswerState.RETURNED, AnswerState.TO_AGREE})


class InvolvementStage(models.TextChoices):
    """At which stage of the work people were involved."""

    PLAN = "plan", _("Planning")
    DESIGN = "design", _("Design")
    DELIVER = "deliver", _("Delivery")
    REVIEW = "review", _("Review")


class PointSource(models.TextChoices):
    """How something that people said reached the board."""

    MINUTED = "minuted", _("A concern in the minutes")
    WORKSHOP = "workshop", _("A workshop")
    QUESTION = "question", _("A public question")
    COMMENT = "comment", _("A comment on the site")


class PointAnswer(models.TextChoices):
    """What came of a point that people raised."""

    WAITING = "waiting", _("Not answered yet")
    DONE = "done", _("Done")
    WILL_DO = "will_do", _("Will be done")
    CANNOT = "cannot", _("Cannot be done")


class CommentState(models.TextChoices):
    """Where something that was written on the form of an action stands. Nothing is shown before it is settled."""

    RECEIVED = "received", _("Received")
    PUBLISHED = "published", _("Published with its answer")
    NOT_PUBLISHED = "not_published", _("Not published")


class Speaker(models.TextChoices):
    """Who a comment comes from: a group, never a name."""

    USES_IT = "uses_it", _("Somebody who uses the service")
    CARER = "carer", _("A carer or a relative")
    WORKS_IN_IT = "works_in_it", _("Somebody who works in it")
    RESIDENT = "resident", _("A resident")


class AlternativeKind(models.TextChoices):
    """Another form that the same words are given in."""

    EASY_READ = "easy_read", _("Easy read")
    LANGUAGE = "language", _("Another language")
    BSL = "bsl", _("British Sign Language")
    AUDIO = "audio", _("Audio")
    LARGE_PRINT = "large_print", _("Large print")


class Suitability(models.TextChoices):
    """What a yearly review says of a service: could it be co-produced?"""

    SUITABLE = "suitable", _("Suitable now")
    LATER = "later", _("Suitable later")
    NOT_SUITABLE = "not_suitable", _("Not suitable")


class CoproductionRung(models.TextChoices):
    """How far the work is shared with people: the ladder of the National Co-production Advisory Group (TLAP)."""

    COERCION = "coercion", _("Coercion")
    EDUCATING = "educating", _("Educating")
    INFORMING = "informing", _("Informing")
    CONSULTATION = "consultation", _("Consultation")
    ENGAGEMENT = "engagement", _("Engagement")
    CODESIGN = "codesign", _("Co-design")
    COPRODUCTION = "coproduction", _("Co-production")


class Role(models.TextChoices):
    """What a person does with the records, and so what they may do. The matrix of rights is in `roles.py`."""

    EDITOR = "editor", _("Democratic services editor")
    APPROVER = "approver", _("Approver")
    AUTHOR = "author", _("Report author")
    PARTNER = "partner", _("Partner contributor")
    MEMBER = "member", _("Board member")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class PacksBy(models.TextChoices):
    """How somebody who sits on a board wants its packs."""

    SCREEN = "screen", _("By e-mail, to read on screen")
    PAPER = "paper", _("On paper")
    BOTH = "both", _("By e-mail and on paper")
