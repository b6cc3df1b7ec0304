"""Rich text reduced to what can be printed and read aloud: a short list of tags, no styles, nothing fetched.

What would be lost without a word (drawings, scripts, pictures nobody described) is refused, because a record is never
silently changed; what only dresses the text (styles, classes, unknown tags) is dropped and the text kept.
"""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

PLAIN = frozenset(
    {"p", "ul", "ol", "li", "strong", "em", "sup", "sub", "del", "ins", "blockquote", "caption", "thead", "tbody", "tr"}
)
SAME_AS = {"b": "strong", "i": "em", "cite": "em"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
REFUSED = frozenset(
    {"applet", "audio", "base", "button", "canvas", "form", "frame", "frameset", "head", "iframe", "input", "link", "math"}
    | {"meta", "noscript", "object", "param", "script", "select", "source", "style", "svg", "template", "textarea", "title"}
    | {"track", "video"}
)
CLOSE_PARAGRAPH = HEADINGS | {"p", "ul", "ol", "table", "blockquote"}
MAX_DEPTH = 30
MAX_LISTS = 8
MAX_SPAN = 20
MAX_CHARACTERS = 500_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class TextRefused(Exception):
    """The text holds something that cannot be printed. The message says what, in a sentence for the editor."""


def printable(text: str, *, level: int = 2, site_address: str = "") -> str:
    """Rich text as safe, well-formed HTML for print.

    Args:
        text: what the editors typed, as HTML.
        level: the level of the text's first heading; deeper ones follow without a gap.
        site_address: completes links that start with a slash; without it those become plain text.

    Raises:
        TextRefused: it holds scripts, drawings, forms, a picture without a description, or is nested or long beyond sense.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextRefused(f"The text is longer than {MAX_CHARACTERS:,} characters; make it a paper instead.")
    reader = _Reader(level, site_address)
    reader.feed(_CONTROLS.sub("", text))
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Writes the tags on the list and the text between all tags."""

    def __init__(self, level: int, site_address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # as read, as written ("" when only its text is kept)
        self._level, self._last_level = level, level - 1
        self._site_address = site_address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag, or refuse it."""
        given = {name: value or "" for name, value in attrs}
        if tag in REFUSED:
            raise TextRefused(f"The text holds “<{tag}>”, which cannot be printed. Paste it again as plain text.")
        if tag in ("img", "embed"):
            self._describe_picture(given)
        elif tag == "br":
            self._out.append("<br>")
        elif tag not in ("hr", "wbr", "area", "col"):
            self._close_implied(tag)
            self._start(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag and what was left open inside it; ignore one that was never opened."""
        if any(read == tag for read, _written in self._open):
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text, escaped."""
        self._out.append(escape(_CONTROLS.sub("", data)))

    def finish(self) -> str:
        """The text with every tag closed."""
        while self._open:
            self._pop()
        return "".join(self._out)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        written, attributes = self._translate(SAME_AS.get(tag, tag), given)
        self._open.append((tag, written))
        if len(self._open) > MAX_DEPTH or sum(read in ("ul", "ol") for read, _written in self._open) > MAX_LISTS:
            raise TextRefused(f"The text is nested too deep to print: more than {MAX_LISTS} lists or {MAX_DEPTH} tags.")
        if written:
            self._out.append(f"<{written}{attributes}>")

    def _translate(self, tag: str, given: dict[str, str]) -> tuple[str, str]:
        """The tag to write, if any, and its attributes."""
        if tag in PLAIN or tag == "table":
            return tag, ""
        if tag in HEADINGS:
            wanted = self._level + int(tag[1]) - 2
            self._last_level = max(self._level, min(wanted, self._last_level + 1, 6))
            return f"h{self._last_level}", ""
        if tag in CELLS:
            return tag, self._spans(given) + (self._scope(given) if tag == "th" else "")
        address = self._address(given.get("href", "")) if tag == "a" else ""
        return ("a", f' href="{escape(address)}"') if address else ("", "")

    def _address(self, href: str) -> str:
        """Where a link leads, if it is somewhere a reader may be sent."""
        href = href.strip()
        if href.startswith("/") and not href.startswith("//") and self._site_address:
            return self._site_address + href
        try:
            parts = urlsplit(href)
        except ValueError:
            return ""
        allowed = bool(parts.netloc) if parts.scheme in ("http", "https") else parts.scheme in ("mailto", "tel")
        return href if allowed else ""

    def _spans(self, given: dict[str, str]) -> str:
        spans = ((name, given.get(name, "")) for name in ("colspan", "rowspan"))
        return "".join(f' {name}="{int(n)}"' for name, n in spans if re.fullmatch(r"[0-9]{1,2}", n) and 1 < int(n) <= MAX_SPAN)

    def _scope(self, given: dict[str, str]) -> str:
        return f' scope="{given["scope"]}"' if given.get("scope") in ("row", "col") else ""

    def _describe_picture(self, given: dict[str, str]) -> None:
        """A picture's description in its place: packs print words."""
        description = given.get("alt", "").strip()
        if not description:
            raise TextRefused("A picture in the text has no description. Describe it in words, then build the pack again.")
        self._out.append(escape(f"[{description}]"))

    def _close_implied(self, tag: str) -> None:
        """Close what HTML closes by itself: a paragraph before a block, an item before the next."""
        if tag in CLOSE_PARAGRAPH and self._open and self._open[-1][0] == "p":
            self._pop()
        for same in ({"li"}, CELLS, {"tr"}):
            if tag in same and self._open and self._open[-1][0] in same:
                self._pop()

    def _pop(self) -> str:
        read, written = self._open.pop()
        if written:
            self._out.append(f"</{written}>")
        return read
