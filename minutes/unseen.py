"""Which tables and columns of meetings change nothing that the public sees, and why."""

from governance.generations import leave_out, leave_out_columns


def register() -> None:
    """Leave them out of what raises the public generation. Called once, when the app is ready."""
    leave_out(
        "Notes and papers of the desk that are never public.",
        *("minutes_chairnote", "minutes_clearance", "minutes_draftcomment", "minutes_draftround", "minutes_draftround_readers"),
        *("minutes_paperrequest", "minutes_questioncontact", "minutes_minutessource", "minutes_releaseproposal"),
    )
    leave_out("Members' copies of a pack, sealed; the public reads of none.", "minutes_sealedsection", "minutes_sealedpack")
    leave_out("Who was sent or read what.", "minutes_dispatch", "minutes_restrictedreading")
    leave_out_columns(
        "minutes_pack",
        "How far its building has come, and when it was compared with the records.",
        *("stage", "stage_seconds", "progress", "sections_done", "sections_total", "tries", "failure", "seconds"),
        *("asked_at", "asked_by_id", "taken_up_at", "heartbeat_at", "cancel_asked_at"),
        *("compared_by", "compared_at", "compared_to", "out_of_date_since", "made_of"),
    )
    leave_out_columns(
        "minutes_paperfile",
        "How far its check has come.",
        "heartbeat_at",
        "attempts",
        "checked_at",
        "checked_with",
        "check_state",
    )
    leave_out_columns("minutes_annualreport", "When it was asked for.", "asked_at", "taken_up_at")
