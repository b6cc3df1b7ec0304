"""The keys of buttons outside the desk, by Wagtail's own `w-kbd`: `{% load keys %}`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.key_presses import Keyboard, keyboard_of

register = template.Library()
ENTER = "enter"


@register.simple_tag(takes_context=True)
def keyboard(context: Any) -> Keyboard:
    """The keyboard in front of who reads the page."""
    return keyboard_of(context["request"].headers.get("User-Agent", ""))


@register.simple_tag(takes_context=True)
def pressed_with(context: Any, key: str) -> SafeString:
    """What a button says of its key, beside `data-controller="w-kbd"`.

    Args:
        key: a letter; or `enter`, for the one thing that a page asks about.
    """
    board = keyboard(context)
    told, pressed = (board.done, "mod+enter") if key == ENTER else (board.letter(key), f"{board.modifier}+{key}")
    return format_html('title="{}" data-w-kbd-key-value="{}" data-w-kbd-scope-value="global"', told, pressed)
