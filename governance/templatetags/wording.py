"""Filters that say dates and standings in words: `{% load wording %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from governance import numbering, wording

register = template.Library()
register.filter("clock", wording.clock)


@register.filter
def day(value: date | datetime | None) -> str:
    """“8 October 2026”; empty without a day."""
    return wording.day(value) if value else ""


@register.filter
def day_in_full(value: date | datetime | None) -> str:
    """“Thursday 8 October 2026”; empty without a day."""
    return wording.day_in_full(value) if value else ""


@register.filter
def period(starts_at: datetime, ends_at: datetime | None) -> str:
    """“2pm to 4.30pm”, or the start alone."""
    return wording.period(starts_at, ends_at)


@register.filter
def status_words(action: Any) -> str:
    """“Under way.”"""
    return wording.status_words(action)


@register.filter
def confidence_words(action: Any) -> str:
    """“On track.”"""
    return wording.confidence_words(action)


@register.filter
def news_words(action: Any) -> str:
    """“Last update 3 November; next one by 8 December.”"""
    return wording.news_words(action, timezone.localdate())


@register.filter
def late_news_words(action: Any) -> str:
    """“News is late by 12 days.”"""
    return wording.late_news_words(action, timezone.localdate())


@register.filter
def due_words(action: Any) -> str:
    """“Due by 31 March 2027.” or “This is late by 12 days.”"""
    return wording.due_words(action, timezone.localdate())


@register.filter
def moves_words(moves: int) -> str:
    """“The date has moved twice.”"""
    return wording.moves_words(moves)


@register.filter
def as_sentence(words: str) -> str:
    """The words with the full stop that ends them."""
    return wording.as_sentence(words)


@register.filter
def listed(names: Any) -> str:
    """“a, b and c”."""
    return wording.listed([str(name) for name in names])


@register.filter
def reference_slug(reference: str) -> str:
    """The reference as it stands in its permanent address."""
    return numbering.reference_slug(reference)
