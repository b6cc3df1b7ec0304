"""Read-only panels that show an editor what the system knows of a record."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import Panel


class TemplatePanel(Panel):
    """A panel that renders a template about the record and takes no input.

    Args:
        template: the template, given the record as `record`.
    """

    def __init__(self, template: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.template = template

    def clone_kwargs(self) -> dict[str, Any]:
        """What makes an equal panel."""
        return {**super().clone_kwargs(), "template": self.template}

    class BoundPanel(Panel.BoundPanel):
        """The panel for one record."""

        def is_shown(self) -> bool:
            """Nothing is known of a record that was never saved."""
            return bool(self.instance.pk)

        def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString:
            """The template with the record."""
            return render_to_string(
                self.panel.template, {"record": self.instance, "request": self.request}, request=self.request
            )


class StandingPanel(TemplatePanel):
    """Where an action stands, worked out from its published updates."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Where it stands"))
        kwargs.setdefault("template", "governance/admin/standing_panel.html")
        super().__init__(**kwargs)
