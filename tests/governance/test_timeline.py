"""One timeline for the whole chain: meeting, resolution, updates, workshop."""

from governance.timeline import timeline
from tests.small_site import DRAFT, SmallSite


def test_the_timeline_tells_the_whole_chain_latest_first(small_site: SmallSite) -> None:
    events = [event for event in timeline(small_site.action) if event.kind != "Action"]
    assert [(event.on.isoformat(), event.kind, event.title) for event in events] == [
        ("2026-11-03", "Progress update", "The plan takes longer"),
        ("2026-10-30", "Progress update", "The first workshop"),
        ("2026-10-30", "Workshop", "First workshop"),
        ("2026-10-08", "Resolution that ordered it", "HWB/2026-27/1(2)"),
        ("2026-10-08", "Agenda item", "Home care"),
    ]
    assert not any(DRAFT in event.title + event.summary for event in events)
