"""The front page, content pages and, later, alerts."""

from home.models.pages import ContentPage, HomePage

__all__ = ["ContentPage", "HomePage"]
