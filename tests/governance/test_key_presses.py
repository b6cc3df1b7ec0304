"""The keys that buttons say: Alt and a letter, and Control and a letter on a Mac, where Alt and a letter write a character."""

from django.template import Context, Template
from django.test import RequestFactory

import pytest

from governance.key_presses import keyboard_of

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "held", "letter", "done"),
    [
        (MAC, "ctrl", "Control+G", "Command+Enter"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "ctrl", "Control+G", "Command+Enter"),
        (WINDOWS, "alt", "Alt+G", "Control+Enter"),
        ("", "alt", "Alt+G", "Control+Enter"),
    ],
)
def test_what_is_held_follows_the_keyboard(agent: str, held: str, letter: str, done: str) -> None:
    keyboard = keyboard_of(agent)
    assert (keyboard.modifier, keyboard.letter("g"), keyboard.done) == (held, letter, done)


@pytest.mark.parametrize(("agent", "said", "key"), [(MAC, "Control+L", "ctrl+l"), (WINDOWS, "Alt+L", "alt+l")])
def test_a_button_says_the_key_that_presses_it(agent: str, said: str, key: str) -> None:
    request = RequestFactory().get("/", headers={"User-Agent": agent})
    button = Template('{% load keys %}<a {% pressed_with "l" %}></a>').render(Context({"request": request}))
    assert f'title="{said}" data-w-kbd-key-value="{key}" data-w-kbd-scope-value="global"' in button


def test_what_a_page_asks_has_one_key_that_follows_the_system_by_itself() -> None:
    request = RequestFactory().get("/", headers={"User-Agent": MAC})
    button = Template('{% load keys %}<a {% pressed_with "enter" %}></a>').render(Context({"request": request}))
    assert 'title="Command+Enter" data-w-kbd-key-value="mod+enter"' in button
