"""Work in the background. A task takes a key and calls an operation."""

from django_tasks import task

from minutes.operations import annual_reports, checking, packing, restricted_checking, sealed_packs


@task(queue_name="packs")
def build_pack(key: int) -> str:
    """Build the pack of this row."""
    pack = packing.build_pack(pack=key)
    return str(pack.state) if pack else "nothing to do"


def wake_pack_worker(key: int) -> None:
    """Queue the building of a pack."""
    build_pack.enqueue(key)


# A pack that somebody waits for goes first.
@task(queue_name="packs", priority=-10)
def build_report(key: int) -> str:
    """Put the annual report of this row together."""
    report = annual_reports.build_report(report=key)
    return str(report.state) if report else "nothing to do"


def wake_report_worker(key: int) -> None:
    """Queue the putting together of an annual report."""
    build_report.enqueue(key)


@task(queue_name="papers")
def check_file(key: int) -> str:
    """Check the file of this row."""
    file = checking.check_file(file=key)
    return str(file.check_state) if file else "nothing to do"


def wake_paper_worker(key: int) -> None:
    """Queue the check of a file."""
    check_file.enqueue(key)


@task(queue_name="papers")
def check_restricted_paper(key: int) -> str:
    """Check the restricted paper of this row."""
    paper = restricted_checking.check_restricted_paper(paper=key)
    return str(paper.check_state) if paper else "nothing to do"


def wake_restricted_worker(key: int) -> None:
    """Queue the check of a restricted paper."""
    check_restricted_paper.enqueue(key)


@task(queue_name="packs")
def make_sealed_copy(key: int) -> str:
    """Make the sealed copy of a members' pack of this row."""
    copy = sealed_packs.make_copy(copy=key)
    return str(copy.state) if copy else "nothing to do"


def wake_copy_worker(key: int) -> None:
    """Queue the making of a sealed copy."""
    make_sealed_copy.enqueue(key)
