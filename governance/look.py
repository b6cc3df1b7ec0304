"""The look of the site and of the packs, made from installed packages into `build/` and never committed.

Three things come of it: the public stylesheet (GOV.UK Frontend with the parts that belong to GOV.UK taken out), the web
fonts, and the fonts that packs are printed in. Licences: GOV.UK Frontend is MIT, but GDS Transport and the crest are not for
other sites; Atkinson Hyperlegible Next is under the SIL Open Font Licence.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

RECIPE = 5
"""Raised when this module makes something different from the same packages."""

FAMILY = "Atkinson Hyperlegible Next"
_GOVUK = Path("node_modules/govuk-frontend")
_FONT = Path("node_modules/@fontsource/atkinson-hyperlegible-next")
_SUBSETS = ("latin", "latin-ext")
COMPONENTS = frozenset(
    {"template", "width-container", "main-wrapper", "skip-link", "generic-header", "service-navigation", "breadcrumbs"}
    | {"footer", "link", "visually-hidden", "button", "input", "label", "form-group", "error-summary", "details"}
    | {"pagination", "textarea", "hint", "error-message"}
)
"""The parts of GOV.UK Frontend that our pages use. What is not named here is not sent to anybody."""


@dataclass(frozen=True)
class Face:
    """One cut of the typeface: `regular`, `bold` or `italic`."""

    name: str
    weight: int
    style: str

    def source(self, subset: str) -> Path:
        """The packaged web font of this cut, from the installation's root. `latin-ext` holds ŵ and ŷ."""
        return _FONT / "files" / f"atkinson-hyperlegible-next-{subset}-{self.weight}-{self.style}.woff2"


FACES = (Face("regular", 400, "normal"), Face("bold", 700, "normal"), Face("italic", 400, "italic"))
WEB_FACES = FACES[:2]
"""The cuts that browsers are sent. They slant the few words in italics by themselves, which saves a first visit 14 kB."""


class LookMissing(Exception):
    """The packages that the look is made from, or what was made from them, are not there. The message says what to run."""


def web_folder(root: Path) -> Path:
    """Where the public stylesheet and web fonts are made; `root` is the installation's folder."""
    return root / "build" / "static" / "resolved"


def print_font_folder(root: Path) -> Path:
    """Where the fonts of the packs are made; `root` is the installation's folder."""
    return root / "build" / "fonts"


def print_fonts(root: Path) -> dict[str, Path]:
    """The print fonts by cut (`regular`, `bold`, `italic`).

    Raises:
        LookMissing: they have not been made yet.
    """
    fonts = {face.name: print_font_folder(root) / f"{face.name}.ttf" for face in FACES}
    if not all(path.is_file() for path in fonts.values()):
        raise LookMissing("The print fonts have not been made yet. Run: python manage.py build_look")
    return fonts


def build_look(root: Path) -> bool:
    """Make the stylesheet, the web fonts and the print fonts, unless they are up to date.

    Args:
        root: the installation's folder; it holds `node_modules` and gets `build`.

    Returns:
        Whether anything was made.

    Raises:
        LookMissing: the npm packages are not installed.
    """
    stamp_path = root / "build" / "look.json"
    stamp = _stamp(root)
    if _is_current(stamp_path, stamp):
        return False
    written = [*_build_web(root), *_build_print(root)]
    digests = {str(path.relative_to(root)): _digest(path) for path in written}
    _write(stamp_path, json.dumps({"made_from": stamp, "files": digests}, indent=1, sort_keys=True).encode())
    return True


def _stamp(root: Path) -> dict[str, str]:
    """The versions of all that the look is made from."""
    return {
        "recipe": str(RECIPE),
        "fonttools": version("fonttools"),
        "govuk-frontend": _package_version(root / _GOVUK),
        "atkinson-hyperlegible-next": _package_version(root / _FONT),
    }


def _package_version(folder: Path) -> str:
    """The version of an installed npm package."""
    try:
        return str(json.loads((folder / "package.json").read_bytes())["version"])
    except FileNotFoundError:
        raise LookMissing(f"The npm package {folder.name} is not installed. Run: npm ci") from None


def _is_current(stamp_path: Path, stamp: dict[str, str]) -> bool:
    """Whether everything was made from the same versions and is still as it was made."""
    try:
        made = json.loads(stamp_path.read_bytes())
        root = stamp_path.parents[1]
        return made["made_from"] == stamp and all(_digest(root / name) == digest for name, digest in made["files"].items())
    except (FileNotFoundError, ValueError, KeyError):
        return False


def _build_web(root: Path) -> list[Path]:
    """The public stylesheet and the web fonts."""
    folder = web_folder(root)
    css = (root / _GOVUK / "dist/govuk/govuk-frontend.min.css").read_text(encoding="utf-8")
    written = [_write(folder / "govuk.css", only_components(neutral_css(css)).encode())]
    for face in WEB_FACES:
        for subset in _SUBSETS:
            source = root / face.source(subset)
            written.append(_write(folder / "fonts" / _web_name(face, subset), source.read_bytes()))
    ranges = json.loads((root / _FONT / "unicode.json").read_bytes())
    written.append(_write(folder / "fonts.css", font_faces(ranges).encode()))
    return written


def neutral_css(css: str) -> str:
    """GOV.UK Frontend's stylesheet without what only GOV.UK may show: its typeface and its crest."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--site-font,arial,sans-serif)")
    css = re.sub(r"url\(/assets/images/[^)]*\)", "none", css)
    return without_source_map(css)


def only_components(css: str, kept: frozenset[str] = COMPONENTS) -> str:
    """The stylesheet without the parts whose components are not used: a first visit on an old phone loads no more than it shows.

    Args:
        css: a stylesheet without comments and with balanced braces.
        kept: the names of the components that stay, without `govuk-`.
    """
    rules: list[str] = []
    for prelude, body in _rules(css):
        if prelude.startswith(("@media", "@supports")):
            inner = only_components(body, kept)
            rules.append(f"{prelude}{{{inner}}}" if inner else "")
        elif prelude.startswith("@"):
            rules.append(f"{prelude}{{{body}}}" if body else "")
        else:
            selectors = [selector for selector in _selectors(prelude) if set(_COMPONENT.findall(selector)) <= kept]
            rules.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(rules)


_COMPONENT = re.compile(r"\.govuk-(\\!|[a-z]+(?:-[a-z]+)*)")


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule as what stands before its braces and what stands in them; a statement without braces is left out."""
    start = 0
    while (opening := css.find("{", start)) != -1:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening].rpartition(";")[2].strip(), css[opening + 1 : end - 1]
        start = end


def _selectors(prelude: str) -> list[str]:
    """The selectors of a rule; a comma within brackets parts none."""
    return re.split(r",(?![^(]*\))", prelude)


def without_source_map(text: str) -> str:
    """The text without the comment that makes browsers ask for a source map which is not served."""
    return re.sub(r"\n?(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$", "\n", text)


def font_faces(ranges: dict[str, str]) -> str:
    """The `@font-face` rules: a browser fetches the extended Latin file only where a page needs it."""
    rule = (
        '@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};font-display:swap;'
        'src:url(fonts/{name}) format("woff2");unicode-range:{range}}}\n'
    )
    return "".join(
        rule.format(family=FAMILY, style=face.style, weight=face.weight, name=_web_name(face, subset), range=ranges[subset])
        for face in WEB_FACES
        for subset in _SUBSETS
    )


def _web_name(face: Face, subset: str) -> str:
    return f"{face.name}-{subset}.woff2"


def _build_print(root: Path) -> list[Path]:
    """One TrueType file for each cut, all letters together.

    Two files of one family print wrong letters for ŵ and ŷ in WeasyPrint 70 although the text reads right.
    """
    folder = print_font_folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for face in FACES:
        sources = [str(root / face.source(subset)) for subset in _SUBSETS]
        merged = Merger().merge(sources)
        # The fonts' own dates, not today's: the same packages make the same bytes.
        merged.recalcTimestamp = False
        merged["head"].created = merged["head"].modified = TTFont(sources[0])["head"].modified
        file = BytesIO()
        merged.save(file)
        written.append(_write(folder / f"{face.name}.ttf", file.getvalue()))
    shutil.copyfile(root / _FONT / "LICENSE", folder / "LICENCE.txt")
    return written


def _write(path: Path, data: bytes) -> Path:
    """Write a file so that nobody ever reads half of it, even while another process writes it too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    unfinished.write_bytes(data)
    return unfinished.replace(path)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
