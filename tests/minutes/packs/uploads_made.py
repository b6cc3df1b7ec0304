"""Uploaded papers as councils send them, made by the tests: clean ones, office-like ones, scans, and hostile ones."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from governance.look import print_fonts
from minutes.packs.assemble import Numbers, assemble, only_part
from minutes.packs.build import pack_assets
from minutes.packs.content_papers import PaperLine
from minutes.packs.file_words import FileWords
from minutes.packs.render import Renderer

PARAGRAPH = (
    "<p>People told us what helps: the same carer, enough time, and plain letters. Dŵr, tŷ and cŵn are printed right.</p>"
)
OFFICE_NAMES = {"/P": "/Standard", "/H1": "/Heading 1", "/H2": "/Heading 2", "/L": "/List"}


def clean_paper(folder: Path, cache: Path, name: str, *, pages: int) -> Path:
    """A paper that is PDF/UA-1 and PDF/A-3a, of so many pages."""
    body = "".join(
        f'<h2 style="break-before: {"page" if number else "auto"}">{name}, part {number + 1}</h2>{PARAGRAPH * 3}'
        "<table><thead><tr><th scope='col'>Ward</th><th scope='col'>People</th></tr></thead>"
        "<tbody><tr><th scope='row'>North</th><td>41</td></tr></tbody></table><p><a href='#end'>To the end</a></p>"
        for number in range(pages)
    )
    style = '<link rel="stylesheet" href="asset:print.css">'
    html = f"<!doctype html><html lang='en-GB'><head><title>{name}</title>{style}</head><body><h1>{name}</h1>{body}<p id='end'>End.</p>"
    with Renderer(cache=cache, assets=pack_assets(settings.ROOT)) as renderer:
        section = renderer.render(name, html)
    words = FileWords(
        title=name, language="en-GB", subject=name, author="A council", issued_at=datetime(2026, 9, 1, tzinfo=UTC)
    )
    file = folder / f"{name}.pdf"
    numbers = Numbers(font=print_fonts(settings.ROOT)["bold"], size=9)
    assemble([only_part("paper", name, section)], words, file, numbers=numbers)
    return file


def office_paper(folder: Path, clean: Path, name: str, *, says: str) -> Path:
    """A clean paper with types of its own, named as an office program names them. `says` is what they stand for."""
    file = folder / f"{name}.pdf"
    with pikepdf.open(clean) as pdf:
        root = pdf.Root.StructTreeRoot
        waiting, seen = [root.K], set()
        while waiting:
            found = waiting.pop()
            if isinstance(found, Array):
                waiting.extend(found)
            elif isinstance(found, Dictionary) and "/S" in found and found.objgen not in seen:
                seen.add(found.objgen)
                found.S = Name(OFFICE_NAMES.get(str(found.S), str(found.S)))
                waiting.append(found.get("/K", Array()))
        meanings = {own: Name(standard) for standard, own in OFFICE_NAMES.items()}
        root.RoleMap = Dictionary({**meanings, "/Own": Name(says)})
        pdf.save(file)
    return file


def scan(folder: Path, name: str, sizes: Sequence[tuple[float, float, int]]) -> Path:
    """A paper without tags: of each page its width, its height and by how much it is turned. Its text reaches the edges."""
    file = folder / f"{name}.pdf"
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        shared = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font)))
        for number, (width, height, turn) in enumerate(sizes, start=1):
            page = pdf.add_blank_page(page_size=(width, height))
            words = f"{name} sheet {number}"
            page.obj.Contents = pdf.make_stream(
                f"0.9 g 0 0 {width} {height} re f 0 g BT /F1 14 Tf 20 {height / 2} Td ({words}) Tj ET "
                f"BT /F1 10 Tf 4 4 Td (at the very edge) Tj ET".encode()
            )
            page.obj.Resources = shared
            if turn:
                page.obj.Rotate = turn
        pdf.save(file)
    return file


def paper_of(file: Path, key: str, **changes: Any) -> PaperLine:
    """The line of the agenda that such a paper gets."""
    with pikepdf.open(file) as pdf:
        pages = len(pdf.pages)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    facts = {"title": file.stem, "kind_words": "Appendix", "reference": f"HWB/2026-10-08/{key.upper()}"}
    return PaperLine(key=key, stored=str(file), sha256=digest, pages=pages, **{**facts, **changes})


def opened(name: str) -> Any:
    """The stored file of a paper made here."""
    return Path(name).open("rb")


def hostile_papers(folder: Path, clean: Path) -> dict[str, Path]:
    """Papers that are badly made, by what is wrong with them."""
    made = {
        name: folder / f"{name}.pdf"
        for name in ("tree-cut", "tree-elsewhere", "no-boxes", "crop", "open-state", "layers", "bare")
    }
    with pikepdf.open(clean) as pdf:
        pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array([0, String("nothing")]))
        pdf.save(made["tree-cut"])
    with pikepdf.open(clean) as pdf:
        pdf.Root.StructTreeRoot.K = Array([Dictionary(S=Name.P), 7])
        pdf.save(made["tree-elsewhere"])
    with pikepdf.open(scan(folder, "source", [(595, 842, 0), (595, 842, 0)])) as pdf:
        pdf.Root.Pages.Resources = pdf.pages[0].obj.Resources
        pdf.Root.Pages.Rotate = 90
        for page in pdf.pages:
            del page.obj["/MediaBox"], page.obj["/Resources"]
        pdf.save(made["no-boxes"])
    with pikepdf.open(scan(folder, "source", [(700, 900, 180)])) as pdf:
        pdf.pages[0].obj.CropBox = Array([650, 100, 100, 800])
        pdf.pages[0].obj.UserUnit = 1
        pdf.save(made["crop"])
    with pikepdf.open(scan(folder, "source", [(595, 842, 0)])) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0.5 0 0 0.5 0 0 cm q 1 0 0 rg -900 -900 3000 3000 re f")
        pdf.save(made["open-state"])
    with pikepdf.open(scan(folder, "source", [(595, 842, 0)])) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=layer)
        pdf.pages[0].contents_add(pdf.make_stream(b"/OC /MC0 BDC BT /F1 30 Tf 50 500 Td (HIDDEN LAYER) Tj ET EMC"))
        pdf.save(made["layers"])
    with pikepdf.new() as pdf:
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 300, 300])))))
        pdf.save(made["bare"])
    return made
