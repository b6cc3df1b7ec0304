"""Seals on the entries of the ledger: only who has the key of this installation can make one, so that an entry which somebody with the rights of the database alone added is told from ours."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from governance.check_records import named
from governance.models import LedgerEntry

SALT = "governance.ledger_seals"
AT_ONCE = 500


def seal_of(sha256: str) -> str:
    """The seal of an entry, made with the newest key.

    Args:
        sha256: the digest of the entry, which holds everything that it says.
    """
    return str(salted_hmac(SALT, sha256, algorithm="sha256").hexdigest())


def is_sealed(entry: LedgerEntry) -> bool:
    """Whether the seal of an entry was made with a key that is here, the newest or one of those before it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    seals = (salted_hmac(SALT, entry.sha256, secret=key, algorithm="sha256").hexdigest() for key in keys)
    return any(constant_time_compare(seal, entry.seal) for seal in seals)


class SealsLookedAt:
    """What the seals of all entries say.

    An entry without a seal of ours that was added after one with such a seal is forged. What was added before the first was written by an
    earlier release, or by an installation with a key that is not here: of these nothing can be told.
    """

    def __init__(self) -> None:
        self.untold = 0
        self.findings = list(self._look())

    def _look(self) -> Iterator[str]:
        ours = False
        for entry in LedgerEntry.objects.select_related("chain").order_by("pk").iterator(chunk_size=AT_ONCE):
            if is_sealed(entry):
                ours = True
            elif ours:
                yield f"Forged: {named(entry.as_line(entry.chain.name))} is not sealed by this installation."
            else:
                self.untold += 1

    @property
    def summary(self) -> str:
        """Of how many entries nothing can be told, in a sentence; empty where there are none."""
        if not self.untold:
            return ""
        return (
            f"{self.untold} entries bear no seal that a key which is here has made: they were written before entries were sealed, or by "
            "another installation. Whether one of them was forged, the seals cannot tell."
        )
