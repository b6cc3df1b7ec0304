"""What the nightly look at the files found, on the home of the admin."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wagtail.admin.ui.components import Component

from governance.models import FileOnRecord, FixityResult, FixityRound

OVERDUE = timedelta(hours=36)
WORRYING = (FixityResult.CHANGED, FixityResult.MISSING)
SHOWN = 10


class FilesPanel(Component):
    """When every file was last looked at, and which are not what they were. For whoever runs the site."""

    name = "files"
    order = 90
    template_name = "governance/admin/files_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The last round that ended, and the files to worry about."""
        if not parent_context["request"].user.is_superuser:
            return {"is_shown": False}
        latest = FixityRound.objects.exclude(finished_at=None).first()
        counts = latest.counts if latest else {}
        wrong = sum(counts.get(result, 0) for result in WORRYING)
        return {
            "is_shown": True,
            "latest": latest,
            "same": counts.get(FixityResult.SAME, 0),
            "untracked": counts.get(FixityResult.UNTRACKED, 0),
            "wrong": wrong,
            "files": FileOnRecord.objects.filter(result__in=WORRYING)[:SHOWN] if wrong else [],
            "overdue": latest is not None and timezone.now() - latest.started_at > OVERDUE,
        }
