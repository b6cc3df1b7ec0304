"""The list of what needs doing, on the home of the admin."""

from typing import Any

from django.utils import timezone

from wagtail.admin.ui.components import Component

from governance.needs_doing import needs_of


class NeedsDoingPanel(Component):
    """What waits for the person who looks, by date, above what Wagtail shows of recent work."""

    name = "needs_doing"
    order = 10
    template_name = "governance/admin/needs_doing.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The list of the person who asks."""
        return {"needs": needs_of(parent_context["request"].user, timezone.localdate())}
