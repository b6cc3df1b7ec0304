"""Files of every kind that somebody may upload, made here byte by byte."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

A4 = (0, 0, 595, 842)
PLAIN = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (Home care in the two valleys) Tj ET"
HELVETICA_WIDTHS = [278] * 16 + [556] * 80 + [500] * 128
Change = Callable[[pikepdf.Pdf], object]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{part}"/></Relationships>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Carlito" w:hAnsi="Carlito"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    "</w:styles>"
)


def pdf(*contents: str, change: Change | None = None, box: Any = A4, **saving: Any) -> bytes:
    """A PDF with one page for each content stream; without any, one clean page.

    Args:
        change: does to the open file what the sample is about.
        saving: how it is saved, as pikepdf takes it.
    """
    made = pikepdf.new()
    font = made.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name.Sample,
            FirstChar=32,
            Widths=Array(HELVETICA_WIDTHS),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=made.make_indirect(
                Dictionary(Type=Name.FontDescriptor, FontName=Name.Sample, FontFile2=made.make_stream(b"a font"))
            ),
        )
    )
    for content in contents or (PLAIN,):
        made.add_blank_page(page_size=(box[2], box[3]))
        made.pages[-1].obj.Resources = Dictionary(Font=Dictionary(F1=font))
        made.pages[-1].obj.Contents = made.make_stream(content.encode("latin-1"))
    root = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([])))])
    made.Root.StructTreeRoot = root
    made.Root.MarkInfo = Dictionary(Marked=True)
    made.Root.Lang = "en-GB"
    made.docinfo[Name.Title] = "Home care"
    if change is not None:
        change(made)
    file = io.BytesIO()
    made.save(file, static_id=True, **saving)
    return file.getvalue()


def note(subtype: str, **fields: Any) -> Change:
    """Puts a note of this kind on the first page, over its words."""

    def change(made: pikepdf.Pdf) -> None:
        rectangle = Array([70, 695, 400, 715])
        made.pages[0].obj.Annots = Array(
            [made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=rectangle, **fields))]
        )

    return change


def link(**action: Any) -> Change:
    """Puts a link on the first page."""
    return note("Link", A=Dictionary(**action))


def javascript(made: pikepdf.Pdf) -> None:
    """A program that runs when the file is opened, and one more in the list of names."""
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('again')"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("one"), script])))


def attachment(made: pikepdf.Pdf) -> None:
    """Another file inside."""
    made.attachments["staff.xlsx"] = pikepdf.AttachedFileSpec(
        made, b"names and salaries", filename="staff.xlsx", description="", mime_type="", creation_date="", mod_date=""
    )


def form(made: pikepdf.Pdf) -> None:
    """A field that is filled in, with a program behind it."""
    look = made.make_stream(b"BT /F1 10 Tf 2 2 Td (Filled in by Ann) Tj ET", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 200, 20])
    look.Resources = Dictionary(Font=Dictionary(F1=made.pages[0].obj.Resources.Font.F1))
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Filled in by Ann"),
            Rect=Array([72, 600, 272, 620]),
            F=4,
            AP=Dictionary(N=look),
            AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("alert(1)"))),
        )
    )
    made.pages[0].obj.Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]))


def hidden_layer(made: pikepdf.Pdf) -> None:
    """A layer that is switched off, with words in it."""
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Comments of the lawyers")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = made.pages[0].obj
    page.Resources.Properties = Dictionary(L1=layer)
    page.Contents = made.make_stream(f"{PLAIN} /OC /L1 BDC BT /F1 12 Tf 72 500 Td (Privileged) Tj ET EMC".encode())


def personal(made: pikepdf.Pdf) -> None:
    """Who made it, where, and a history in XML."""
    made.docinfo[Name.Author] = "Ann Example"
    made.docinfo[Name.Producer] = "Word for Ann"
    made.docinfo[Name("/Folder")] = "C:\\Users\\ann\\Desktop\\restructure.docx"
    made.Root.Metadata = made.make_stream(b"<x><dc:creator>Ann Example</dc:creator></x>", Type=Name.Metadata, Subtype=Name.XML)


def untagged(made: pikepdf.Pdf) -> None:
    """Without tags."""
    del made.Root.StructTreeRoot
    del made.Root.MarkInfo


def without(name: str) -> Change:
    """Without an entry of the catalogue."""

    def change(made: pikepdf.Pdf) -> None:
        del made.Root[name]

    return change


def without_title(made: pikepdf.Pdf) -> None:
    """Without a title."""
    del made.docinfo[Name.Title]


def without_font(made: pikepdf.Pdf) -> None:
    """With a font that it does not bring."""
    del made.pages[0].obj.Resources.Font.F1.FontDescriptor


def picture(made: pikepdf.Pdf, **fields: Any) -> Any:
    """A picture of four points."""
    image = made.make_stream(b"\x00\xff\xff\x00", Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
    image.Width, image.Height, image.BitsPerComponent = fields.get("Width", 2), fields.get("Height", 2), 8
    return image


def with_picture(content: str, **fields: Any) -> Change:
    """The first page paints a picture, named I1, as the content says."""

    def change(made: pikepdf.Pdf) -> None:
        page = made.pages[0].obj
        page.Resources.XObject = Dictionary(I1=picture(made, **fields))
        page.Contents = made.make_stream(content.encode())

    return change


def bomb(made: pikepdf.Pdf) -> None:
    """A page of nothing, a gigabyte long, in a megabyte."""
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(b" " * 10_000_000) for _ in range(100)) + machine.flush()
    stream = made.make_stream(b"")
    stream.write(packed, filter=Name.FlateDecode)
    made.pages[0].obj.Contents = stream


def nested_bomb(made: pikepdf.Pdf) -> None:
    """Packed twice."""
    stream = made.make_stream(b"")
    stream.write(zlib.compress(zlib.compress(b" " * 10_000)), filter=Name.FlateDecode)
    stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    made.pages[0].obj.Contents = stream


def revised() -> bytes:
    """A PDF that was added to after it was finished: the words it held before are still inside."""
    first = pdf("BT /F1 12 Tf 72 700 Td (The old price was 12) Tj ET", compress_streams=False)
    start = first.rfind(b"startxref")
    where = int(first[start:].split()[1])
    with pikepdf.open(io.BytesIO(first)) as opened:
        root, size = opened.Root.objgen[0], len(opened.objects) + 1
    added = b"%d 0 obj\n<< /Kept true >>\nendobj\n" % size
    place = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Info 2 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + added + table % (size, place, size + 1, root, where, place + len(added))


def archive(parts: Mapping[str, str | bytes], **options: Any) -> bytes:
    """A zip with these parts, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words, compress_type=zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def docx(body: str = "<w:p><w:r><w:t>Home care</w:t></w:r></w:p>", **parts: str | bytes) -> bytes:
    """A Word document. Further parts are given by name, with two underscores for a slash and one for a dot."""
    more = {name.replace("__", "/").replace("_", "."): words for name, words in parts.items()}
    kind = "wordprocessingml.document.main+xml"
    words = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Report</w:t></w:r></w:p>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    return archive(
        {
            "[Content_Types].xml": TYPES.format(part="word/document.xml", kind=kind),
            "_rels/.rels": RELATIONS.format(part="word/document.xml"),
            "word/document.xml": words,
            "word/styles.xml": STYLES,
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
            'Target="styles.xml"/></Relationships>',
            **more,
        }
    )


def office(kind: str, part: str) -> bytes:
    """Another file of an office program."""
    return archive(
        {"[Content_Types].xml": TYPES.format(part=part, kind=kind), "_rels/.rels": RELATIONS.format(part=part), part: "<x/>"}
    )


def odt(body: str = "<text:p>Home care</text:p>", kind: str = "text", **parts: str | bytes) -> bytes:
    """An OpenDocument."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table", "draw")
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
            **parts,
        }
    )
