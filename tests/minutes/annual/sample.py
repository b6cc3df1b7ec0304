"""A board's year with everything in it, for tests that print it or look at it."""

from datetime import date

from minutes.annual.content import (
    AnnualContent,
    Answers,
    AttendanceLine,
    MeetingLine,
    PromiseGroup,
    PromiseLine,
    ResolutionLine,
    ServiceLine,
    WorkshopLine,
)


def sample_year() -> AnnualContent:
    """The year of a made-up board."""
    promise = PromiseLine(
        reference="HWB-A1",
        title="Gofal gartref yn Nhŷ Dŵr",
        address="/ref/hwb-a1/",
        lead="Tŷ Dŵr Community Health",
        is_new=True,
    )
    return AnnualContent(
        board_name="Health and Wellbeing Board",
        board_code="HWB",
        council_name="Ashmere Council",
        year="2026-27",
        starts_on=date(2026, 5, 1),
        ends_on=date(2027, 4, 30),
        as_at=date(2026, 11, 22),
        is_over=False,
        address="/reports/HWB/2026-27/",
        language="en-GB",
        notice_days=5,
        called_off=1,
        meetings=(
            MeetingLine(day=date(2026, 6, 4), title="Thursday", address="/ref/a/", clear_days=6, in_time=True),
            MeetingLine(
                day=date(2026, 9, 3),
                title="Thursday",
                address="/ref/b/",
                clear_days=1,
                in_time=False,
                short_notice_reason="Snow had closed the office.",
            ),
            MeetingLine(day=date(2026, 10, 8), title="Thursday", address="/ref/c/", clear_days=None, in_time=False),
        ),
        resolved=2,
        resolutions=(
            ResolutionLine(
                reference="HWB/2026-27/1(1)",
                text="That care at home be designed with people.",
                day=date(2026, 6, 4),
                address="/ref/hwb-2026-27-1-1/",
                actions=("HWB-A1", "HWB-A2"),
            ),
        ),
        made=1,
        promises=(
            PromiseGroup(outcome="kept", total=400, lines=(promise,)),
            PromiseGroup(outcome="late", total=0),
            PromiseGroup(outcome="open", total=0),
            PromiseGroup(outcome="ended", total=0),
        ),
        attendance=(
            AttendanceLine(organisation="Ashmere Council", attended=9, apologies=2, absent=1),
            AttendanceLine(organisation="", attended=1, apologies=0, absent=0),
        ),
        services=(ServiceLine(service="Home care", organisation="Ashmere Council", verdict="Suitable now"),),
        workshops=(
            WorkshopLine(title="First workshop", day=date(2026, 10, 30), address="/ref/hwb-a1-w1/", came=14),
            WorkshopLine(title="Second workshop", day=date(2026, 11, 6), address="/ref/hwb-a1-w2/", came=None),
        ),
        points=Answers(raised=3, answered=2),
        questions=Answers(raised=1, answered=1),
    )
