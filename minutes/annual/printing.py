"""An annual report as a tagged PDF (PDF/UA-1 and PDF/A-3a), by the pipeline of the packs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from governance.addresses import absolute
from minutes.annual.content import AnnualContent
from minutes.annual.pack_content import annual_pack
from minutes.packs.build import build


def print_report(content: AnnualContent, *, cache_dir: Path) -> tuple[bytes, int]:
    """The file of a report, and how many pages it has. The same content gives the same bytes.

    Args:
        content: all that it prints.
        cache_dir: where rendered sections are kept, so that only the chapters that changed are printed again.

    Raises:
        SectionFailed: a chapter could not be rendered.
        LookMissing: the print fonts have not been made.
        ContentsUnsettled: the contents do not settle.
    """
    with TemporaryDirectory(dir=cache_dir) as folder:
        built = build(annual_pack(content, site_address=absolute("")), cache_dir=cache_dir, target=Path(folder) / "report.pdf")
        return built.file.read_bytes(), built.pages
