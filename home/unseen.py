"""Which tables of the front door change nothing that the public sees, and why."""

from governance.generations import leave_out


def register() -> None:
    """Leave them out of what raises the public generation. Called once, when the app is ready."""
    leave_out("Who asked to hear, and what they were sent.", "home_alertline", "home_announcement", "home_subscription")
