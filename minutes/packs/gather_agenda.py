"""The lines of an agenda as a pack prints them."""

from django.utils.translation import gettext as _

from wagtail.rich_text import expand_db_html

from bs4 import BeautifulSoup

from minutes.models import AgendaItemPage
from minutes.packs import content as printed
from minutes.packs.addresses import address
from minutes.packs.content_papers import PaperLine
from minutes.packs.plan import section_that_answers


def agenda_line(item: AgendaItemPage, papers: tuple[PaperLine, ...] = (), heading: str = "") -> printed.AgendaLine:
    """One item with its papers and the heading before it."""
    ground = item.exempt_ground
    restriction = (
        printed.Restriction(
            public_title=item.title, ground=f"{ground.short_name}: {ground.description}", reason=item.exempt_reason
        )
        if ground
        else None
    )
    return printed.AgendaLine(
        number=item.number or str(item.position),
        title=item.title,
        purpose=printed.Purpose(item.purpose),
        presenter="; ".join(str(presenter) for presenter in item.presenters.all()),
        minutes_planned=item.minutes_planned,
        body=expand_db_html(item.body),
        recommendations=sentences(item.recommendations),
        found_at=section_that_answers(item.title, item.standing_kind),
        reference=item.reference or "",
        address=address(item.reference),
        restricted=restriction,
        papers=papers,
        heading=heading,
        remarks=remarks(item),
    )


def remarks(item: AgendaItemPage) -> tuple[str, ...]:
    """Why an item is urgent, and why its report is late: two things, told apart."""
    said = []
    if item.is_urgent:
        said.append(_("Urgent item. %(reason)s") % {"reason": item.urgency_reason})
    if item.late_report_reason:
        said.append(_("Late report. %(reason)s") % {"reason": item.late_report_reason})
    return tuple(words.strip() for words in said)


def sentences(rich_text: str) -> tuple[str, ...]:
    """The list items of rich text, or its paragraphs where there is no list."""
    soup = BeautifulSoup(rich_text, "html.parser")
    blocks = soup.find_all("li") or soup.find_all("p")
    return tuple(text for block in blocks if (text := block.get_text(" ", strip=True)))
