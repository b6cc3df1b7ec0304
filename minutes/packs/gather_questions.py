"""What the public put to a meeting, for its printed minutes."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import QuestionKind
from governance.wording import day
from minutes.enums import QuestionState
from minutes.models import MeetingPage, PublicQuestion
from minutes.packs.content import QuestionLine


def printed_questions(meeting: MeetingPage) -> tuple[QuestionLine, ...]:
    """Everything that may be shown, in the order it was received."""
    return tuple(_line(row) for row in PublicQuestion.objects.public().filter(meeting=meeting.pk))


def _line(question: PublicQuestion) -> QuestionLine:
    told = {QuestionKind.PETITION: _("organiser %(name)s"), QuestionKind.DEPUTATION: _("spokesperson %(name)s")}
    who = told.get(QuestionKind(question.kind), "%(name)s") % {"name": question.asked_by}
    signed = ngettext("%(number)d signature", "%(number)d signatures", question.signatures or 0)
    parts = [question.public_subject, who]
    parts += [signed % {"number": question.signatures}] if question.signatures else []
    return QuestionLine(
        heading=f"{question.get_kind_display()}: {', '.join(filter(None, parts))}",
        text=question.public_words,
        answers=_answers(question),
    )


def _answers(question: PublicQuestion) -> tuple[tuple[str, str], ...]:
    declined = question.state == QuestionState.DECLINED
    due = day(question.reply_due_on) if question.reply_due_on and question.owes_reply else ""
    said = [
        (_("Not taken:") if declined else _("Answer:"), question.public_answer),
        (_("Supplementary question:"), question.public_supplementary),
        (_("Answer:"), question.public_supplementary_answer),
        (_("A written reply is due by"), due),
        (_("Written reply:"), question.public_reply),
    ]
    return tuple((label, words) for label, words in said if words)
