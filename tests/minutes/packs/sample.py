"""A full agenda pack of a council that does not exist: twelve items, Welsh letters, long tables, minutes, actions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from minutes.enums import PackAudience, PackKind
from minutes.packs.content import (
    ActionLine,
    AgendaLine,
    Mark,
    MemberLine,
    MinuteItem,
    PackContent,
    PrintedMinutes,
    Purpose,
    ResolutionLine,
    Restriction,
)
from minutes.packs.content_papers import PaperLine

SITE = "https://records.example.gov.uk"
CANARY = "CANARY-LAND-PRICE-417000"

MEMBERS = (
    MemberLine(name="Cllr Siân Ŵyn", role="Chair", organisation="Llanfair Borough Council"),
    MemberLine(name="Dr Owain ap Rhŷs", role="Vice-chair", organisation="Dyffryn Integrated Care Board"),
    MemberLine(name="Cllr Amara Okafor", organisation="Llanfair Borough Council"),
    MemberLine(name="Cllr Tom Hesketh", organisation="Llanfair Borough Council"),
    MemberLine(name="Ruth Pemberton", role="Director of Adult Services", organisation="Llanfair Borough Council"),
    MemberLine(name="Dr Priya Nair", role="Director of Public Health", organisation="Llanfair Borough Council"),
    MemberLine(name="Gwen Tŷ'r-Afon", organisation="Healthwatch Llanfair"),
    MemberLine(name="Marcus Bell", organisation="Speak Out Self-Advocacy"),
    MemberLine(name="Chief Inspector Dana Whitlock", organisation="Dyffryn Police", votes=False),
    MemberLine(name="Ian Farrow", organisation="Llanfair Fire and Rescue", votes=False),
    MemberLine(name="Helen Storey", role="Carers' representative", organisation="Carers Together", votes=False),
)


def _rows(count: int) -> str:
    cells = (
        f"<tr><th scope='row'>Ward {n}</th><td>{40 + n * 3}</td><td>{n * 7 % 23}</td><td>Dŵr and Tŷ {n}</td></tr>"
        for n in range(1, count + 1)
    )
    head = "<tr><th scope='col'>Ward</th><th scope='col'>People helped</th><th scope='col'>Waiting</th><th>Place</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(cells)}</tbody></table>"


LISTS = (
    "<p>The four principles, as agreed with people who use services:</p>"
    "<ul><li>Equality: nobody's voice counts more<ul><li>in meetings<ol><li>by turns</li><li>with time to read</li></ol></li>"
    "<li>between meetings</li></ul></li><li><p>Diversity</p><p>Who is missing?</p></li><li>Access</li><li>Reciprocity</li></ul>"
)
SPANS = (
    "<table><tr><th rowspan='2'>Service</th><th colspan='2'>People</th></tr><tr><th>Asked</th><th>Answered</th></tr>"
    "<tr><td>Home care</td><td>410</td><td>288</td></tr><tr><td colspan='3'>No other service was asked.</td></tr></table>"
)
BODY = (
    "<p>The board asked in July for a plan to design home care with the people who use it. This report says what was done, "
    "what people said, and what is proposed.</p><h2>What people told us</h2>"
    "<p>Forty-one people came to three workshops. They asked for "
    "<b>the same carer</b> each day, for visits that are long enough, and for <i>plain letters</i>. "
    "<a href='https://records.example.gov.uk/evidence/'>The evidence is published</a>.</p>" + LISTS + "<h4>Cost</h4>"
    "<p>The change costs £84,000 in the first year, met from the Better Care Fund, and less after that.</p>" + SPANS
)

SUBJECTS = (
    ("Welcome, introductions and apologies", Purpose.NOTING, "Cllr Siân Ŵyn", 5),
    ("Declarations of interest", Purpose.NOTING, "Cllr Siân Ŵyn", 5),
    ("Minutes of the meeting on 9 July 2026", Purpose.DECISION, "Cllr Siân Ŵyn", 5),
    ("Questions from the public", Purpose.DISCUSSION, "Cllr Siân Ŵyn", 15),
    ("What came of our actions", Purpose.DISCUSSION, "Ruth Pemberton", 15),
    ("Better Care Fund: second quarter", Purpose.NOTING, "Dr Owain ap Rhŷs", 10),
    ("Designing home care with the people who use it", Purpose.DECISION, "Ruth Pemberton and Marcus Bell", 25),
    ("Winter plan for health and care", Purpose.DISCUSSION, "Dr Owain ap Rhŷs", 20),
    ("Healthwatch annual report", Purpose.INFORMATION, "Gwen Tŷ'r-Afon", 10),
    ("Pharmaceutical needs assessment: approval to consult", Purpose.DECISION, "Dr Priya Nair", 10),
    ("A title that must never be printed", Purpose.DECISION, "A presenter that must never be printed", 10),
    ("Forward plan and date of next meeting", Purpose.NOTING, "Cllr Siân Ŵyn", 5),
)


def agenda_lines() -> tuple[AgendaLine, ...]:
    """Twelve items; the eleventh is restricted and carries text that must not be printed."""
    lines = [
        AgendaLine(
            number=str(n),
            title=title,
            purpose=purpose,
            presenter=presenter,
            minutes_planned=minutes,
            reference=f"HWB/2026-10-08/I{n}",
            address=f"{SITE}/ref/hwb-2026-10-08-i{n}",
        )
        for n, (title, purpose, presenter, minutes) in enumerate(SUBJECTS, start=1)
    ]
    asked = ("That the design principles in the report be adopted.", "That home care be designed with the people who use it.")
    lines[2] = replace(lines[2], found_at="previous-minutes")
    lines[4] = replace(lines[4], found_at="actions")
    lines[6] = replace(lines[6], body=BODY, recommendations=(*asked, "That a report on progress come in March 2027."))
    lines[7] = replace(lines[7], body="<p>Where help is needed most, ward by ward.</p>" + _rows(70))
    lines[9] = replace(
        lines[9], body="<p>The assessment is due by law every three years.</p>", recommendations=("That consultation begin.",)
    )
    closed = Restriction(
        public_title="Extra care housing: land",
        ground="Local Government Act 1972, Schedule 12A, paragraph 3 (financial or business affairs)",
        reason="Publishing the price while the council negotiates would cost the public more than it would tell them.",
    )
    lines[10] = replace(lines[10], restricted=closed, body=f"<p>{CANARY}</p>", recommendations=(CANARY,))
    return tuple(lines)


CONSIDERED = (
    "<p>Consideration was given to a report presented by Ruth Pemberton, which said how services might be designed with the "
    "people who use them. Members asked who had been heard, and who had not.</p>"
)
DISCUSSION = (CONSIDERED, "<p>It was suggested that organisations cascade the report and bring back their answers.</p>")


def minutes_of_july() -> PrintedMinutes:
    """The minutes of the previous meeting."""
    return PrintedMinutes(
        meeting_title="Llanfair Health and Wellbeing Board, ordinary meeting",
        held_on=date(2026, 7, 9),
        venue="Neuadd y Dref, Llanfair",
        status_words="Draft, to be confirmed at the meeting on Thursday 8 October 2026",
        present=MEMBERS[:7],
        in_attendance=(MemberLine(name="Aled Pugh", role="Clerk"),),
        apologies=MEMBERS[7:9],
        items=tuple(
            MinuteItem(
                number=str(n),
                title=f"{SUBJECTS[n % 12][0] if n % 12 != 10 else 'Carers'}",
                paragraphs=DISCUSSION,
                decision_words="Moved by Cllr Okafor, seconded by Dr Nair. Carried without a vote." if n % 3 == 0 else "",
                resolutions=tuple(
                    ResolutionLine(
                        label=f"{n}({clause})",
                        stem="Resolved",
                        text=text,
                        reference=f"HWB/2026-27/{n}({clause})",
                        address=f"{SITE}/ref/hwb-2026-27-m{n}-{clause}",
                    )
                    for clause, text in enumerate(("that the report be received;", "that a workshop be arranged."), start=1)
                )
                if n % 3 == 0
                else (),
            )
            for n in range(31, 40)
        ),
        reference="HWB/2026-07-09",
        address=f"{SITE}/ref/hwb-2026-07-09",
    )


STANDING: tuple[dict[str, Any], ...] = (
    {"status_words": "Under way", "confidence_words": "On track", "mark": Mark.ON_TRACK},
    {
        "status_words": "Under way",
        "confidence_words": "At risk",
        "mark": Mark.AT_RISK,
        "confidence_reason": "Two providers have not replied. They will be visited by 16 October.",
        "first_due_words": "30 September 2026",
    },
    {
        "status_words": "Under way",
        "confidence_words": "Off track",
        "mark": Mark.OFF_TRACK,
        "confidence_reason": "The post is vacant. Healthwatch will lead until it is filled.",
    },
    {
        "status_words": "Completed",
        "mark": Mark.COMPLETED,
        "outcome": "Letters are now one page long; 31 of 40 people said they understood theirs.",
    },
    {"status_words": "Paused", "mark": Mark.PAUSED},
)


def action_lines(count: int = 12) -> tuple[ActionLine, ...]:
    """Actions of every standing."""
    promises = ("We will design home care with the people who use it", "We will write letters that everybody can understand")
    return tuple(
        ActionLine(
            reference=f"HWB-A{n}",
            promise=promises[n % 2] + (", and tell the board what changed because of it" if n % 3 == 0 else ""),
            lead=("Llanfair Borough Council", "Healthwatch Llanfair", "Dyffryn Integrated Care Board")[n % 3],
            due_words=f"By {n + 3} December 2026",
            updated_on=date(2026, 9, 1 + (n - 1) % 28),
            update_summary="The first workshop was held; forty-one people came, and eleven had never been asked before.",
            next_news_words=f"By {n + 1} November 2026",
            resolution_reference=f"HWB/2026-27/{30 + n}(1)",
            resolution_words="that a workshop be arranged",
            partners=("Healthwatch Llanfair", "Dyffryn Police") if n % 3 == 0 else (),
            effect_words="This decision is not in effect: called in." if n == 4 else "",
            address=f"{SITE}/ref/hwb-a{n}",
            **STANDING[n % len(STANDING)],
        )
        for n in range(1, count + 1)
    )


def paper_line(key: str, **changes: Any) -> PaperLine:
    """An uploaded paper of three pages."""
    paper = PaperLine(key=key, title=f"Paper {key}", kind_words="Report", stored=f"{key}.pdf", sha256=key, pages=3)
    return replace(paper, **changes)


def sample_pack(**changes: Any) -> PackContent:
    """The pack, with changes."""
    pack = PackContent(
        kind=PackKind.AGENDA,
        audience=PackAudience.PUBLIC,
        reference="HWB/2026-10-08/AGENDA/v1",
        version=1,
        board_name="Llanfair Health and Wellbeing Board",
        meeting_title="Ordinary meeting",
        starts_at=datetime(2026, 10, 8, 14, 0, tzinfo=UTC),
        issued_at=datetime(2026, 9, 30, 9, 0, tzinfo=UTC),
        council_name="Llanfair Borough Council",
        venue="Council Chamber, Neuadd y Dref, 1 Stryd Fawr, Llanfair LF1 1AA",
        how_to_attend="Everyone is welcome; there is level access and a loop.\nWatch live at records.example.gov.uk/live",
        chair="Cllr Siân Ŵyn",
        members=MEMBERS,
        quorum_words="Four members with a vote, at least one from the council and one from the care board.",
        notice_words="Published on Wednesday 30 September 2026, five clear days before the meeting.",
        items=agenda_lines(),
        previous_minutes=minutes_of_july(),
        actions=action_lines(),
        actions_as_at=date(2026, 9, 28),
        contact="Aled Pugh, democratic services: 01632 960 001, democratic.services@example.gov.uk",
        site_address=SITE,
    )
    return replace(pack, **changes)
