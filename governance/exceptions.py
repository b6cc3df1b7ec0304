"""What is refused, and why, in words that can be shown to the person who tried."""


class Refused(Exception):
    """Something a rule of the board or the law does not allow. The message is shown as it stands."""


class FrozenRecord(Refused):
    """A change to a record that is final: an adopted resolution, a confirmed minute, an issued pack."""


class RecordKept(Refused):
    """An attempt to delete a record that has been public: records are withdrawn with a reason, never deleted."""


class NotAllowed(Refused):
    """The person may not do this."""
