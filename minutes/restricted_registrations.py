"""What business taken in private, and words that are removed, add to the registries of governance and of minutes."""

from governance import (
    approving,
    kept_files,
    needs_doing,
    offices,
    queues,
    removing,
    retention,
    sealed_things,
    sweeping,
    triggers,
    waking,
)
from governance.models import RemovalKind
from minutes import files_with_words, needs_of_private_business, tasks, waiting
from minutes import kept_files as files
from minutes.models.agenda import register_released
from minutes.offices import acted_at_meetings
from minutes.operations import (
    removed_from_files,
    restricted_checking,
    restricted_keys,
    restricted_papers,
    restricting,
    sealed_packs,
)
from minutes.restricted_reading import has_restricted_part, released_texts
from minutes.retention import kept_by_minutes

ADDED_ONLY = ("minutes_restrictedreading", "minutes_restrictedrelease", "minutes_restrictionreview")
"""Tables whose rows are added and never changed: who read what in private, and what was decided about it."""

RULES = (
    triggers.Rule("minutes_restrictedpart", "kept", "A part not for publication is kept.", forbid_update=False),
    triggers.Rule(
        "minutes_restrictedpart",
        "released",
        "Released words are final.",
        when="OLD.state = 'released'",
        columns=("state", "version", "item_id"),
        forbid_delete=False,
    ),
    triggers.Rule(
        "minutes_restrictedpart",
        "summary",
        "A public summary is final.",
        when="OLD.summary_published_at IS NOT NULL",
        columns=("public_summary", "summary_published_at", "summary_published_by_id"),
        forbid_delete=False,
    ),
    triggers.Rule(
        "minutes_restrictedpaper",
        "kept",
        "A paper not for publication is kept, with its file as it came.",
        columns=("part_id", "number", "version", "original", "original_sha256", "uploaded_at", "uploaded_by_id"),
    ),
    triggers.Rule(
        "minutes_restrictedpaper",
        "checked",
        "The checked copy of a paper is final.",
        when="OLD.copy <> ''",
        columns=("copy", "copy_sha256"),
        forbid_delete=False,
    ),
    triggers.Rule(
        "minutes_releaseproposal",
        "kept",
        "That a release was proposed stays recorded.",
        columns=("part_id", "paper_id", "version", "because", "at", "by_id"),
    ),
    triggers.Rule(
        "minutes_closedconfirmation",
        "kept",
        "That a closed minute was confirmed stays recorded.",
        columns=("part_id", "is_corrected", "at_meeting_id", "presided_by", "confirmed_on", "at", "by_id"),
    ),
    triggers.Rule(
        "minutes_sealedsection",
        "kept",
        "A section of an issued pack is final.",
        columns=("pack_id", "part_id", "paper_id", "key", "position", "labels", "file", "file_sha256"),
    ),
)
"""What the database itself refuses of what is kept back."""


def register() -> None:
    """Register everything, once, when the app is ready."""
    approving.register_private(has_restricted_part)
    register_released(released_texts)
    removing.register(removed_from_files.follow_removal)
    removing.carriers.add(RemovalKind.RESTRICT, restricting.restrict)
    files_with_words.register()
    sweeping.register("sections of removed words", removed_from_files.forget_rendered)
    offices.register(acted_at_meetings)
    retention.register(kept_by_minutes)
    sealed_things.register(restricted_keys.what_does_not_open)
    kept_files.register(files.files_of_restricted_papers)
    kept_files.register(files.files_of_sealed_packs)
    queues.register("checks of restricted papers", waiting.restricted_checks_waiting)
    queues.register("copies of members' packs", waiting.sealed_copies_waiting)
    waking.register(restricted_papers.WORK, tasks.wake_restricted_worker)
    waking.register(sealed_packs.WORK, tasks.wake_copy_worker)
    sweeping.register("restricted papers", restricted_checking.take_up_left_papers)
    sweeping.register("stored restricted papers", restricted_papers.prune_restricted_files)
    sweeping.register("sealed copies of packs", sealed_packs.take_up_left_copies)
    sweeping.register("stored sealed packs", sealed_packs.prune_sealed_packs)
    for source in needs_of_private_business.SOURCES:
        needs_doing.register(source)
    for rule in RULES:
        triggers.protect(rule)
    for table in ADDED_ONLY:
        triggers.protect(triggers.Rule(table, "added", "This entry of the record is final."))
