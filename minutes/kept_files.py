"""The files of papers, packs and annual reports, with what they were when they were stored."""

from collections.abc import Iterator

from governance.kept_files import KeptFile
from minutes.enums import SERVED, PackAudience, PaperState
from minutes.models import AnnualReport, Pack, PaperFile, RestrictedPaper, SealedPack, SealedSection

PRIVATE, RESTRICTED = "private", "restricted"


def files_of_papers() -> Iterator[KeptFile]:
    """What was uploaded, and the checked copy that is published."""
    rows = PaperFile.objects.select_related("paper", "paper__item").defer("text", "findings").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        what, paper = f"{row.paper.reference or row.paper.title}, version {row.version}", row.paper
        yield KeptFile(store=PRIVATE, name=str(row.original), what=f"{what}, as uploaded", checksum=row.original_sha256)
        if row.copy:
            shown = row.is_current and paper.state == PaperState.PUBLISHED and paper.item.live
            yield KeptFile(
                store=PRIVATE,
                name=str(row.copy),
                what=what,
                checksum=row.copy_sha256,
                page=paper.item_id,
                is_public=shown,
            )


def files_of_restricted_papers() -> Iterator[KeptFile]:
    """Sealed files, by their neutral names and as they lie in the store: nothing has to be opened to look after them."""
    rows = RestrictedPaper.objects.select_related("part__item").defer("sealed", "sealed_text").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        for name, checksum in ((row.original, row.original_sha256), (row.copy, row.copy_sha256)):
            if name:
                yield KeptFile(store=RESTRICTED, name=str(name), what=f"{row.part}: {row}", checksum=checksum)


def files_of_sealed_packs() -> Iterator[KeptFile]:
    """Sealed sections and copies of members' packs. A copy is made again from what it was made of."""
    for model, is_remade in ((SealedSection, False), (SealedPack, True)):
        for row in (
            model.objects.exclude(file="").select_related("pack").defer("sealed").order_by("pk").iterator(chunk_size=500)
        ):
            yield KeptFile(store=RESTRICTED, name=str(row.file), what=str(row), checksum=row.file_sha256, is_remade=is_remade)


def files_of_packs() -> Iterator[KeptFile]:
    """Every pack that was issued."""
    for row in Pack.objects.exclude(file="").select_related("meeting").defer("layout", "contents", "changes").order_by("pk"):
        yield KeptFile(
            store=PRIVATE,
            name=str(row.file),
            what=row.reference,
            algorithm="sha512",
            checksum=row.sha512,
            page=row.meeting_id,
            is_public=row.state in SERVED and row.audience == PackAudience.PUBLIC and row.meeting.live,
        )


def files_of_reports() -> Iterator[KeptFile]:
    """Annual reports. The ledger does not tell of them: they say again what other records say."""
    for row in AnnualReport.objects.exclude(file="").select_related("board").defer("content").order_by("pk"):
        what = f"Annual report of {row.board.code} {row.year}"
        yield KeptFile(store=PRIVATE, name=str(row.file), what=what, algorithm="sha512", checksum=row.sha512)
