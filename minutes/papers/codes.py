"""What can be found in the file of a paper, by name. The process that looks knows these names and nothing else of the site."""

from enum import StrEnum


class Code(StrEnum):
    """One sort of finding. What each means, and what to do about it, is said in `minutes.papers.findings`."""

    DAMAGED = "damaged"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_HEAVY = "too_heavy"
    TOO_MANY_PAGES = "too_many_pages"
    REPAIRED = "repaired"
    PROTECTED = "protected"
    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    EMBEDDED_FILES = "embedded_files"
    FORM = "form"
    COMMENTS = "comments"
    HIDDEN_LAYERS = "hidden_layers"
    COVERED_TEXT = "covered_text"
    INVISIBLE_TEXT = "invisible_text"
    OUTSIDE_TEXT = "outside_text"
    EARLIER_REVISIONS = "earlier_revisions"
    PERSONAL_METADATA = "personal_metadata"
    UNTAGGED = "untagged"
    NO_LANGUAGE = "no_language"
    NO_TITLE = "no_title"
    ODD_SIZES = "odd_sizes"
    FONTS_NOT_EMBEDDED = "fonts_not_embedded"
    SCANNED = "scanned"
    LOCAL_LINKS = "local_links"
    TRACKED_CHANGES = "tracked_changes"
    OFFICE_COMMENTS = "office_comments"
    HIDDEN_TEXT = "hidden_text"
    MACROS = "macros"
    FETCHED_PARTS = "fetched_parts"
    EMBEDDED_OBJECTS = "embedded_objects"


Fault = tuple[Code, int | None, str]
"""A finding as the process tells it: what, on which page (counted from 1), and the words that it concerns."""
