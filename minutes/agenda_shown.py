"""What of an agenda was shown to the person who publishes it, so that no change of somebody else goes out unseen. Pure."""

from collections.abc import Mapping

_BETWEEN, _IS = " ", ":"


def write_shown(rows: Mapping[str, str]) -> str:
    """What was shown, as a form keeps it.

    Args:
        rows: the state of each item, heading and paper by its key; neither holds a space or a colon.
    """
    return _BETWEEN.join(f"{key}{_IS}{state}" for key, state in sorted(rows.items()))


def differs(shown: str, rows: Mapping[str, str]) -> list[str]:
    """The keys of what was changed, added or taken away since; empty where all is as it was shown."""
    before = dict(word.partition(_IS)[::2] for word in shown.split(_BETWEEN) if word)
    return sorted(key for key in before.keys() | rows.keys() if before.get(key) != rows.get(key))
