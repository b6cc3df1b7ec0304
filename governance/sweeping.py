"""What the worker looks after between tasks: things whose time has come, and work that a dead worker left."""

from collections.abc import Callable

from governance.registering import NamedAdditions

_sweeps: NamedAdditions[str, Callable[[], int]] = NamedAdditions("is swept")
register = _sweeps.add
"""Have the worker run this now and then: named for the log, it does what is due and says of how many."""


def sweep() -> dict[str, int]:
    """Run every sweep; how many each found."""
    return {name: run() for name, run in _sweeps.items()}
