"""Which keys a button says it has: Alt and a letter; on a Mac, where Alt and a letter write a character, Control and that letter. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Keyboard:
    """The keyboard in front of somebody, as far as their browser tells.

    Attributes:
        is_mac: whether it is one of Apple's: a Mac's, or one beside an iPad, which says that it is a Mac.
    """

    is_mac: bool = False

    @property
    def modifier(self) -> str:
        """What is held while a letter is pressed, as scripts name it."""
        return "ctrl" if self.is_mac else "alt"

    @property
    def held(self) -> str:
        """What is held, as the key is called."""
        return _("Control") if self.is_mac else _("Alt")

    @property
    def shortcut(self) -> str:
        """What is held, as a screen reader is told."""
        return "Control" if self.is_mac else "Alt"

    def letter(self, key: str) -> str:
        """A letter with what is held, in words."""
        return f"{self.held}+{key.upper()}"

    @property
    def done(self) -> str:
        """What does the one thing that a page asks about, in words."""
        return _("Command+Enter") if self.is_mac else _("Control+Enter")


def keyboard_of(agent: str) -> Keyboard:
    """The keyboard of a browser.

    Args:
        agent: what the browser says of itself.
    """
    return Keyboard(is_mac="Macintosh" in agent or "iPad" in agent)
