"""The one way a command of this folder says that it cannot go on."""


class Refusal(Exception):
    """A reason to stop, in one line that a newcomer can act on. It ends the command with exit code 1."""
