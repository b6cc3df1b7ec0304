"""What the worker looks after between tasks: things whose time has come, and work that a dead worker left."""

from collections.abc import Callable

_sweeps: dict[str, Callable[[], int]] = {}


def register(name: str, sweep: Callable[[], int]) -> None:
    """Have the worker run this now and then.

    Args:
        name: what it looks after, for the log.
        sweep: does what is due and says of how many.

    Raises:
        ValueError: something of that name is swept already.
    """
    if name in _sweeps:
        raise ValueError(f"{name} is swept already")
    _sweeps[name] = sweep


def sweep() -> dict[str, int]:
    """Run every sweep; how many each found."""
    return {name: run() for name, run in _sweeps.items()}
