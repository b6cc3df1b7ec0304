"""What a pack binds besides its own text: uploaded papers."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One uploaded paper. Its checked copy is bound as it is, under its item."""

    key: str
    """The name of its section in the pack: "paper-12"."""
    title: str
    kind_words: str = ""
    """"Appendix"."""
    stored: str
    """The name of its checked copy in private storage."""
    sha256: str
    """Of the checked copy."""
    pages: int
    reference: str = ""
    address: str = ""
    is_archivable: bool = False
    """Whether its check found it to be PDF/A."""
    free_feet: tuple[int, ...] = ()
    """The pages, counted from 0, whose foot is empty: their number is printed there, and not in a strip below."""
    came_with: int = 0
    """The supplement that brought it; 0 for one that came with the agenda."""
